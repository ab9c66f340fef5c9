"""Followers, rebuilds and readers beside each other."""

import signal

import pytest
from django.db import connection

from decisions import search
from decisions.models import Decision
from decisions.search.index import schema, store, sync, writer
from tests.factories import make_decision
from tests.processes import has_ended, wait_until
from tests.search.index.colours import (
    COLOURS,
    assert_no_litter,
    found,
    is_followed,
    is_right,
    make,
    wear,
)
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)


def total() -> int:
    return search.search(search.SearchQuery()).total


def test_catch_up_leaves_the_work_to_another_writer():
    make_decision()
    with sync.lock(wait=False) as held:
        assert held
        assert search.catch_up() == 0
    assert search.catch_up() == 1


def test_a_reader_sees_each_commit_and_a_rebuild():
    for count in (1, 2, 3):
        make_decision()
        search.catch_up()
        assert total() == count
    old = store.current().path
    assert search.rebuild() == 3
    assert not old.exists()
    assert total() == 3


def test_a_rebuild_applies_what_changed_meanwhile(monkeypatch):
    make_decision()
    build = sync.build

    def build_and_change(stopped: writer.Stopped) -> int:
        count = build(stopped)
        make_decision()
        return count

    monkeypatch.setattr(sync, "build", build_and_change)
    assert search.rebuild() == 1
    assert total() == 2


def test_a_failed_rebuild_leaves_the_old_index_in_use(monkeypatch, index_dir):
    make_decision()
    search.catch_up()
    monkeypatch.setattr(schema, "entry", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        search.rebuild()
    assert total() == 1
    assert len(list(index_dir.glob("v*"))) == 1


def test_two_followers_and_a_rebuild_do_not_disturb_each_other(others, index_dir):
    decisions = [make(COLOURS[0]) for _ in range(30)]
    search.catch_up()
    followers = [others.run("follow") for _ in range(2)]
    for number in range(3):
        rebuilding = others.run("rebuild")
        while not has_ended(rebuilding):  # under changes that never stop
            wear(decisions[number], COLOURS[number % 4])
        assert others.wait(rebuilding) == 0
    wait_until(is_right)
    # Whichever of them writes: when it is gone, the other goes on.
    others.kill(followers[0])
    wear(decisions[5], COLOURS[3])
    wait_until(is_right)
    assert others.kill(followers[1], signal.SIGTERM) == 0
    assert not search.verify()
    assert_no_litter(index_dir)


def test_a_follower_keeps_the_lock_until_another_process_waits_for_it(others):
    make(COLOURS[0])
    search.catch_up()
    others.run("follow")
    wait_until(is_followed)
    decision = make(COLOURS[0])
    assert search.catch_up() == 0  # left to the follower
    wait_until(is_right)
    old = store.current().path
    assert search.rebuild() == 2
    assert store.current().path != old
    wear(decision, COLOURS[1])
    wait_until(is_followed)
    wait_until(is_right)


def test_a_follower_reconnects_after_a_lost_connection(others):
    decision = make(COLOURS[0])
    search.catch_up()
    pid = others.run("follow")
    for colour in COLOURS[1:]:
        wear(decision, colour)
        wait_until(is_right)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert cursor.rowcount
    wear(decision, COLOURS[0])
    wait_until(is_right)
    assert not has_ended(pid)


def test_two_reader_processes_see_every_commit(others, tmp_path):
    make(COLOURS[0])
    search.catch_up()
    logs = [tmp_path / "first", tmp_path / "second"]
    for log in logs:
        others.run("read", log, COLOURS[0])
    others.run("follow")
    for count in range(2, 8):
        make(COLOURS[0])
        for log in logs:
            wait_until(lambda log=log, count=count: f"answered {count}\n" in log.read_text())


def test_new_decisions_are_found_while_many_others_are_imported(others, tmp_path):
    """How soon, `tests/benchmarks/freshness.py` measures."""
    for number in range(2_500):
        text = decision_text(f"91 {number // 1000:03} {number % 1000:03}")
        (tmp_path / f"{number}.txt").write_text(text)
    search.catch_up()
    others.run("follow")
    pid = others.run("ingest", tmp_path)
    wait_until(lambda: Decision.objects.count() > 10)
    decision = make(COLOURS[0])
    wait_until(lambda: found(COLOURS[0]) == {decision.pk})
    assert not has_ended(pid)
    assert others.wait(pid) == 0
    wait_until(is_right)
    assert not search.verify()
