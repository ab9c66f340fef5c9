"""The supervisor restarts its program, and the program never outlives the supervisor."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from tests.processes import has_ended, wait_until

pytestmark = pytest.mark.processes

# Like gunicorn: starts a program beside it, forks a worker, prints the worker's pid and waits.
PARENT = """
import os, signal, sys, time
from ombudsman.runtime import supervisor
supervisor.RESTART_DELAY = 0.1
supervisor.STOP_TIMEOUT = 0.5
supervised = supervisor.Supervisor([sys.executable, "-c", sys.argv[1]], lambda text: None)
signal.signal(signal.SIGTERM, lambda *_: (supervised.stop(), sys.exit()))
supervised.start()
time.sleep(0.5)
worker = os.fork()
if worker:
    print(worker, flush=True)
while True:
    time.sleep(60)
"""
ENDS_WITH_INPUT = "import os; os.read(0, 1)"
IGNORES_SIGTERM = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
)


class Parent:
    def __init__(self, program: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", PARENT, program], stdout=subprocess.PIPE, text=True
        )
        self.pid = self._process.pid
        self.worker = int(self._process.stdout.readline())

    def program(self) -> int:
        while True:
            for child in psutil.Process(self.pid).children():
                if child.pid != self.worker and not has_ended(child.pid):
                    return child.pid

    def end(self, number: int) -> None:
        self._process.send_signal(number)
        self._process.wait()


@pytest.fixture
def start():
    parents = []

    def start(program: str) -> Parent:
        parents.append(Parent(program))
        return parents[-1]

    yield start
    for parent in parents:
        for pid in (parent.worker, parent.pid):
            if not has_ended(pid):
                os.kill(pid, signal.SIGKILL)


def test_a_killed_program_is_restarted(start):
    parent = start(ENDS_WITH_INPUT)
    first = parent.program()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: has_ended(first))
    wait_until(lambda: parent.program() != first)


def test_the_program_ends_with_a_killed_parent_though_a_forked_process_lives_on(start):
    parent = start(ENDS_WITH_INPUT)
    program = parent.program()
    parent.end(signal.SIGKILL)
    wait_until(lambda: has_ended(program))
    assert not has_ended(parent.worker)


@pytest.mark.parametrize("program", [ENDS_WITH_INPUT, IGNORES_SIGTERM])
def test_stop_waits_for_the_end_and_kills_a_program_that_ignores_sigterm(start, program):
    parent = start(program)
    pid = parent.program()
    parent.end(signal.SIGTERM)
    assert has_ended(pid)
