"""Harm to the clock: every process of the site has it an hour wrong for a while.

A library (clock.c) in the site's processes adds a number of seconds to their clock. The time since
the machine's start stays right, as it does when an administrator sets a clock. PostgreSQL,
whose clock decides what is due, has the right one, as on a host of its own.
"""

import random
import shutil
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.smtp_server import MailServer
from tests.tools.torture import checking
from tests.tools.torture.harming import IMPORTED, LONGEST_WAIT
from tests.tools.torture.jobs import Upload
from tests.tools.torture.site import RECOVERY_TIMEOUT, Archive, NotRecovered

# Seconds that the clock is wrong by, one after the other. Staff are signed out after more of them.
OFFSETS = (-3600, 3600)
IDLE_MINUTES = 90

# Decisions that staff upload meanwhile.
UPLOADED = 20


def can_be_set() -> bool:
    """Whether this machine has a C compiler, for the library, and loads such libraries."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def variables(data_dir: Path, mail: MailServer) -> dict[str, object]:
    """The variables of a site whose clock can be set, and whose alerts go to `mail`."""
    library = data_dir.with_name("clock.so")
    source = Path(__file__).with_suffix(".c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    _set(data_dir, 0)
    return {
        "LD_PRELOAD": library,
        "CLOCK_OFFSET": _file(data_dir),
        "SESSION_IDLE_MINUTES": IDLE_MINUTES,
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": mail.port,
        "DEFAULT_FROM_EMAIL": "archive@example.org",
    }


def set_clock(archive: Archive, chance: random.Random) -> float:
    """The site's clock is an hour wrong during an import, an upload and alerts; then right."""
    _sign_up()
    staff = archive.staff()
    started = 0.0
    for offset in chance.sample(OFFSETS, len(OFFSETS)):
        with Upload(archive, UPLOADED) as upload:
            upload.await_review()
            numbers = archive.write_files(IMPORTED)
            running = archive.start_import()
            time.sleep(chance.uniform(0, LONGEST_WAIT))
            _set(archive.data_dir, offset)
            upload.confirm()
            _send_alerts(archive)
            time.sleep(chance.uniform(0, LONGEST_WAIT))
            _set(archive.data_dir, 0)
            started = time.monotonic()
            upload.await_import()
            upload.check()
        if running.wait():
            raise NotRecovered("the import failed")
        archive.imported.update(numbers)
        archive.recover(checking.is_index_current)
        if "/login/" in staff.get("/admin/decisions/upload/")[0]:
            raise NotRecovered("staff were signed out")
    seconds = time.monotonic() - started
    _send_alerts(archive)
    if found := [*_alert_differences(archive)]:
        raise NotRecovered(f"alerts: {'; '.join(found)}")
    return seconds


def _set(data_dir: Path, offset: int) -> None:
    """Set the clock of all processes of the site at one moment."""
    path = _file(data_dir)
    path.touch()
    with path.open("r+b") as file:  # the processes have it in their memory
        file.write(struct.pack("=q", offset))


def _file(data_dir: Path) -> Path:
    return data_dir.with_name("clock.offset")


def _sign_up() -> None:
    """Have one confirmed alert, to which everything is new that is imported from now on."""
    from django.db import connection

    from decisions import alerts
    from decisions.alerts import queries
    from decisions.models import Alert
    from decisions.search import SearchQuery

    if not Alert.objects.exists():
        made = Alert.objects.create(
            channel="email",
            address="reader@example.org",
            frequency="daily",
            query=queries.to_json(SearchQuery()),
            description="All decisions",
            site="http://archive.example",
        )
        alerts.confirm(made.pk)
    connection.close()


def _send_alerts(archive: Archive) -> None:
    """Have the alert searched now, and wait until what it found is sent."""
    from django.db import connection
    from django.db.models.functions import Now

    from decisions.models import Alert, AlertMessage

    Alert.objects.update(next_at=Now())
    _await(lambda: not Alert.objects.due().exists(), "an alert stays due")
    _await(lambda: not AlertMessage.objects.pending().exists(), "a message is not sent")
    connection.close()


def _alert_differences(archive: Archive) -> Iterator[str]:
    from decisions.models import Alert, AlertMessage, Publication

    alert = Alert.objects.get()
    rows = AlertMessage.objects.values_list("publications", flat=True)
    sent = Counter(pk for publications in rows for pk in publications)
    new = Publication.objects.filter(first_change__gt=alert.confirmed_change)
    if sent != Counter(new.values_list("pk", flat=True)):
        yield f"{sent.total()} decisions were sent, of {new.count()}"
    mails = Counter(str(mail["Message-ID"]) for _, mail in archive.mail.received)
    if mails.total() != AlertMessage.objects.count() or max(mails.values()) > 1:
        yield f"{mails.total()} mails of {AlertMessage.objects.count()} messages"


def _await(condition: Callable[[], bool], failure: str) -> None:
    end = time.monotonic() + RECOVERY_TIMEOUT
    while not condition():
        if time.monotonic() > end:
            raise NotRecovered(failure)
        time.sleep(0.1)
