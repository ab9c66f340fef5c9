"""Real processes for tests: the archive as a user starts it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

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
    return users | {name: str(value) for name, value in variables.items()}


def manage(*arguments: str, **variables: object) -> subprocess.CompletedProcess[str]:
    """Run a management command to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


class Site:
    """A `manage.py run` in a process group of its own, as a terminal would start it."""

    def __init__(self, data_dir: Path, log: Path, **variables: object) -> None:
        self.log = log
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


def wait_until(condition) -> None:
    """Wait for something that must come; pytest's own limit ends a test where it does not."""
    while not condition():
        time.sleep(0.1)
