"""Measures what reading one file takes: in a fork of a process that has imported all that it needs.

A fork begins with the memory of the process that it is forked from, and has its own peak and time.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from tests import bytecode

# Reads paths, one a line, with the function `read`; writes the exit status of each.
_PROGRAM = """
import os, re, resource, signal, sys
from pathlib import Path
{setup}
for line in sys.stdin:
    path, seconds = line.rstrip().rsplit(" ", 1)
    pid = os.fork()
    if not pid:
        os.dup2(os.open(path + ".errors", os.O_WRONLY | os.O_CREAT), 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
        signal.alarm(300)  # however slow the machine
        try:
            read(path)
        except SystemExit:
            pass
        own = int(re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1])
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        print(max(own, children) // 1000, file=sys.stderr, flush=True)
        os._exit(0)
    print(os.waitpid(pid, 0)[1], flush=True)
"""


class Measured(NamedTuple):
    """What reading a file wrote to its error output, and its peak memory in megabytes."""

    lines: list[str]
    peak: int


class Reader:
    """Reads files in forks of one process, as `setup`, which defines `read(path)`, says."""

    def __init__(self, setup: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM.format(setup=setup)],
            cwd=settings.BASE_DIR,
            env=bytecode.shared(
                {**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nowhere"}
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self, path: Path, seconds: int) -> Measured:
        """Read a file within `seconds` of the processor's time; fails if its process is ended."""
        print(path, seconds, file=self.process.stdin, flush=True)
        status = int(self.process.stdout.readline())
        *lines, peak = Path(f"{path}.errors").read_text().splitlines() or [""]
        assert status == 0, f"ended with {status}: {lines[-5:]} {peak}"
        return Measured(lines, int(peak))


@contextlib.contextmanager
def reader(setup: str) -> Iterator[Reader]:
    running = Reader(setup)
    try:
        yield running
    finally:
        running.process.stdin.close()
        running.process.wait()
