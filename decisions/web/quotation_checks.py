"""Checks a reader's text for the page and the API, within the limit of the reader's network."""

from django.http import HttpRequest
from django.utils import timezone

from decisions.models import ReportCount, database_time
from decisions.quotations import Verdict, check
from decisions.web.client_network import client_network

# Most texts from one network that are checked within `ReportCount.PERIOD`.
MAX_CHECKS = 100


class TooManyChecksError(Exception):
    """The network has had as many texts checked as it may; `seconds` is how long it must wait."""

    def __init__(self, counted: ReportCount) -> None:
        minutes = ReportCount.PERIOD.seconds // 60
        super().__init__(
            f"Your internet connection has had {MAX_CHECKS} texts checked within {minutes} minutes,"
            f" which is the most we accept. Check the next one after"
            f" {timezone.localtime(counted.ends_at):%H:%M}."
        )
        self.seconds = max(1, round((counted.ends_at - database_time()).total_seconds()))


def check_for(request: HttpRequest, text: str) -> list[Verdict]:
    """The verdicts on a reader's text, which is neither stored nor logged.

    Raises TextTooLongError and TooManyQuotationsError, whose messages are for the reader, and
    TooManyChecksError.
    """
    counted = ReportCount.objects.count_report(client_network(request, "quotation-check"))
    if counted.count > MAX_CHECKS:
        raise TooManyChecksError(counted)
    return check(text)
