"""Real processes for tests: the archive as a user starts it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import psutil
from django.conf import settings
from django.db import connection

from tests import bytecode, command_server

T = TypeVar("T")

OURS = {
    "DATABASE_URL",
    "DATA_DIR",
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DJANGO_SETTINGS_MODULE",
    "PRODUCTION",
    "TESTS_DATA_DIR",
}


def environment(**variables: object) -> dict[str, str]:
    """The environment of a user who set these variables, without what the tests set."""
    users = {name: value for name, value in os.environ.items() if name not in OURS}
    return bytecode.shared(users) | {name: str(value) for name, value in variables.items()}


def manage(*arguments: str, **variables: object) -> subprocess.CompletedProcess[str]:
    """Run a management command to its end."""
    return command_server.run(list(arguments), environment(**variables))


class Site:
    """A `manage.py run` in a process group of its own, as a terminal would start it."""

    def __init__(self, data_dir: Path, log: Path, **variables: object) -> None:
        self.log = log
        self.data_dir = data_dir
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=settings.BASE_DIR,
                env=environment(**{"DATA_DIR": data_dir, "PORT": 0, "SAMPLE": 0, **variables}),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def url(self) -> str:
        """The address it says it is at, without the last slash. Waits for it."""
        while True:
            said = self.log.read_text()
            if found := re.search(r"The archive is at (http://\S+)/\n", said):
                return found[1]
            assert self.process.poll() is None, said
            time.sleep(0.1)

    def interrupt(self) -> int:
        """Press Ctrl-C; return the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait()


@contextlib.contextmanager
def site(data_dir: Path, log: Path, **variables: object) -> Iterator[Site]:
    running = Site(data_dir, log, **variables)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()
            running.process.wait()


class Prepared:
    """A process with everything imported, which forks others in an instant.

    They work on the test's own database and index. It opens neither itself: a process that is
    forked from one with a connection, or an open index, would share them.
    """

    def __init__(self, script: str) -> None:
        """`script` is Python that defines functions of text arguments."""
        preamble = (
            "import os, sys, django; django.setup()\n"
            "from pathlib import Path\n"
            "from django.conf import settings\n"
            "settings.DATABASES['default']['NAME'] = sys.argv[1]\n"
            "settings.INDEX_DIR = Path(sys.argv[2])\n"
        )
        loop = (
            "\nfor line in sys.stdin:\n"
            "    name, *arguments = line.split()\n"
            "    if name == 'reap':\n"
            "        print(os.waitpid(int(arguments[0]), 0)[1], flush=True)\n"
            "    elif pid := os.fork():\n"
            "        print(pid, flush=True)\n"
            "    else:\n"
            "        globals()[name](*arguments)\n"
            "        os._exit(0)\n"
        )
        database = connection.settings_dict["NAME"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", preamble + script + loop, database, str(settings.INDEX_DIR)],
            cwd=settings.BASE_DIR,
            env=bytecode.shared({**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._running: set[int] = set()

    def run(self, function: str, *arguments: object) -> int:
        """Call the function in a process of its own; returns the process's number."""
        pid = self._ask(" ".join([function, *map(str, arguments)]))
        self._running.add(pid)
        return pid

    def kill(self, pid: int, number: int = signal.SIGKILL) -> int:
        """Send a signal and wait for the end: the exit code, or the signal's number below 0."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        return self.wait(pid)

    def wait(self, pid: int) -> int:
        status = self._ask(f"reap {pid}")
        self._running.discard(pid)
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        for pid in list(self._running):
            self.kill(pid)
        self._process.stdin.close()
        self._process.wait()

    def _ask(self, line: str) -> int:
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextlib.contextmanager
def prepared(script: str) -> Iterator[Prepared]:
    processes = Prepared(script)
    try:
        yield processes
    finally:
        processes.close()


def has_ended(pid: int) -> bool:
    """Whether a process has ended, though nobody may have asked for its exit code yet."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def wait_until(condition: Callable[[], T]) -> T:
    """Wait for something that must come, however slow the machine, and return it."""
    end = time.monotonic() + 180
    while not (value := condition()):
        assert time.monotonic() < end, "it did not happen within three minutes"
        time.sleep(0.1)
    return value
