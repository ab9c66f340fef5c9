"""Restores a backup: the database is afterwards what the backup holds, or what it was before."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from ombudsman.backups.backup import Backup, BackupError, open_backup
from ombudsman.backups.client import Client, find_client, last_lines

# Waits up to a minute for others who use a table. Drops everything in the schema that belongs to no
# extension: psql executes each line that the query returns. Tables come before the sequences of
# their keys, which cannot be dropped alone.
_BEGIN = r"""
BEGIN;
SET client_min_messages = warning;
SET lock_timeout = '60s';
WITH ours AS (
    SELECT 'pg_class'::regclass AS class, oid, relkind::text AS kind, oid::regclass::text AS name
    FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm', 'r', 'S')
    UNION ALL
    SELECT 'pg_proc', oid, 'f', oid::regprocedure::text
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
)
SELECT 'DROP ' || CASE kind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
    WHEN 'r' THEN 'TABLE' WHEN 'S' THEN 'SEQUENCE' ELSE 'ROUTINE' END
    || ' IF EXISTS ' || name || ' CASCADE'
FROM ours WHERE NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = class AND objid = oid AND deptype = 'e'
)
ORDER BY array_position(ARRAY['v', 'm', 'r', 'S', 'f'], kind)
\gexec
"""

# Search indexes of the replaced database must not be taken for indexes of the restored one.
_END = """
UPDATE public.decisions_changesequence SET archive = gen_random_uuid();
COMMIT;
"""


def restore(directory: Path, *, replace: bool = False) -> Backup:
    """Make the database what a backup holds. Raises BackupError, and then has changed nothing.

    A database that holds decisions is only replaced if `replace` says so.
    """
    backup = open_backup(directory)
    _require_known(backup)
    if not replace:
        _require_no_decisions()
    client = find_client("pg_restore", "psql", least_version=backup.program_version)
    connection.close()
    _replay(client, backup)
    return backup


def pending_migrations(backup: Backup) -> int:
    """How many migrations of this release the backup's database had not run."""
    return len(_known() - {*backup.migrations})


def _known() -> set[str]:
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.graph.nodes}


def _require_known(backup: Backup) -> None:
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in (*loader.disk_migrations, *loader.graph.nodes)}
    later = [name for name in backup.migrations if name not in known]
    if later := [name for name in later if name.startswith("decisions.")]:
        raise BackupError(
            "The backup was made by a later release, which this one cannot read: it has run"
            f" {', '.join(later)}."
        )


def _require_no_decisions() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.decisions_decision') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        cursor.execute("SELECT count(*) FROM public.decisions_decision")
        if count := cursor.fetchone()[0]:
            raise BackupError(
                f"The database holds {count:,} decisions. To replace everything in it by the"
                " backup, add --replace."
            )


def _replay(client: Client, backup: Backup) -> None:
    """Pass what pg_restore prints to psql, in one transaction that only its last line commits."""
    with (
        tempfile.TemporaryFile() as read_errors,
        tempfile.TemporaryFile() as write_errors,
        tempfile.NamedTemporaryFile() as contents,
    ):
        contents.write(_contents(client, backup))
        contents.flush()
        writer = client.connect(
            "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null",
            stdin=-1, stdout=write_errors, stderr=write_errors,
        )  # fmt: skip
        reader = client.start(
            "pg_restore", "--no-owner", "--no-privileges", "--no-comments", "--file=-",
            f"--use-list={contents.name}", backup.database, stdout=-1, stderr=read_errors,
        )  # fmt: skip
        assert writer.stdin is not None  # noqa: S101 -- pipes were asked for
        assert reader.stdout is not None  # noqa: S101
        try:
            with writer.stdin as statements, reader.stdout as script:
                statements.write(_BEGIN.encode())
                copyfileobj(script, statements)
                if reader.wait() == 0:
                    statements.write("".join(_counted(backup)).encode() + _END.encode())
        except BrokenPipeError:
            pass  # psql has ended, and says why
        if reader.wait() > 0:  # below 0, psql had ended before it
            raise BackupError(f"The backup cannot be read: {last_lines(read_errors)}")
        if writer.wait():
            raise BackupError(f"PostgreSQL refused the backup: {last_lines(write_errors)}")


def _contents(client: Client, backup: Backup) -> bytes:
    """The backup's table of contents without extensions, which only a superuser may create.

    Whether the server counts queries (pg_stat_statements) is not the archive's to say.
    """
    with tempfile.TemporaryFile() as errors:
        reader = client.start("pg_restore", "--list", backup.database, stdout=-1, stderr=errors)
        assert reader.stdout is not None  # noqa: S101 -- a pipe was asked for
        with reader.stdout as lines:
            kept = b"".join(line for line in lines if b" EXTENSION - " not in line)
        if reader.wait():
            raise BackupError(f"The backup cannot be read: {last_lines(errors)}")
    return kept


def _counted(backup: Backup) -> Iterator[str]:
    """Statements that fail unless each table has as many rows as it had in the backup."""
    for table, rows in backup.rows.items():
        yield (
            f"DO $$ BEGIN IF (SELECT count(*) FROM {table}) <> {rows} THEN"  # noqa: S608
            f" RAISE EXCEPTION '{table} has not its {rows} rows'; END IF; END $$;\n"
        )
