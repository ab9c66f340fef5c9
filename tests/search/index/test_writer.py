"""Writers that are killed, that find no room, and what they commit."""

import contextlib
import itertools
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
import tantivy
from django.utils import timezone

from decisions import search
from decisions.models import ChangeSequence, Decision
from decisions.search.index import store, writer
from tests.factories import make_decision
from tests.processes import has_ended, wait_until
from tests.search.index.colours import (
    COLOURS,
    assert_no_litter,
    found,
    is_right,
    make,
    wear,
)
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 100


class Changes:
    """Changes at random, one transaction each; and what the index may hold of each decision."""

    def __init__(self, random: random.Random, decisions: list[Decision]) -> None:
        self._random = random
        self._alive = decisions
        self._history = {decision.pk: [(decision.change, COLOURS[0])] for decision in decisions}

    def one(self) -> None:
        decision = self._random.choice(self._alive)
        kind = self._random.random()
        if kind < 0.05 and len(self._alive) > 10:
            self._alive.remove(decision)
            pk = decision.pk
            decision.delete()
            self._history[pk].append((writer.database_state().change, None))
            return
        if kind < 0.2:
            decision = make(self._random.choice(COLOURS))
            self._alive.append(decision)
        elif kind < 0.4:
            decision.withdrawn_at = None if decision.withdrawn_at else timezone.now()
            decision.save()
        else:
            wear(decision, self._random.choice(COLOURS))
        decision.refresh_from_db(fields=["change"])
        colour = None if decision.withdrawn_at else decision.summary.split()[1]
        self._history.setdefault(decision.pk, []).append((decision.change, colour))

    def assert_held(self) -> None:
        """The index holds every decision as it was at the commit's change; or in any state that
        it ever had where it has changed since: it was skipped then, and will come again."""
        seen = None
        # A reader that repairs the index may write meanwhile: all answers are of one commit.
        while seen != (seen := store.current().commit()):
            at = store.current().state().change
            indexed = {colour: found(colour) for colour in COLOURS}
        for pk, states in self._history.items():
            held = {colour for colour, ids in indexed.items() if pk in ids}
            changed_since = states[-1][0] > at
            allowed = [colour for _, colour in (states if changed_since else states[-1:])]
            assert held in [{colour} if colour else set() for colour in allowed] or (
                changed_since and not held
            ), (pk, at, states, held)


def test_readers_get_correct_results_whenever_a_writer_is_killed(others, tmp_path, index_dir):
    chance = random.Random(4)
    changes = Changes(chance, [make(COLOURS[0]) for _ in range(40)])
    search.catch_up()
    readers = {tmp_path / name: 0 for name in ("first", "second")}
    for log in readers:
        readers[log] = others.run("read", log, *COLOURS)
    files = tmp_path / "in"

    kills = 0
    for number in itertools.count():
        if kills == KILLS:
            break
        writer = ("follow", "rebuild", "catch_up", "ingest")[number % 4]
        arguments = []
        if writer == "ingest":
            files.mkdir()
            for file in range(20):
                text = decision_text(f"91 {number:03} {file:03}")
                (files / f"{file}.txt").write_text(text)
            arguments = [files]
        changes.one()
        pid = others.run(writer, *arguments)
        end = time.monotonic() + chance.uniform(0, 0.3)
        while time.monotonic() < end:
            changes.one()
            time.sleep(0.02)
        # Some have ended by themselves.
        kills += others.kill(pid) == -signal.SIGKILL
        changes.assert_held()
        shutil.rmtree(files, ignore_errors=True)

    for log, pid in readers.items():
        assert not has_ended(pid), log.read_text()[-500:]
        others.kill(pid)
        said = log.read_text()
        assert "wrong" not in said
        assert "without" not in said  # the last commit is always there
        assert said.count("answered") > len(COLOURS) * 10
    # Whoever writes next leaves everything in order.
    changes.one()
    search.catch_up()
    assert is_right()
    assert not search.verify()
    assert_no_litter(index_dir)


@pytest.mark.slow
def test_no_deletion_is_lost_in_a_merge_that_a_new_writer_starts(monkeypatch):
    """The last writer ended before it merged eight segments, and deleted from a small one."""
    words = [f"word{number}" for number in range(20_000)]
    text = random.Random(1)

    def entry(pk: int) -> tantivy.Document:
        document = tantivy.Document()
        document.add_text("kind", "decision")
        document.add_unsigned("id", pk)
        document.add_text("everything", " ".join(text.choices(words, k=100)))
        return document

    monkeypatch.setattr(writer.schema, "entry", lambda pk, standard: entry(pk))
    kept = store.IndexStore.create()
    state = store.State("", 0)
    for number in range(8):  # each smaller than the one before
        with writer.writing(kept, merge=False) as index_writer:
            if number == 7:
                index_writer.remove(600)
            for pk in range(100 * number, 100 * number + 90 - number):
                index_writer.add(pk)
            index_writer.commit(state)
    with writer.writing(kept) as index_writer:
        assert index_writer.store.searcher().num_segments >= 8
        index_writer.remove(601)
        index_writer.add(1_000)
        index_writer.commit(state)
    searcher = store.IndexStore(kept.path).searcher()
    assert searcher.num_segments < 8
    for removed in (600, 601):
        by_id = tantivy.Query.term_query(kept.schema, "id", removed)
        assert searcher.search(by_id, 1).hits == []


def test_files_of_a_failed_writer_do_not_stop_the_next_one(monkeypatch):
    """A writer that was killed before its commit may leave files that the next one would make."""
    made = [make(COLOURS[0]) for _ in range(3)]
    search.catch_up()
    listing = store.current().path / "meta.json"
    before = listing.read_bytes()
    made[0].delete()
    search.catch_up()
    store.close()
    listing.write_bytes(before)  # as if it had been killed just before this
    assert search.catch_up() == 1
    assert not search.verify()


def test_files_that_the_engine_no_longer_lists_are_removed_by_the_next_writer(index_dir):
    make(COLOURS[0])
    search.catch_up()
    kept = store.current().path
    forgotten = [kept / f"{'5f0c' * 8}.{suffix}" for suffix in ("store", "fast", "12.del")]
    for path in forgotten:
        path.write_bytes(b"a merge that was given up")
    make(COLOURS[0])
    search.catch_up()
    assert not any(path.exists() for path in forgotten)
    assert_no_litter(index_dir)
    assert is_right()
    assert not search.verify()


# Disks -----------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(others, index_dir):
    """A file system of a few megabytes for the index, where this process may mount one."""
    index_dir.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", index_dir]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True).returncode == 0
    yield mounted
    if mounted:
        store.close()
        subprocess.run(["umount", "--lazy", index_dir], check=True)


def fill(directory: Path) -> Path:
    """Leave not one byte of room."""
    ballast = directory / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"x" * 4096):
            pass
    return ballast


def limit_files(pid: int, size: int) -> None:
    """No file that the process writes may grow beyond so many bytes."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.mark.parametrize("way", ["disk", "limit"])
def test_on_a_full_disk_searches_work_and_the_follower_resumes_later(
    others, small_disk, index_dir, way
):
    """The disk is really full where a file system may be mounted: as root, in most containers.
    Elsewhere, as in the other case, the kernel lets no file grow, which fails the same writes."""
    really = way == "disk" and small_disk
    decisions = [make(COLOURS[0]) for _ in range(30)]
    search.catch_up()
    pid = others.run("follow")
    wear(decisions[0], COLOURS[1])
    wait_until(is_right)

    ballast = fill(index_dir) if really else None
    if not really:
        limit_files(pid, 0)
    before = found(COLOURS[0]), found(COLOURS[1])
    for decision in decisions[:10]:
        wear(decision, COLOURS[2])
    time.sleep(2)  # it tries in vain, more than once
    assert not has_ended(pid)
    assert store.current().state() != writer.database_state()
    assert (found(COLOURS[0]), found(COLOURS[1])) == before
    assert found(COLOURS[2]) == set()
    assert search.search(search.SearchQuery(COLOURS[0]))

    if really:
        ballast.unlink()
    else:
        limit_files(pid, resource.RLIM_INFINITY)
    wait_until(is_right)
    assert not has_ended(pid)
    wear(decisions[1], COLOURS[3])  # the next commit takes failed ones' files away
    wait_until(is_right)
    assert not search.verify()
    assert_no_litter(index_dir)


def test_only_what_changed_is_applied():
    made = [make_decision() for _ in range(5)]
    assert search.catch_up() == 5
    assert search.catch_up() == 0
    made[0].summary = "Otherwise."
    made[0].save()
    assert search.catch_up() == 1
    assert search.search(search.SearchQuery("otherwise")).ids == [made[0].pk]


def test_one_transaction_is_one_change_however_many_rows_it_has():
    made = [make_decision() for _ in range(5)]
    before = ChangeSequence.objects.get().value
    Decision.objects.update(kind="report")
    assert ChangeSequence.objects.get().value == before + 1
    assert set(Decision.objects.values_list("change", flat=True)) == {before + 1}
    assert search.catch_up() == len(made)


@pytest.mark.parametrize(
    ("limit", "value", "expected"),
    [("MAX_CHANGES_PER_COMMIT", 2, [3, 5, 7, 8]), ("MAX_SECONDS_PER_COMMIT", -1, [*range(2, 9)])],
)
def test_every_commit_records_the_change_number_it_reached(monkeypatch, limit, value, expected):
    monkeypatch.setattr(writer, limit, value)
    make_decision()
    search.catch_up()
    [make_decision() for _ in range(7)]
    reached = []
    commit = writer.Writer.commit
    monkeypatch.setattr(
        writer.Writer,
        "commit",
        lambda self, state: (reached.append(state.change), commit(self, state)),
    )
    search.catch_up()
    assert [change for change in reached if change > 1] == expected
    assert not search.verify()


def test_a_writer_that_is_stopped_between_two_commits_has_applied_whole_changes(monkeypatch):
    """Many decisions may share one change: a commit among them would lose the others."""
    monkeypatch.setattr(writer, "MAX_CHANGES_PER_COMMIT", 2)
    made = [make_decision() for _ in range(5)]
    search.catch_up()
    Decision.objects.update(kind="report")
    make_decision()
    target = writer.database_state()
    with writer.writing(store.current()) as index_writer:
        assert writer.apply(index_writer, target, lambda: True) == len(made)
    assert store.current().state().change == target.change - 1
    assert search.catch_up() == 1
    assert not search.verify()


def test_a_build_that_is_stopped_leaves_nothing_behind(monkeypatch, index_dir):
    monkeypatch.setattr(writer, "BATCH", 2)
    for _ in range(3):
        make_decision()
    asked = []
    with pytest.raises(writer.BuildStopped):
        writer.build(lambda: not asked.append(len(asked)))
    assert asked == [0]
    assert not (index_dir / "current").exists()
    assert list(index_dir.glob("v*")) == []
    assert writer.build(lambda: False) == 3
    assert not search.verify()


def test_what_a_failed_writer_has_not_committed_is_discarded():
    kept = make_decision()
    search.catch_up()

    def fail_to_remove() -> None:
        with writer.writing(store.current()) as index_writer:
            index_writer.remove(kept.pk)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_to_remove()
    assert search.search(search.SearchQuery()).ids == [kept.pk]
    assert not search.verify()
