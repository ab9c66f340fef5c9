"""Stores a report of a mistake, within the limit of its network, and tells staff by e-mail."""

import datetime
import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.urls import reverse

from decisions.models import MistakeReport, ReportCount
from decisions.references import reference_slug

log = logging.getLogger(__name__)

# Most reports from one network within `ReportCount.PERIOD`.
MAX_REPORTS = 5


class TooManyReportsError(Exception):
    """The network has sent as many reports as it may; `until` is when it may send the next."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(until)
        self.until = until


def receive(report: MistakeReport, network: str, site: str) -> None:
    """Store an unsaved report, then send it to staff, unless an open one says just the same.

    `site` is scheme and host for the addresses in the e-mail. Raises TooManyReportsError.
    """
    if MistakeReport.objects.filter(content_key=report.content_key).exists():
        return
    counted = ReportCount.objects.count_report(network)
    if counted.count > MAX_REPORTS:
        raise TooManyReportsError(counted.ends_at)
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        # Another process may have received the same report at the same time.
        if not MistakeReport.objects.filter(content_key=report.content_key).exists():
            raise
        return
    if mail_is_set_up():
        _send(report, site)


def mail_is_set_up() -> bool:
    """Whether staff get reports by e-mail."""
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL and settings.REPORT_RECIPIENTS)


def _send(report: MistakeReport, site: str) -> None:
    """Send a stored report to staff; a failure is logged, and staff see it in the admin."""
    try:
        _message(report, site).send()
    except Exception:  # whatever a mail server does, the report is stored
        log.exception("%s could not be sent by e-mail; it is in the admin", report)
    else:
        MistakeReport.objects.filter(pk=report.pk).update(emailed_at=Now())


def _message(report: MistakeReport, site: str) -> EmailMessage:
    """The e-mail to staff. The reader's address is only in the admin, where it can be deleted."""
    urgency = (
        "Urgent: someone can be recognised" if report.is_urgent else "A reader reports a mistake"
    )
    subject = f"{urgency}{f' in {report.reference}' if report.reference else ''}"
    lines = [report.get_kind_display(), ""]
    if report.reference:
        decision = reverse("decisions:decision", args=[reference_slug(report.reference)])
        lines += [f"Decision: {site}{decision}"]
    lines += [
        f"Answer it and mark it as dealt with: {site}{_admin_address(report)}",
        "The reader would like an answer." if report.contact else "The reader gave no address.",
        "",
        "What is wrong, in the reader’s words:",
        "",
        report.message,
    ]
    return EmailMessage(
        f"[{settings.ARCHIVE_NAME}] {subject}", "\n".join(lines), to=settings.REPORT_RECIPIENTS
    )


def _admin_address(report: MistakeReport) -> str:
    return reverse("admin:decisions_mistakereport_change", args=[report.pk])
