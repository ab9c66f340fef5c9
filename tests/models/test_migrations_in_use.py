"""Migrations of an archive that is in use: nobody waits long, and earlier code goes on working."""

import os
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ombudsman.management.commands import migrate
from tests.models.test_upgrade import _drop, _new_database

# The last migration of the release that is upgraded.
EARLIER = ("decisions", "0010_alerts")

# Rows as the code of that release writes them.
DECISIONS = """
INSERT INTO decisions_decision (reference, other_references, kind, sections, warnings, is_sample,
    findings, rules_version, reasons, provisions, remedies, fingerprints, withdrawn_reason)
SELECT reference, '{}', 'statement', '[]', '{}', false, '{}', 0, '{}', '{}', '{}', '{}', ''
FROM unnest(%s::text[]) AS reference
"""
CAPTURES = """
INSERT INTO decisions_capture (decision_id, sha256, name, url, charset, content)
SELECT id, encode(sha256(reference::bytea), 'hex'), reference, '', '', reference::bytea
FROM decisions_decision WHERE reference = ANY(%s)
"""
READ = """
SELECT count(*) FROM decisions_decision JOIN decisions_capture
    ON decision_id = decisions_decision.id
"""

# Seconds that a long reader holds the tables, and the longest that anybody else may wait for one.
LONG = 5.0
LONGEST_WAIT = 3


@pytest.fixture
def earlier(django_db_blocker) -> Iterator[str]:
    """A filled database of the earlier release."""
    name = f"in_use_{os.getpid()}"
    with django_db_blocker.unblock():
        with _new_database(name):
            MigrationExecutor(connection).migrate([EARLIER])
            held = [f"21 70{number // 1000} {number % 1000:03}" for number in range(3000)]
            with connection.cursor() as cursor:
                cursor.execute(DECISIONS, [held])
                cursor.execute(CAPTURES, [held])
            yield name
        _drop(name)


class Session:
    """Works in a thread of its own, with a connection of its own, until the test ends."""

    def __init__(self) -> None:
        parameters = connection.get_connection_params()
        names = ("dbname", "user", "host")
        self.connection = psycopg.connect(
            **{name: parameters[name] for name in names},
            options=f"-c lock_timeout={LONGEST_WAIT}s",
            autocommit=True,
        )
        self.done = 0
        self.error: Exception | None = None
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        try:
            while not self._ends.is_set():
                self.work()
                self.done += 1
                time.sleep(0.01)
        except Exception as error:
            self.error = error

    def work(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> "Session":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()
        self.connection.close()


class Reader(Session):
    def work(self) -> None:
        self.connection.execute(READ)


class LongReader(Session):
    """Such as a dump: it holds every table for LONG seconds."""

    def work(self) -> None:
        with self.connection.transaction():
            self.connection.execute(READ)
            self.connection.execute("SELECT count(*) FROM decisions_council, decisions_upload")
            self._ends.wait(LONG)
        self._ends.wait(600)


class Writer(Session):
    def work(self) -> None:
        reference = f"21 80{self.done // 1000} {self.done % 1000:03}"
        with self.connection.transaction():
            self.connection.execute("SELECT decisions_advance_change()")
            self.connection.execute(DECISIONS, [[reference]])
            self.connection.execute(CAPTURES, [[reference]])


@pytest.mark.slow
def test_nobody_waits_for_a_migration_that_waits_for_a_long_reader(earlier, monkeypatch, capsys):
    monkeypatch.setattr(migrate, "PAUSE", 0.5)
    with LongReader() as long_reader, Reader() as reader, Writer() as writer:
        while not writer.done:
            time.sleep(0.05)
        call_command("migrate", verbosity=0)
        before = writer.done
        while writer.done == before and not writer.error:
            time.sleep(0.05)
    assert [session.error for session in (long_reader, reader, writer)] == [None, None, None]
    assert "A table is in use by others; trying again." in capsys.readouterr().err
    with connection.cursor() as cursor:
        # Captures of before, of meanwhile and of afterwards are in the log, each once.
        cursor.execute(
            "SELECT count(*), count(DISTINCT sha256), max(position) + 1,"
            " (SELECT count(*) FROM decisions_capture) FROM decisions_capturelogentry"
        )
        assert len(set(cursor.fetchone())) == 1
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
