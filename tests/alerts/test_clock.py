"""A host's clock that is wrong: PostgreSQL's decides what is due."""

import datetime

import pytest
from django.utils import timezone

from decisions.models import Alert, AlertMessage, database_time
from tests.alerts.conftest import make_alert, pass_when_due
from tests.factories import make_decision

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize("days", [-9, 9])
def test_no_alert_is_searched_again_or_given_up(mail, monkeypatch, days):
    right = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: right() + days * DAY)
    alert = make_alert()
    begun = database_time()
    assert begun < alert.next_at <= begun + DAY

    make_decision()
    mail.refuses, mail.refusal = True, "450 later"
    for _ in range(2):
        monkeypatch.setattr(timezone, "now", right)
        pass_when_due()
        monkeypatch.setattr(timezone, "now", lambda: right() + days * DAY)
        assert begun < Alert.objects.get().next_at <= database_time() + DAY
    message = AlertMessage.objects.get()
    minutes = (message.next_attempt_at - database_time()).total_seconds() / 60
    assert (message.attempts, Alert.objects.get().paused_at) == (2, None)
    assert 4 < minutes <= 5

    mail.refuses = False
    AlertMessage.objects.update(next_attempt_at=begun)
    monkeypatch.setattr(timezone, "now", right)
    pass_when_due()
    pass_when_due()
    assert len(mail.received) == 1
