"""One writer at a time, a follower that stops when told, and repairs in the background."""

import fcntl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise

import pytest
from django.db import connection

from decisions import search
from decisions.search.index import store, sync, writer
from tests.factories import make_decision
from tests.processes import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@contextmanager
def thread(work: Callable[[], object]) -> Iterator[threading.Thread]:
    """Runs `work` with a database connection of its own; it has ended after the block."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    running = threading.Thread(target=run, daemon=True)
    running.start()
    yield running
    running.join(30)
    assert not running.is_alive()


@contextmanager
def follower(**options: bool) -> Iterator[threading.Thread]:
    stopped = threading.Event()
    with thread(lambda: sync.follow(stopped, **options)) as running:
        try:
            yield running
        finally:
            stopped.set()


def is_current() -> bool:
    return sync.has_reached(writer.database_state())


def connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


def test_a_follower_stops_though_another_process_writes():
    with sync.lock(wait=False) as held:
        assert held
        with follower():
            time.sleep(sync.POLL_INTERVAL)


def test_a_follower_takes_over_and_leaves_the_lock_when_it_stops():
    make_decision()
    with follower():
        wait_until(is_current)
        make_decision()
        wait_until(is_current)
    assert search.search(search.SearchQuery()).total == 2
    with sync.lock(wait=False) as held:
        assert held


def test_a_rebuild_waits_for_the_writer():
    make_decision()
    search.catch_up()
    old = store.current().path
    with ExitStack() as writing:
        assert writing.enter_context(sync.lock(wait=False))
        with thread(search.rebuild) as rebuilding:
            wait_until(sync._is_wanted)
            time.sleep(0.1)
            assert store.current().path == old
            assert rebuilding.is_alive()
            writing.close()
    assert store.current().path != old


def test_the_lock_is_left_to_a_process_that_waits_for_it():
    search.catch_up()
    with sync._wanted_file().open("w") as wanted:
        fcntl.flock(wanted, fcntl.LOCK_EX)
        with sync.lock(wait=False) as held:
            assert not held
    with sync.lock(wait=False) as held:
        assert held


def test_an_index_in_a_directory_that_does_not_exist_yet(settings, tmp_path):
    settings.INDEX_DIR = tmp_path / "deep" / "index"
    make_decision()
    assert search.catch_up() == 1
    assert search.search(search.SearchQuery()).total == 1


@pytest.fixture
def compared(monkeypatch) -> list[float]:
    """When the checksums were compared."""
    times: list[float] = []
    monkeypatch.setattr(sync, "discard_if_damaged", lambda: times.append(time.monotonic()))
    return times


@pytest.mark.parametrize("check_first", [True, False])
def test_checksums_are_compared_at_once_or_after_the_interval(compared, check_first):
    make_decision()
    with follower(check_first=check_first):
        wait_until(is_current)
        time.sleep(3 * sync.POLL_INTERVAL)
    assert len(compared) == check_first


def test_checksums_are_compared_at_intervals(compared, monkeypatch):
    monkeypatch.setattr(sync, "CHECK_INTERVAL", 2 * sync.POLL_INTERVAL)
    with follower():
        wait_until(lambda: len(compared) >= 3)
    gaps = [later - earlier for earlier, later in pairwise(compared)]
    assert min(gaps) >= 2 * sync.POLL_INTERVAL


def test_checksums_are_compared_soon_after_a_failure(compared, monkeypatch):
    monkeypatch.setattr(sync, "CHECK_INTERVAL_AFTER_FAILURE", 0.0)
    monkeypatch.setattr(sync, "RETRY_DELAY", 0.01)
    make_decision()
    with monkeypatch.context() as broken:
        broken.setattr(sync, "build", lambda *arguments, **options: 1 / 0)
        with follower(check_first=False):
            wait_until(lambda: compared)
            broken.undo()
            wait_until(is_current)


def test_a_failure_puts_off_no_comparison(compared):
    timer = sync._ChecksumTimer(0.0)
    timer.check_soon()
    timer.check()
    with sync._background_lock:  # held while checksums are compared
        assert len(compared) == 1


def test_one_repair_runs_at_a_time_and_keeps_no_connection(monkeypatch):
    make_decision()
    before = connections()
    begun, let_go = [], threading.Event()

    def compare() -> None:
        begun.append(1)
        assert let_go.wait(30)

    monkeypatch.setattr(sync, "discard_if_damaged", compare)
    for _ in range(3):
        sync.repair()
    wait_until(lambda: begun)
    time.sleep(0.1)
    let_go.set()
    wait_until(is_current)
    with sync._background_lock:  # held while a repair runs
        assert len(begun) == 1
    wait_until(lambda: connections() == before)
    sync.repair()
    wait_until(lambda: len(begun) == 2)


def test_a_repair_that_fails_is_logged_and_the_next_one_runs(monkeypatch, caplog):
    make_decision()
    with monkeypatch.context() as broken:
        broken.setattr(sync, "discard_if_damaged", lambda: 1 / 0)
        sync.repair()
        wait_until(lambda: "The search index could not be repaired" in caplog.text)
        with sync._background_lock:
            pass
    sync.repair()
    wait_until(is_current)
