"""When an alert is searched: in the morning, daily or on Mondays."""

import datetime

from django.utils import timezone

from decisions.models import Alert

# The hour of the day, in the archive's time zone, at which alerts are searched.
HOUR = 7


def next_search(frequency: str, after: datetime.datetime) -> datetime.datetime:
    """The first time after `after` at which an alert with this frequency is searched."""
    local = timezone.localtime(after)
    day = local.date()
    while True:
        naive = datetime.datetime.combine(day, datetime.time(HOUR))
        at = timezone.make_aware(naive)
        is_its_day = frequency == Alert.Frequency.DAILY or day.weekday() == 0
        if is_its_day and at > after:
            return at
        day += datetime.timedelta(days=1)
