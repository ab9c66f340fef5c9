"""A worker that is killed at any moment leaves no decision out, and writes none twice."""

import itertools
import signal

import pytest
from django.utils import timezone

from decisions.models import Alert, AlertMessage, Publication
from decisions.search import SearchQuery
from tests.alerts.conftest import make_alert
from tests.factories import make_decisions
from tests.processes import prepared

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

# One pass that kills itself before one of its statements to PostgreSQL. Its transactions have three
# alerts each, so that it can end between two.
SCRIPT = """
import signal
from django.db import connection
from decisions import alerts
from decisions.alerts import matching

matching.MAX_ALERTS = 3

def work(port, statements):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
    settings.DEFAULT_FROM_EMAIL = "archive@example.org"
    left = int(statements)

    def count(execute, *arguments):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(count):
        alerts.run_once()
"""


def test_whatever_moment_a_worker_is_killed_at(mail):
    for number in range(12):
        make_alert(SearchQuery("" if number % 2 else "bus"), address=f"{number}@example.org")
    make_decisions({"paragraphs": ("The bus was late.",)} for _ in range(20))
    Alert.objects.update(next_at=timezone.now())
    with prepared(SCRIPT) as processes:
        ends = (processes.wait(processes.run("work", mail.port, n)) for n in itertools.count(1, 2))
        killed = list(itertools.takewhile(bool, ends))  # up to the first that ends by itself
    assert len(killed) > 5
    assert set(killed) == {-signal.SIGKILL}

    everything = sorted(Publication.objects.values_list("pk", flat=True))
    assert len(everything) == 20
    for alert in Alert.objects.all():
        sent = alert.messages.exclude(sent_at=None).values_list("publications", flat=True)
        assert sorted(pk for publications in sent for pk in publications) == everything
    assert not AlertMessage.objects.pending().exists()
    # A message that was sent twice, because the worker was killed after the mail server's answer,
    # has the same Message-ID both times.
    ids = {message["Message-ID"] for _, message in mail.received}
    expected = {
        f"<{pk.hex}@archive.example>" for pk in AlertMessage.objects.values_list("pk", flat=True)
    }
    assert ids == expected
