"""How long a large upload takes, and how much memory, from the request to the import.

    python -m tests.tools.benchmarks.uploads [MEMBERS] [MEGABYTES]

Everything as on a host: `manage.py run` and its worker, in an archive of their own that is gone
afterwards. A zip of MEMBERS invented decisions (100,000) is sent by HTTP as a browser sends it. It
is not compressed, and filled up to MEGABYTES (1,000) with files of 15 MB in which nothing can be
read. Memory is the highest VmRSS, looked at every 50 ms: of any of gunicorn's processes while the
zip is received, and of the worker without the processes that parse for it, whose limit is another.
"""

import os
import re
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.admin_client import AdminClient
from tests.processes import site
from tests.tools.benchmarks import archive

MEGABYTE = 1_000_000


def main(members: int, megabytes: int) -> None:
    with archive.opened() as data_dir:
        subprocess.run(
            [sys.executable, "manage.py", "createsuperuser", "--noinput", "--username=ann"],
            env={
                **os.environ,
                "DJANGO_SUPERUSER_PASSWORD": "secret",
                "DJANGO_SUPERUSER_EMAIL": "ann@example.org",
            },
            check=True,
            stdout=subprocess.DEVNULL,
        )
        path = data_dir / "all.zip"
        with site(data_dir, data_dir / "site.log") as running:
            staff = AdminClient(running.url, "ann", "secret")
            make_zip(path, members, megabytes)
            measure(staff, running.process.pid, path)


def make_zip(path: Path, members: int, megabytes: int) -> None:
    from decisions.sample import generate

    with zipfile.ZipFile(path, "w") as whole:
        for name, data in generate(members):
            whole.writestr(name, data)
        while path.stat().st_size < (megabytes - 15) * MEGABYTE:
            whole.writestr(f"{path.stat().st_size}.txt", os.urandom(15 * MEGABYTE))


class Peak:
    """The highest memory of the processes that `find` names, in megabytes, while the block runs."""

    def __init__(self, find: Callable[[], list[psutil.Process]]) -> None:
        self._processes = find()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.megabytes = 0.0

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            for process in self._processes:
                self.megabytes = max(self.megabytes, process.memory_info().rss / MEGABYTE)


def measure(staff: AdminClient, pid: int, path: Path) -> None:
    """Print a line for each step."""

    def named(word: str) -> list[psutil.Process]:
        every = psutil.Process(pid).children(recursive=True)
        return [process for process in every if word in process.cmdline()]

    def step(name: str, word: str, action: Callable[[], object]) -> object:
        began = time.monotonic()
        with Peak(lambda: named(word)) as peak:
            result = action()
        seconds = time.monotonic() - began
        print(f"  {name}: {seconds:,.0f} s, at most {peak.megabytes:,.0f} MB", flush=True)
        return result

    print(f"{path.stat().st_size / MEGABYTE:,.0f} MB", flush=True)
    address = str(step("received by the web server", "gunicorn", lambda: staff.upload(path)))
    step("reviewed by the worker", "worker", lambda: wait(staff, address, "Review before"))
    staff.post(address, {})
    step("imported by the worker", "worker", lambda: wait(staff, address, "the result"))
    counts = re.findall(r"<strong>(\d+)</strong> ([\w ]+)", staff.get(address)[1])
    print("  " + ", ".join(" ".join(count) for count in counts))


def wait(staff: AdminClient, address: str, words: str) -> None:
    while words not in (page := staff.get(address)[1]):
        if "stopped early" in page:
            raise SystemExit(re.search(r"This stopped early[^<]*", page)[0])
        time.sleep(1)


if __name__ == "__main__":
    given = list(map(int, sys.argv[1:]))
    main(*[*given, *(100_000, 1_000)[len(given) :]])
