"""An archive under `manage.py run`, its processes, and the files that it receives."""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from tests.admin_client import AdminClient
from tests.processes import Site, environment
from tests.smtp_server import MailServer
from tests.texts import decision_text

# Longest time in which a site must have recovered without a hand, in seconds.
RECOVERY_TIMEOUT = 300.0

# Longest time that one request may take, in seconds.
REQUEST_TIMEOUT = 60.0


class NotRecovered(Exception):
    """The site did not recover by itself."""


class Archive:
    """A running site with numbered decisions, of which each has a word of its own.

    `imported` holds the numbers of decisions whose import ended with success, `searchable` of those
    that the index had held then: after a harm it may follow an import a moment later.
    """

    def __init__(self, data_dir: Path, mail: MailServer, **variables: object) -> None:
        """`mail` is the server that gets the site's e-mails; `variables` are the environment's."""
        self.mail = mail
        self.data_dir = data_dir
        self.files = data_dir.parent / f"{data_dir.name}-files"
        self.imported: set[int] = set()
        self.searchable: set[int] = set()
        self.variables = variables
        self._next = 1
        self._staff: AdminClient | None = None
        self._site = Site(data_dir, data_dir.parent / f"{data_dir.name}.log", **variables)
        self.url = self._site.url
        address = urlsplit(self.url)
        self.host, self.port = str(address.hostname), address.port or 80

    def close(self) -> None:
        """Stop the site."""
        self._site.process.terminate()
        self._site.process.wait()

    def get(self, path: str) -> tuple[int, str]:
        """Ask for a page on a connection of its own. Raises OSError or HTTPException."""
        asked = http.client.HTTPConnection(self.host, self.port, timeout=REQUEST_TIMEOUT)
        with contextlib.closing(asked):
            asked.request("GET", path)
            response = asked.getresponse()
            return response.status, response.read().decode()

    def staff(self) -> AdminClient:
        """A member of staff, whose session lasts as long as the archive runs."""
        if self._staff is None:
            from django.contrib.auth.models import User
            from django.db import connection

            User.objects.create_superuser("ann", password="secret")
            connection.close()
            self._staff = AdminClient(self.url, "ann", "secret")
        return self._staff

    def is_answering(self) -> bool:
        """Whether a list comes, and a search for a word that an imported decision has."""
        number = max(self.imported)
        try:
            status, _ = self.get("/decisions/")
            found, page = self.get(f"/decisions/?q={word(number)}")
        except (OSError, http.client.HTTPException):
            return False
        return status == 200 and found == 200 and slug(number) in page

    def recover(self, is_current: Callable[[], bool] | None = None) -> float:
        """Wait until the site answers; returns the seconds. Raises NotRecovered.

        `is_current` tells whether the index holds all that was imported.
        """
        started = time.monotonic()
        while not (self.is_answering() and (is_current is None or is_current())):
            if time.monotonic() - started > RECOVERY_TIMEOUT:
                raise NotRecovered(f"not within {RECOVERY_TIMEOUT:.0f} s")
            time.sleep(0.1)
        if is_current:
            self.searchable = {*self.imported}
        return time.monotonic() - started

    # --- imports

    def write_files(self, count: int) -> list[int]:
        """Write `count` new decisions as files into `files`; returns their numbers."""
        self.files.mkdir(exist_ok=True)
        for path in self.files.iterdir():
            path.unlink()
        numbers = list(range(self._next, self._next + count))
        self._next += count
        for number in numbers:
            (self.files / f"{number}.txt").write_text(text_of(number))
        return numbers

    def start_import(self) -> "subprocess.Popen[bytes]":
        """Start `manage.py ingest` on the files."""
        return self.start("ingest", self.files)

    def import_files(self, numbers: list[int]) -> None:
        """Import the files to their end, as an operator who starts it again would."""
        with self.start_import() as running:
            code = running.wait()
        if code:
            raise NotRecovered(f"the import ended with {code}")
        self.imported.update(numbers)

    def start(self, *arguments: object) -> "subprocess.Popen[bytes]":
        """Start a management command on this archive, in a process group of its own."""
        variables = {"DATA_DIR": self.data_dir, **self.variables}
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            env=environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    # --- processes

    def web_workers(self) -> list[int]:
        """The processes of gunicorn that answer requests."""
        return [process.pid for process in self._gunicorn().children() if _is_gunicorn(process)]

    def companion(self, *command: str) -> list[int]:
        """The processes of a management command that runs beside the workers."""
        return [
            process.pid
            for process in self._gunicorn().children()
            if tuple(_command_of(process)[2 : 2 + len(command)]) == command
        ]

    def postgres(self) -> psutil.Process | None:
        """The process of PostgreSQL from which all others of it come; None while it is away."""
        pid_file = (self.data_dir / "postgres").resolve() / "postmaster.pid"
        try:
            return psutil.Process(int(pid_file.read_text().split()[0]))
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return None

    def processes(self) -> Iterator[psutil.Process]:
        """Everything that `manage.py run` started, itself included."""
        parent = psutil.Process(self._site.process.pid)
        yield parent
        yield from parent.children(recursive=True)

    def _gunicorn(self) -> psutil.Process:
        children = psutil.Process(self._site.process.pid).children()
        return next(child for child in children if _is_gunicorn(child))

    # --- the index

    def index_files(self) -> list[Path]:
        """The files of the index's last commit that hold its words and numbers.

        A killed writer may leave others behind, which nobody reads.
        """
        store = self.data_dir / "index" / self.index_name()
        segments = json.loads((store / "meta.json").read_bytes())["segments"]
        names = {segment["segment_id"].replace("-", "") for segment in segments}
        return sorted(
            path
            for path in store.iterdir()
            if path.stem in names and path.suffix in {".idx", ".pos", ".fast"}
        )

    def index_name(self) -> str:
        """The name of the index in use; "" while there is none."""
        try:
            return (self.data_dir / "index" / "current").read_text().strip()
        except OSError:
            return ""


def slug(number: int) -> str:
    """`90-000-001`."""
    return f"90-{number // 1000:03}-{number % 1000:03}"


def word(number: int) -> str:
    """A word that only this decision has."""
    letters = "abcdefghij"
    return "zq" + "".join(letters[int(digit)] for digit in f"{number:06}")


def text_of(number: int) -> str:
    """The file of a decision."""
    paragraphs = (f"Mr X complains about a {word(number)}.", *(["The bus was late."] * 20))
    return decision_text(slug(number).replace("-", " "), paragraphs=paragraphs)


def kill(pid: int, number: int) -> None:
    """Send a signal to a process that may have ended."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def _is_gunicorn(process: psutil.Process) -> bool:
    return "gunicorn" in " ".join(_command_of(process)[:3])
