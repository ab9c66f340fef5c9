"""The search index whatever happens: writers killed, disks full, files damaged, connections cut.

Decisions wear an invented word, a colour, which changes. Each remembers all that it ever had in
its address, which is not searched: so that any reader, anywhere, can tell a wrong answer.
"""

import contextlib
import itertools
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from decisions import search
from decisions.models import Decision
from decisions.search.index import store, sync, writer
from ombudsman.runtime import programs
from tests import processes
from tests.factories import make_decision
from tests.processes import has_ended, wait_until
from tests.texts import decision_text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

COLOURS = ("quarlo", "zembit", "vintar", "oskeld")
KILLS = 100

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


@pytest.fixture
def others():
    with processes.prepared(PROCESSES) as others:
        yield others


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
        it ever had where it has changed since: it was passed over then, and will come again."""
        at = store.current().state().change
        indexed = {colour: found(colour) for colour in COLOURS}
        for pk, states in self._history.items():
            held = {colour for colour, ids in indexed.items() if pk in ids}
            changed_since = states[-1][0] > at
            allowed = [colour for _, colour in (states if changed_since else states[-1:])]
            assert held in [{colour} if colour else set() for colour in allowed] or (
                changed_since and not held
            ), (pk, at, states, held)


def test_killed_at_any_moment_whoever_writes_readers_are_never_misled(others, tmp_path, index_dir):
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


def test_files_that_the_engine_forgot_are_removed_by_whoever_writes_next(index_dir):
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
def test_without_room_searches_go_on_and_with_room_the_follower_does(
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


# Damage ----------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(content)


DAMAGE = {
    "flipped": flip,
    "truncated": lambda path: os.truncate(path, path.stat().st_size // 2),
    "emptied": lambda path: os.truncate(path, 0),
    "deleted": Path.unlink,
}
KINDS = ("idx", "term", "pos", "fast", "fieldnorm", "store", "del", "meta.json")


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_of_any_kind_is_found_and_the_index_made_anew(
    others, tmp_path, index_dir, damage
):
    """Whoever has a truncated file mapped may be killed by the kernel: then, as in a deployment,
    another takes its place. This process looks away meanwhile."""
    decisions = [make(COLOURS[0]) for _ in range(20)]
    search.catch_up()
    log = tmp_path / "reader"
    started = {
        "follow": lambda: others.run("follow", "0.1"),
        "read": lambda: others.run("read", log, *COLOURS),
    }
    running = {name: start() for name, start in started.items()}

    def keep_running() -> None:
        for name, pid in running.items():
            if has_ended(pid):
                others.wait(pid)
                running[name] = started[name]()

    def has_new_index() -> bool:
        keep_running()
        pointer = index_dir / "current"
        return pointer.exists() and pointer.read_text() != old.name

    for kind in KINDS:
        wear(decisions[0], COLOURS[1])  # so that there are deletions
        wait_until(is_right)
        old = store.current().path
        store.close()
        file = next(path for path in sorted(old.iterdir()) if path.name.endswith(kind))
        DAMAGE[damage](file)
        wait_until(has_new_index)
        wait_until(is_right)
        assert not search.verify(), kind


def test_a_reader_that_fails_has_the_index_made_anew_though_another_writes(others, index_dir):
    """The follower has its files open, and would look at their bytes only much later."""
    make(COLOURS[0])
    search.catch_up()
    others.run("follow")
    make(COLOURS[0])
    wait_until(is_right)
    old = store.current().path
    for file in old.glob("*.term"):
        file.write_bytes(os.urandom(file.stat().st_size))
    store.close()
    search.search(search.SearchQuery(COLOURS[0]))
    wait_until(is_right)
    assert store.current().path != old
    assert not search.verify()


def delete_everything(index_dir: Path) -> None:
    shutil.rmtree(index_dir)


def delete_generation(index_dir: Path) -> None:
    shutil.rmtree(index_dir / (index_dir / "current").read_text())


def delete_pointer(index_dir: Path) -> None:
    (index_dir / "current").unlink()


def write_nonsense(index_dir: Path) -> None:
    (index_dir / "current").write_bytes(os.urandom(40))


def point_nowhere(index_dir: Path) -> None:
    (index_dir / "current").write_text(f"{(index_dir / 'current').read_text()}0")


def put_a_file_in_its_place(index_dir: Path) -> None:
    kept = index_dir / (index_dir / "current").read_text()
    shutil.rmtree(kept)
    kept.write_text("")


@pytest.mark.parametrize(
    "harm",
    [
        delete_everything,
        delete_generation,
        delete_pointer,
        write_nonsense,
        point_nowhere,
        put_a_file_in_its_place,
    ],
)
def test_a_missing_index_is_made_anew_by_the_follower(others, index_dir, harm):
    decision = make(COLOURS[0])
    search.catch_up()
    pid = others.run("follow")
    wear(decision, COLOURS[1])
    wait_until(is_right)
    harm(index_dir)
    wait_until(is_right)
    assert not has_ended(pid)
    assert not search.verify()
    assert_no_litter(index_dir)


def test_an_index_that_may_not_be_read_is_made_anew(settings, data_dir):
    """Root may read everything, so that the follower runs as somebody else there."""
    index_dir = settings.INDEX_DIR = data_dir / "index"
    account = programs.system_account()
    make(COLOURS[0])
    search.catch_up()
    old = store.current().path
    old.chmod(0)
    if account:
        for path in (index_dir, index_dir / "lock", index_dir / "current"):
            os.chown(path, account.pw_uid, account.pw_gid)
    with processes.prepared(PROCESSES) as others:
        others.run("follow_as", account.pw_uid if account else os.geteuid())
        wait_until(lambda: (index_dir / "current").read_text() != old.name)
        wait_until(is_right)


# Company ---------------------------------------------------------------------------------------


def test_two_followers_and_a_rebuild_at_once_stay_out_of_each_others_way(others, index_dir):
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


def test_a_follower_keeps_the_lock_and_gives_it_to_whoever_waits_for_it(others):
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


def is_followed() -> bool:
    with sync.lock(wait=False) as held:
        return not held


def test_a_follower_whose_connection_is_cut_goes_on(others):
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


def test_new_decisions_are_found_while_many_others_are_taken_in(others, tmp_path):
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
