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
import urllib.request
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import psutil

from tests.processes import site
from tests.tools.benchmarks import archive

BOUNDARY = "benchmark-of-uploads"
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
            staff = Staff(running.url)
            make_zip(path, members, megabytes)
            measure(staff, running.process.pid, path)


def make_zip(path: Path, members: int, megabytes: int) -> None:
    from decisions.sample import generate

    with zipfile.ZipFile(path, "w") as whole:
        for name, data in generate(members):
            whole.writestr(name, data)
        while path.stat().st_size < (megabytes - 15) * MEGABYTE:
            whole.writestr(f"{path.stat().st_size}.txt", os.urandom(15 * MEGABYTE))


class Staff:
    """A member of staff with a browser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self.post("/admin/login/", {"username": "ann", "password": "secret", "next": "/admin/"})

    def get(self, address: str) -> tuple[str, str]:
        """The address and the text of a page."""
        with self._opener.open(self.url + address) as response:
            return response.url.removeprefix(self.url), response.read().decode()

    def token(self, address: str) -> str:
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(address)[1])[1]

    def post(self, address: str, fields: dict[str, str]) -> None:
        fields = {**fields, "csrfmiddlewaretoken": self.token(address)}
        with self._opener.open(self.url + address, urlencode(fields).encode()):
            pass

    def upload(self, path: Path) -> str:
        """Send a file in pieces; returns the address of the upload."""
        address = "/admin/decisions/upload/add/"
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f"{self.token(address)}\r\n--{BOUNDARY}\r\nContent-Disposition: form-data;"
            f' name="files"; filename="{path.name}"\r\n\r\n'
        ).encode()
        end = f"\r\n--{BOUNDARY}--\r\n".encode()

        def pieces():
            yield head
            with path.open("rb") as file:
                yield from iter(lambda: file.read(1 << 20), b"")
            yield end

        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(head) + path.stat().st_size + len(end)),
        }
        request = urllib.request.Request(self.url + address, pieces(), headers)
        with self._opener.open(request) as response:
            return response.url.removeprefix(self.url)


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


def measure(staff: Staff, pid: int, path: Path) -> None:
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


def wait(staff: Staff, address: str, words: str) -> None:
    while words not in (page := staff.get(address)[1]):
        if "stopped early" in page:
            raise SystemExit(re.search(r"This stopped early[^<]*", page)[0])
        time.sleep(1)


if __name__ == "__main__":
    given = list(map(int, sys.argv[1:]))
    main(*[*given, *(100_000, 1_000)[len(given) :]])
