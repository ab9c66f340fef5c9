"""Files parsed in other processes: whose children these are, and how they end."""

import os
import signal
import subprocess
import sys

import psutil
import pytest
from django.conf import settings

from decisions.pipeline import ParsedFile, Rejected, parse_file, worker_pool
from decisions.pipeline.worker_pool import WorkerPool
from decisions.sample import generate
from decisions.sources import Source
from tests.processes import has_ended, wait_until

pytestmark = pytest.mark.processes

SLOW = """
import sys
from decisions.pipeline import parse_file, worker_pool
from tests.pipeline.slow import SlowFile

worker_pool.TIME_LIMIT = int(sys.argv[1])  # also in the process that reads the file

if __name__ == "__main__":
    worker_pool.IN_PROCESS_FILES = 0
    with worker_pool.WorkerPool(parse_file) as pool:
        print(pool.begin([SlowFile()])())
"""


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(worker_pool, "IN_PROCESS_FILES", 0)


def samples(count: int) -> list[Source]:
    return [Source(name, data) for name, data in generate(count, seed=5)]


def test_the_first_files_are_parsed_here_and_start_no_process(monkeypatch):
    monkeypatch.setattr(worker_pool, "IN_PROCESS_FILES", 10)
    monkeypatch.setattr(worker_pool, "process", None)
    with WorkerPool(parse_file) as pool:
        first = pool.begin(samples(9))
        second = pool.begin(samples(3))
        assert pool.read_ahead == 0
        outcomes = first() + second()
    assert [type(outcome) for outcome in outcomes] == [ParsedFile] * 12


def test_a_large_file_is_parsed_in_another_process_from_the_start(monkeypatch):
    """Here neither its time could be limited nor its crash survived."""
    monkeypatch.setattr(worker_pool, "IN_PROCESS_FILES", 10)
    (name, data), *_ = generate(1)
    with WorkerPool(whose_process) as pool:
        assert pool.begin([Source(name, data)])() == [os.getpid()]
        padding = b" " * (worker_pool.IN_PROCESS_BYTES + 1 - len(data))
        (pid,) = pool.begin([Source(name, data + padding)])()
        assert pid != os.getpid()


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"%PDF-1.4", b"\n\n%PDF-1.4"])
def test_a_small_file_that_may_unpack_to_much_is_parsed_in_another_process(start, monkeypatch):
    """A Word file of 90 kB may hold millions of tags."""
    monkeypatch.setattr(worker_pool, "IN_PROCESS_FILES", 10)
    with WorkerPool(whose_process) as pool:
        assert pool.begin([Source("a", start), Source("b", b"text")])()[0] != os.getpid()


def whose_process(source: Source) -> int:
    return os.getpid()


def test_a_file_that_takes_too_much_memory_is_told_so():
    small, greedy = Source("small.txt", b""), Source("greedy.txt", b"x")
    with WorkerPool(takes_memory) as pool:
        outcomes = pool.begin([small, greedy])()
    assert outcomes == [0, Rejected("too much")]


def takes_memory(source: Source) -> int | Rejected:
    try:
        return len(source.data * worker_pool.MEMORY_LIMIT * 1024 * 1024)
    except MemoryError:
        return Rejected("too much")


@pytest.fixture
def slow_run(tmp_path):
    """Starts a program that reads a file for an hour; returns it and the reading process."""

    def start(limit: int) -> tuple[subprocess.Popen, psutil.Process]:
        script = tmp_path / "slow.py"
        script.write_text(SLOW)
        run = subprocess.Popen(
            [sys.executable, str(script), str(limit)],
            env={**os.environ, "PYTHONPATH": str(settings.BASE_DIR)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # A program started in the background may inherit that SIGINT is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        parent = psutil.Process(run.pid)

        def readers():
            """Its processes of lower priority: none but those that read files."""
            return [one for one in parent.children(recursive=True) if one.nice() > parent.nice()]

        (reader,) = wait_until(readers)
        return run, reader

    return start


def test_no_process_is_forked_from_the_importing_one_and_all_give_way_to_others(slow_run):
    """A fork would share the connections and the index writer of the importing process."""
    run, reader = slow_run(limit=3600)
    server = reader.parent()
    assert server.pid != run.pid
    assert "multiprocessing.forkserver" in " ".join(server.cmdline())
    assert reader.nice() == server.nice() + worker_pool.NICE
    run.send_signal(signal.SIGINT)
    run.communicate()


def test_a_file_that_takes_too_long_is_told_so(slow_run):
    run, _ = slow_run(limit=1)
    assert "Reading this file took longer than 60 seconds." in run.communicate()[0]


def test_ctrl_c_ends_what_is_being_parsed(slow_run):
    run, reader = slow_run(limit=3600)
    run.send_signal(signal.SIGINT)
    run.communicate()
    wait_until(lambda: has_ended(reader.pid))


def test_what_is_being_parsed_ends_soon_after_a_kill(slow_run):
    run, reader = slow_run(limit=2)
    run.kill()
    run.communicate()
    wait_until(lambda: has_ended(reader.pid))


def test_what_cannot_be_handed_over_fails_by_name(monkeypatch):
    with WorkerPool(parse_file) as pool:
        good, bad = samples(1)[0], Source("bad.txt", lambda: None)
        outcomes = pool.begin([good, bad])()
    assert isinstance(outcomes[0], ParsedFile)
    assert isinstance(outcomes[1], Rejected)
    assert "pickle" in outcomes[1].reason


def test_a_process_is_started_again_when_the_server_process_has_just_died(monkeypatch):
    errors = [ConnectionResetError(), EOFError()]
    start_process = worker_pool.process

    def failing_at_first(**options):
        def decorate(function):
            start = start_process(**options)(function)

            def start_or_fail(*arguments):
                if errors:
                    raise errors.pop()
                return start(*arguments)

            return start_or_fail

        return decorate

    monkeypatch.setattr(worker_pool, "process", failing_at_first)
    with WorkerPool(parse_file) as pool:
        outcomes = pool.begin(samples(2))()
    assert [type(outcome) for outcome in outcomes] == [ParsedFile] * 2
    assert errors == []
