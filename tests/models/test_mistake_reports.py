"""Reported mistakes: their states, what is deleted when, and how many a network may send."""

import datetime

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.utils import timezone

from decisions.models import MistakeReport, ReportCount, delete_expired_reports
from tests.factories import make_mistake_report
from tests.processes import prepared

pytestmark = pytest.mark.django_db

COUNT = """
import django
from decisions.models import ReportCount
def count(network):
    for _ in range(20):
        ReportCount.objects.count_report(network)
"""


@pytest.fixture
def staff():
    return User.objects.create_user("editor")


def test_only_a_report_that_someone_can_be_recognised_is_urgent():
    urgent = {kind: make_mistake_report(kind=kind).is_urgent for kind in MistakeReport.Kind}
    assert [kind for kind, is_urgent in urgent.items() if is_urgent] == ["person"]


def test_dealing_with_a_report_deletes_the_readers_address(staff):
    report = make_mistake_report(contact="reader@example.org")
    other = make_mistake_report(contact="other@example.org")
    assert MistakeReport.objects.filter(pk=report.pk).deal_with(staff) == 1
    report.refresh_from_db()
    assert (report.contact, report.dealt_with_by) == ("", staff)
    assert report.dealt_with_at is not None
    assert MistakeReport.objects.open().get() == other
    other.refresh_from_db()
    assert other.contact == "other@example.org"


def test_dealing_with_a_report_twice_keeps_who_did_it_first(staff):
    report = make_mistake_report()
    MistakeReport.objects.deal_with(staff)
    first = MistakeReport.objects.get().dealt_with_at
    assert MistakeReport.objects.deal_with(User.objects.create_user("second")) == 0
    report.refresh_from_db()
    assert (report.dealt_with_at, report.dealt_with_by) == (first, staff)


def test_a_report_can_be_opened_again(staff):
    make_mistake_report()
    MistakeReport.objects.deal_with(staff)
    assert MistakeReport.objects.reopen() == 1
    assert MistakeReport.objects.open().count() == 1
    assert MistakeReport.objects.reopen() == 0


def test_the_database_itself_refuses_to_keep_an_address_too_long(staff):
    make_mistake_report(contact="reader@example.org")
    with pytest.raises(IntegrityError, match="mistake_report_contact_deleted"):
        MistakeReport.objects.update(dealt_with_at=timezone.now())


def test_a_report_outlives_the_member_of_staff_who_dealt_with_it(staff):
    make_mistake_report()
    MistakeReport.objects.deal_with(staff)
    staff.delete()
    assert MistakeReport.objects.get().dealt_with_by is None


def test_reports_are_deleted_some_days_after_they_were_dealt_with(settings, staff):
    settings.REPORT_RETENTION_DAYS = 30
    for days in (29, 31):
        made = make_mistake_report(message=f"{days} days")
        ago = timezone.now() - datetime.timedelta(days=days)
        MistakeReport.objects.filter(pk=made.pk).update(dealt_with_at=ago)
    ancient = timezone.now() - datetime.timedelta(days=3000)
    make_mistake_report(message="open", received_at=ancient)
    delete_expired_reports()
    left = MistakeReport.objects.values_list("message", flat=True)
    assert sorted(left) == ["29 days", "open"]


def test_a_network_is_counted_for_an_hour_and_then_anew():
    first = ReportCount.objects.count_report("a")
    second = ReportCount.objects.count_report("a")
    assert (first.count, second.count) == (1, 2)
    assert second.ends_at == first.ends_at
    in_an_hour = timezone.now() + datetime.timedelta(hours=1)
    assert abs(first.ends_at - in_an_hour) < datetime.timedelta(minutes=1)
    assert ReportCount.objects.count_report("b").count == 1

    ReportCount.objects.update(ends_at=timezone.now() - datetime.timedelta(seconds=1))
    again = ReportCount.objects.count_report("a")
    assert again.count == 1
    assert again.ends_at > timezone.now()


def test_a_count_is_deleted_when_its_hour_has_ended():
    ReportCount.objects.count_report("ended")
    ReportCount.objects.update(ends_at=timezone.now() - datetime.timedelta(seconds=1))
    ReportCount.objects.count_report("running")
    delete_expired_reports()
    assert ReportCount.objects.get().network == "running"


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_processes_that_count_at_the_same_time_lose_none():
    connection.ensure_connection()
    with prepared(COUNT) as others:
        running = [others.run("count", "a") for _ in range(4)]
        assert [others.wait(pid) for pid in running] == [0, 0, 0, 0]
    assert ReportCount.objects.get().count == 80
