"""Backups of the tests' own database, by the real programs, and back."""

import json
import shutil
import threading
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection

from decisions import search
from decisions.models import Capture, ChangeSequence, Decision, Upload
from ombudsman import backups
from ombudsman.backups import client, writing
from tests.dumps.archives import make_archive
from tests.factories import make_decision

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def every_row() -> dict[str, list[tuple]]:
    """All tables, without the identity of the archive, which a restore changes."""
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {table} AS t ORDER BY 1")
            rows[table] = cursor.fetchall()
    sequence = ChangeSequence.objects.get()
    return rows | {"decisions_changesequence": [(sequence.value,)]}


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    make_archive()
    user = User.objects.create_user("ann", password="secret")
    LogEntry.objects.create(user=user, action_flag=1, object_repr="a decision")
    Upload.objects.create(uploaded_by=user).files.create(name="a.zip").chunks.create(
        position=0, content=bytes(range(256))
    )
    call_command("backup", tmp_path / "backup")
    return tmp_path / "backup"


def test_everything_comes_back_and_a_full_database_is_not_replaced_by_mistake(
    backup: Path, tmp_path, monkeypatch, capsys
):
    before, archive = every_row(), ChangeSequence.objects.get().archive
    assert (
        backup.stat().st_mode & 0o777,
        {p.stat().st_mode & 0o777 for p in backup.iterdir()},
    ) == (
        0o700,
        {0o600},
    )
    assert {path.name for path in backup.iterdir()} == {
        "database.pgdump", "settings.env", "manifest.json", "SHA256SUMS",
    }  # fmt: skip
    assert "SECRET" not in (backup / "settings.env").read_text()
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", backup)
    search.catch_up()
    make_decision("99 800 001")
    User.objects.all().delete()
    with connection.cursor() as cursor:  # as a later release could have made it
        cursor.execute("CREATE TABLE later (decision_id bigint REFERENCES decisions_decision)")
    with pytest.raises(CommandError, match=r"holds 17 decisions\. .*add --replace"):
        call_command("restore", backup)
    assert Decision.objects.filter(reference="99 800 001").exists()

    with connection.cursor() as cursor:  # only a superuser may create it
        cursor.execute("DROP EXTENSION pg_stat_statements")

    call_command("restore", backup, "--replace")

    with connection.cursor() as cursor:  # an error if the restore did
        cursor.execute("CREATE EXTENSION pg_stat_statements")
    assert every_row() == before
    assert ChangeSequence.objects.get().archive != archive
    search.catch_up()
    assert not search.verify()
    assert "17 decisions" not in capsys.readouterr().out
    assert User.objects.get(username="ann").check_password("secret")
    # It works as before: triggers and sequences are there.
    assert make_decision("99 800 002").change > before["decisions_changesequence"][0][0]

    monkeypatch.setattr(backups.writing.settings, "SECRET_KEY", "s" * 50)
    call_command("backup", tmp_path / "other", "--secret-key")
    assert (tmp_path / "other/secret_key").read_text() == "s" * 50


def test_a_backup_shows_one_moment_while_others_write(tmp_path, monkeypatch):
    make_archive()
    count = writing._count

    def write() -> None:
        make_decision("99 810 001")
        connection.close()

    def count_after_another_wrote(table: str) -> int:
        if not Decision.objects.filter(reference="99 810 001").exists():
            thread = threading.Thread(target=write)
            thread.start()
            thread.join()
            monkeypatch.setattr(writing, "_count", count)
        return count(table)

    monkeypatch.setattr(writing, "_count", count_after_another_wrote)
    # It is refused if pg_dump and the counting see different moments.
    rows = backups.back_up(tmp_path / "backup")
    assert rows["public.decisions_decision"] == Decision.objects.count() - 1


def test_a_backup_that_is_wrong_in_any_way_changes_nothing(backup: Path, monkeypatch):
    before = every_row()
    database, manifest = backup / "database.pgdump", backup / "manifest.json"
    good, listed = database.read_bytes(), json.loads(manifest.read_text())

    def refused(message: str) -> None:
        with pytest.raises(CommandError, match=message):
            call_command("restore", backup, "--replace")
        assert every_row() == before

    database.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    refused("database.pgdump: its SHA-256 is not that of the manifest")
    database.unlink()
    refused("database.pgdump: No such file")
    # Its hashes are right, as if the programs had failed or somebody had edited it with care.
    for data, changes, message in (
        (good[: len(good) * 3 // 4], {}, "The backup cannot be read"),
        (good, {"rows": listed["rows"] | {"public.auth_user": 2}}, "auth_user has not its 2 rows"),
        (good, {"migrations": ["decisions.9999_later"]}, "made by a later release.*9999_later"),
        (good, {"format": 2}, "has format 2"),
        (good, {"program_version": 99}, "psql of PostgreSQL 99 or later are needed"),
    ):
        database.write_bytes(data)
        files = [writing.describe(backup, file["path"]).to_json() for file in listed["files"]]
        manifest.write_text(json.dumps({**listed, "files": files, **changes}))
        refused(message)
    shutil.rmtree(backup)
    backup.mkdir()
    with pytest.raises(CommandError, match="is no backup"):
        call_command("restore", backup, "--replace")


def test_a_failed_backup_leaves_nothing(tmp_path, monkeypatch):
    make_archive()

    def fails(message: str) -> None:
        with pytest.raises(backups.BackupError, match=message):
            backups.back_up(tmp_path / "backup")
        assert {path.name for path in tmp_path.iterdir()} <= {"bin"}

    counted = writing._copied_rows
    monkeypatch.setattr(writing, "_copied_rows", lambda script: counted(script) | {"x": 1})
    fails("pg_dump wrote .*'x': 1")
    monkeypatch.setattr(client, "_directories", lambda program: [])
    fails(r"pg_dump and pg_restore of PostgreSQL 18 or later are needed.*postgresql-client-18")
    (tmp_path / "bin").mkdir()
    for name, said in (("pg_dump", "echo 'pg_dump (PostgreSQL) 18.1'; false"), ("pg_restore", "")):
        (tmp_path / "bin" / name).write_text(
            f"#!/bin/sh\n[ $# = 1 ] || echo 'disk full' >&2\n{said}\n"
        )
        (tmp_path / "bin" / name).chmod(0o755)
    monkeypatch.setattr(client, "_directories", lambda program: [tmp_path / "bin"])
    fails("pg_dump failed: disk full")
    assert Capture.objects.exists()
