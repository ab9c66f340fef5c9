"""Tells when the source of a file was read, and which capture of a decision is the newest.

The page shows the capture whose source was read last, in whatever order the files came.
"""

import datetime
from collections.abc import Iterable

from django.db.models import Max

from decisions.documents import CaptureBasis, CaptureTime
from decisions.models import Capture, Decision
from decisions.sources import Source
from decisions.sources.capture_times import original_address


def captured_time(
    source: Source, stated: CaptureTime | None, received_at: datetime.datetime
) -> CaptureTime:
    """When the source of a file was read, by the best that says so.

    `stated` is what the file itself states. A time after `received_at` is an error of somebody's
    clock, and would hide every later capture.
    """
    times = [stated_time(source), stated, source.captured]
    found = [time for time in times if time and time.at <= received_at]
    in_archive = [time for time in found if time.basis == CaptureBasis.WEB_ARCHIVE]
    received = CaptureTime(received_at, CaptureBasis.RECEIVED)
    return next(iter((*in_archive, *found, received)))


def stated_time(source: Source) -> CaptureTime | None:
    """The time that the address or the container of a file states, without reading the file."""
    in_address = original_address(source.url)[1] if source.url else None
    if in_address or source.captured is None or not source.captured.basis.is_stated:
        return in_address
    return source.captured


def newest_times(decisions: Iterable[Decision]) -> dict[str, datetime.datetime]:
    """The time of the newest capture of each decision, by reference."""
    captures = Capture.objects.filter(decision__in=list(decisions)).order_by()
    times = captures.values_list("decision__reference").annotate(Max("captured_at"))
    return dict(times)


def tells_more(source: Source, capture: Capture) -> bool:
    """Whether a file with the bytes of a capture states a better time than the capture has.

    A stated time is better than one that nobody stated; of two stated ones, the later is better: by
    then the source had these bytes again, or still.
    """
    time = stated_time(source)
    if time is None:
        return False
    return not capture.has_stated_time or time.at > capture.captured_at
