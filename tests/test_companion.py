"""A program that runs beside another: started again, and never left behind."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from tests.processes import has_ended, wait_until

pytestmark = pytest.mark.processes

# Like gunicorn: starts a companion, forks a worker, and waits. Prints the worker's number.
PARENT = """
import os, signal, sys, time
from ombudsman import companion
companion.PAUSE = 0.1
companion.PATIENCE = 0.5
beside = companion.Companion([sys.executable, "-c", sys.argv[1]], lambda text: None)
signal.signal(signal.SIGTERM, lambda *_: (beside.stop(), sys.exit()))
beside.start()
time.sleep(0.5)
worker = os.fork()
if worker:
    print(worker, flush=True)
while True:
    time.sleep(60)
"""
OBEDIENT = "import os; os.read(0, 1)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


class Parent:
    def __init__(self, companion: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", PARENT, companion], stdout=subprocess.PIPE, text=True
        )
        self.pid = self._process.pid
        self.worker = int(self._process.stdout.readline())

    def companion(self) -> int:
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

    def start(companion: str) -> Parent:
        parents.append(Parent(companion))
        return parents[-1]

    yield start
    for parent in parents:
        for pid in (parent.worker, parent.pid):
            if not has_ended(pid):
                os.kill(pid, signal.SIGKILL)


def test_killed_it_is_started_again(start):
    parent = start(OBEDIENT)
    first = parent.companion()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: has_ended(first))
    wait_until(lambda: parent.companion() != first)


def test_it_ends_with_a_killed_parent_though_a_forked_process_lives_on(start):
    parent = start(OBEDIENT)
    companion = parent.companion()
    parent.end(signal.SIGKILL)
    wait_until(lambda: has_ended(companion))
    assert not has_ended(parent.worker)


@pytest.mark.parametrize("companion", [OBEDIENT, STUBBORN])
def test_stopping_waits_until_it_has_ended_and_kills_it_where_it_does_not(start, companion):
    parent = start(companion)
    pid = parent.companion()
    parent.end(signal.SIGTERM)
    assert has_ended(pid)
