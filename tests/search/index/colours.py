"""Decisions that wear an invented word, a colour, which changes; and processes that search for it.

Each decision remembers all colours that it ever had in its address, which is not searched: so any
reader, anywhere, can tell a wrong result.
"""

import json
from pathlib import Path

from decisions import search
from decisions.models import Decision
from decisions.search.index import store, sync, writer
from tests.factories import make_decision
from tests.processes import wait_until

COLOURS = ("quarlo", "zembit", "vintar", "oskeld")

PROCESSES = """
import signal, threading, time
from django.db import connection
from decisions import search
from decisions.ingest import ingest_all
from decisions.models import Decision
from decisions.search.index import sync
from decisions.sources import read_paths

sync.RETRY_DELAY = 0.2

def follow(check_every="600"):
    sync.CHECK_INTERVAL = float(check_every)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    search.follow(stopped)

def follow_as(user):
    connection.ensure_connection()  # the embedded server serves its owner alone
    os.setuid(int(user))
    follow()

def rebuild():
    search.rebuild()

def catch_up():
    search.catch_up()

def ingest(path):
    ingest_all(read_paths([path], sys.stdin.buffer))

def read(log, *colours):
    # Ask without end; write down each answer that is not from the index, or wrong.
    with open(log, "a", buffering=1) as said:
        while True:
            for colour in colours:
                answer = search.search(search.SearchQuery(colour))
                for decision in Decision.objects.published().by_ids(answer.ids if answer else []):
                    if colour not in decision.source_url:
                        print("wrong", colour, decision.pk, file=said)
                print("answered" if answer else "without", answer and answer.total, file=said)
"""


def wear(decision: Decision, colour: str) -> None:
    """In one transaction of its own, as every change here."""
    decision.summary = f"A {colour} matter."
    decision.source_url = f"{decision.source_url or ''}/{colour}"
    decision.save()


def make(colour: str) -> Decision:
    return make_decision(summary=f"A {colour} matter.", source_url=f"/{colour}")


def expected(colour: str) -> set[int]:
    worn = Decision.objects.published().filter(summary__contains=colour)
    return set(worn.values_list("pk", flat=True))


def found(colour: str) -> set[int]:
    """All that a search finds, page after page."""
    search_results = search.search(search.SearchQuery(colour))
    ids = set(search_results.ids)
    for page in range(2, search_results.last_page + 1):
        ids |= set(search.search(search.SearchQuery(colour, page=page)).ids)
    assert len(ids) == search_results.total
    return ids


def is_right() -> bool:
    try:
        current = store.current().state() == writer.database_state()
    except search.IndexUnavailable:
        return False
    return current and all(found(colour) == expected(colour) for colour in COLOURS)


def assert_no_litter(index_dir: Path) -> None:
    """One generation, and in it no file that the engine does not know, and so would never remove:
    what it knows and no longer needs, it takes away at one of its next commits."""
    kept = store.current().path
    wait_until(lambda: list(index_dir.glob("v*")) == [kept])  # just after it is put in place
    known = set(json.loads((kept / ".managed.json").read_text()))
    assert {path.name for path in kept.glob("[!.]*")} <= known


def is_followed() -> bool:
    with sync.lock(wait=False) as held:
        return not held
