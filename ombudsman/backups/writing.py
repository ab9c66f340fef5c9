"""Writes a backup, and reads it again to its last row before it gets its name."""

import datetime
import json
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from decisions.dumps import DumpError
from decisions.dumps.files import DumpFile, describe, write, written_whole
from ombudsman.backups.backup import (
    CHECKSUMS,
    DATABASE,
    FORMAT,
    KIND,
    MANIFEST,
    SECRET_KEY,
    SETTINGS,
    BackupError,
)
from ombudsman.backups.client import Client, find_client, last_lines, server_version

# Variables whose values open something. A backup has none of them unless it is asked for.
_SECRET = re.compile(r"SECRET|PASSWORD|KEY|TOKEN|^DATABASE_URL$")

_TABLES = """
SELECT quote_ident(nspname) || '.' || quote_ident(relname)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND nspname = 'public' ORDER BY 1
"""


def back_up(directory: Path, *, with_secret_key: bool = False) -> dict[str, int]:
    """Write a backup into `directory`, which must not exist yet; returns the rows of each table.

    It shows the database at one moment, whatever is written meanwhile. Raises BackupError.
    """
    client = find_client("pg_dump", "pg_restore")
    try:
        with written_whole(directory) as beside:
            rows = _dump(client, beside / DATABASE)
            held = _rows_in(client, beside / DATABASE)
            if held != rows:
                raise BackupError(f"pg_dump wrote {held}, and the database has {rows}.")
            files = [describe(beside, DATABASE), write(beside, SETTINGS, _settings())]
            if with_secret_key:
                files.append(write(beside, SECRET_KEY, settings.SECRET_KEY.encode()))
            _write_manifest(beside, client, rows, files)
            for path in beside.iterdir():
                path.chmod(0o600)
    except DumpError as error:
        raise BackupError(str(error)) from error
    return rows


def _dump(client: Client, target: Path) -> dict[str, int]:
    """Run pg_dump; returns how many rows each table has in the snapshot that it wrote."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        with tempfile.TemporaryFile() as errors:
            arguments = ("--format=custom", f"--snapshot={snapshot}", f"--file={target}")
            if client.connect("pg_dump", *arguments, stderr=errors).wait():
                raise BackupError(f"pg_dump failed: {last_lines(errors)}")
        cursor.execute(_TABLES)
        return {table: _count(table) for (table,) in cursor.fetchall()}


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 -- quoted by PostgreSQL
        count: int = cursor.fetchone()[0]
        return count


def _rows_in(client: Client, file: Path) -> dict[str, int]:
    """The rows of each table in a file of pg_dump, read to its end."""
    with tempfile.TemporaryFile() as errors:
        reader = client.start("pg_restore", "--file=-", file, stdout=-1, stderr=errors)
        assert reader.stdout is not None  # noqa: S101 -- a pipe was asked for
        with reader.stdout as script:
            rows = _copied_rows(script)
        if reader.wait():
            raise BackupError(f"The backup cannot be read again: {last_lines(errors)}")
    return rows


def _copied_rows(script: IO[bytes]) -> dict[str, int]:
    r"""Count the lines of each COPY in a script; the line `\.` ends one."""
    rows: dict[str, int] = {}
    for line in script:
        if line.startswith(b"COPY public.") and line.endswith(b" FROM stdin;\n"):
            table = line.split()[1].decode()
            rows[table] = sum(1 for _ in iter(script.readline, b"\\.\n"))
    return rows


def _settings() -> bytes:
    """The variables that this installation sets, without secrets, as a file for `--env-file`."""
    from ombudsman.settings import env

    names = sorted(name for name in env.dump() if name in os.environ and not _SECRET.search(name))
    return "".join(f"{name}={os.environ[name]}\n" for name in names).encode()


def _write_manifest(
    directory: Path, client: Client, rows: dict[str, int], files: Iterable[DumpFile]
) -> None:
    applied = MigrationRecorder(connection).applied_migrations()
    manifest = {
        "kind": KIND,
        "format": FORMAT,
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "server_version": server_version(),
        "program_version": client.version,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "rows": rows,
        "files": [file.to_json() for file in files],
    }
    text = json.dumps(manifest, indent=2) + "\n"
    everything = [*files, write(directory, MANIFEST, text.encode())]
    sums = "".join(f"{file.sha256}  {file.path}\n" for file in everything)
    write(directory, CHECKSUMS, sums.encode())
