"""An archive made by an earlier version is upgraded by `migrate`, and nothing in it is lost.

`archive-84b3afc.sql.gz` is what `pg_dump` printed of an archive made by commit 84b3afc: 25 samples
and 22 other invented decisions, among them ones with two captures, a withdrawn one and one whose
council was renamed; a decision that was deleted, a file that failed, an upload that was imported
and one that waits for its confirmation.
"""

import contextlib
import copy
import gzip
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from decisions import search
from decisions.ingest import Action, ingest_all
from decisions.models import (
    CHUNK_BYTES,
    Capture,
    ChangeSequence,
    Decision,
    IngestFailure,
    StandardWording,
    Tombstone,
    Upload,
    UploadedFile,
    UploadResult,
)
from decisions.sources import Source
from ombudsman.runtime import postgres
from tests.models.schema import whole_schema
from tests.texts import decision_text

DUMP = Path(__file__).with_name("archive-84b3afc.sql.gz")

# What tables and columns were called, and what they are called now.
TABLES = {
    "decisions_changecounter": "decisions_changesequence",
    "decisions_failure": "decisions_ingestfailure",
    "decisions_removal": "decisions_tombstone",
    "decisions_wording": "decisions_standardwording",
}
COLUMNS = {
    "holders": "first_decision_ids",
    "taken_in_at": "imported_at",
    "begun_at": "started_at",
    "taken_in_anew": "restarted",
}
# Columns of uploads that are newer than the dump.
NEW = {"is_reviewed", "cancelled_at", "resumed_at", "interruptions"}
# `migrate` adds to these: migrations, models, and staff's roles. What they held before is compared
# apart; there were no groups.
FILLED_BY_MIGRATE = {
    "django_migrations", "django_content_type", "auth_permission", "auth_group",
    "auth_group_permissions",
}  # fmt: skip

# A paragraph that nine decisions of the dump share: the next one makes it standard wording.
NEARLY_STANDARD = (
    "We investigate complaints about fault. We must consider whether it caused injustice. "
    "(Local Government Act 1974, sections 26(1) and 26A(1), as amended)"
)

Rows = dict[str, list[dict[str, Any]]]

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def _new_database(name: str, template: str = "template1") -> Iterator[str]:
    """A copy of the template in place of the tests' own database."""
    own = connection.settings_dict["NAME"]
    connection.close()
    _administer(f"CREATE DATABASE {name} TEMPLATE {template}")
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _drop(name: str) -> None:
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(django_db_blocker) -> Iterator[str]:
    """An empty database in place of the tests' own."""
    name = f"upgrade_{os.getpid()}"
    with django_db_blocker.unblock():
        with _new_database(name):
            yield name
        _drop(name)


@pytest.fixture(scope="module")
def upgraded(django_db_blocker) -> Iterator[tuple[str, Rows]]:
    """A database that was upgraded from the dump, and every table's rows as the dump has them."""
    name = f"upgraded_{os.getpid()}"
    with django_db_blocker.unblock(), _new_database(name):
        server = postgres.cluster(**connection.settings_dict["EMBEDDED"])
        subprocess.run(
            [
                server.program("psql"), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1",
                f"--host={server.use()}", f"--username={postgres.ROLE}", f"--dbname={name}",
            ],
            input=gzip.decompress(DUMP.read_bytes()),
            stdout=subprocess.DEVNULL,
            check=True,
        )  # fmt: skip
        rows = _all_rows()
        call_command("migrate", verbosity=0)
    yield name, rows
    with django_db_blocker.unblock():
        _drop(name)


@pytest.fixture
def before(upgraded: tuple[str, Rows], django_db_blocker) -> Iterator[Rows]:
    """Every table's rows as the dump has them; a copy of the upgraded database is in use."""
    template, rows = upgraded
    name = f"upgrade_{os.getpid()}"
    with django_db_blocker.unblock():
        with _new_database(name, template):
            yield copy.deepcopy(rows)
        _drop(name)


def test_every_row_is_kept(before: Rows):
    after = _all_rows()

    assert len(before["decisions_decision"]) == 47
    # Tables are compared as a whole: to print how long rows differ would take minutes.
    for row in after["decisions_capture"]:  # an earlier archive did not know these
        assert row.pop("captured_at") == row["received_at"]
        assert row.pop("captured_from") == "received"
    for row in after["decisions_decision"]:
        assert (row.pop("is_redacted"), row.pop("stated")) == (False, {})
    changed = [
        table
        for table, rows in before.items()
        if table not in FILLED_BY_MIGRATE and after[TABLES.get(table, table)] != _renamed(rows)
    ]
    assert sorted(changed) == ["decisions_upload", "decisions_uploadedfile"]
    for table in ("django_content_type", "auth_permission"):
        assert {row["id"] for row in before[table]} <= {row["id"] for row in after[table]}


def test_uploaded_files_are_deleted_once_the_archive_has_captures(before: Rows):
    uploads = {row["id"]: row for row in before["decisions_upload"]}
    captured = {bytes(content) for content in Capture.objects.values_list("content", flat=True)}
    waiting = []
    for file in before["decisions_uploadedfile"]:
        if uploads[file["upload_id"]]["taken_in_at"]:
            assert bytes.fromhex(file["content"].removeprefix("\\x")) in captured
        else:
            waiting.append(file)
    kept = {file.pk: (file.name, b"".join(file.pieces())) for file in UploadedFile.objects.all()}
    assert kept == {
        file["id"]: (file["name"], bytes.fromhex(file["content"].removeprefix("\\x")))
        for file in waiting
    }
    assert 0 < len(waiting) < len(before["decisions_uploadedfile"])


def test_results_of_uploads_are_rows_in_the_same_order(before: Rows):
    for row in before["decisions_upload"]:
        upload = Upload.objects.get(pk=row["id"])
        assert upload.is_reviewed
        results = upload.results.filter(is_import=bool(row["taken_in_at"])).order_by("position")
        assert upload.results.count() == len(results)
        assert row["results"] == [
            {
                "name": result.name,
                "action": result.action,
                "reason": result.reason,
                "changed": result.changed,
                **({"document": result.document} if result.document else {}),
            }
            for result in results
        ]
        unchanged = {name: value for name, value in row.items() if name != "results"}
        (after,) = (one for one in _all_rows()["decisions_upload"] if one["id"] == row["id"])
        assert _renamed([unchanged]) == [
            {name: value for name, value in after.items() if name not in NEW}
        ]


def test_a_large_file_of_an_upload_is_cut_into_chunks(database: str):
    executor = MigrationExecutor(connection)
    executor.migrate([("decisions", "0004_reviewed_files")])
    apps = executor.loader.project_state([("decisions", "0004_reviewed_files")]).apps
    data = bytes(range(256)) * 10_000
    upload = apps.get_model("decisions", "Upload").objects.create()
    for size in (0, 1, 1_000_000, 1_000_001, len(data)):
        apps.get_model("decisions", "UploadedFile").objects.create(
            upload=upload, name=str(size), content=data[:size]
        )
    call_command("migrate", verbosity=0)
    for file in UploadedFile.objects.all():
        pieces = list(file.pieces())
        assert b"".join(pieces) == data[: int(file.name)]
        assert all(0 < len(piece) <= CHUNK_BYTES for piece in pieces)
    assert not Upload.objects.get().is_reviewed


def test_files_that_were_not_read_are_called_skipped(database: str):
    executor = MigrationExecutor(connection)
    executor.migrate([("decisions", "0007_mistake_reports")])
    apps = executor.loader.project_state([("decisions", "0007_mistake_reports")]).apps
    upload = apps.get_model("decisions", "Upload").objects.create()
    for position, action in enumerate(("created", "ignored")):
        upload.results.create(is_import=True, position=position, action=action, name="a file")

    def actions() -> list[str]:
        return list(UploadResult.objects.order_by("position").values_list("action", flat=True))

    call_command("migrate", verbosity=0)
    assert actions() == [Action.CREATED, Action.SKIPPED]
    call_command("migrate", "decisions", "0007_mistake_reports", verbosity=0)
    assert actions() == ["created", "ignored"]


def test_captures_have_the_bytes_of_their_hashes(before: Rows):
    captures = Capture.objects.all()
    assert len(captures) == 50
    for capture in captures:
        assert hashlib.sha256(capture.content).hexdigest() == capture.sha256
        assert len(capture.content) == capture.size
    assert {capture.decision.captures.count() for capture in captures} == {1, 2}


def test_an_upgraded_archive_keeps_special_rows(before: Rows):
    (withdrawn,) = Decision.objects.exclude(withdrawn_at=None)
    assert withdrawn.withdrawn_reason == "A name was printed."
    assert Decision.objects.filter(council__name__endswith="(renamed)").exists()
    assert Tombstone.objects.count() == IngestFailure.objects.count() == 1
    imported, waiting = Upload.objects.order_by("pk")
    assert imported.confirmed_at
    assert imported.imported_at
    assert waiting.results.count()
    assert (waiting.confirmed_at, waiting.imported_at, waiting.started_at) == (None, None, None)
    (wording,) = StandardWording.objects.standard()
    assert len(wording.first_decision_ids) == 10


def test_permissions_are_kept_under_the_new_names(before: Rows):
    user = User.objects.get(username="archivist")
    assert user.has_perms(["decisions.view_ingestfailure", "decisions.change_upload"])
    names = {row["codename"] for row in _all_rows()["auth_permission"]}
    assert not names & {"view_failure", "view_removal", "view_wording", "view_changecounter"}
    assert len(user.user_permissions.all()) == 1


def test_an_upgraded_archive_can_be_extended(before: Rows):
    (counter,) = before["decisions_changecounter"]
    newest = decision_text("21 700 001").replace(
        "Final decision",
        f"The Ombudsman’s role and powers\n\n  1. {NEARLY_STANDARD}\n\nFinal decision",
    )
    earlier = list(
        Decision.objects.filter(reference__startswith="21 600").values_list("pk", flat=True)
    )
    (wording,) = StandardWording.objects.filter(first_decision_ids=earlier)
    assert wording.decisions == 9

    (action,) = ingest_all([Source("new.txt", newest.encode())]).counts
    assert action == Action.CREATED

    sequence = ChangeSequence.objects.get()
    assert (str(sequence.archive), sequence.value) == (counter["archive"], counter["value"] + 1)
    new = Decision.objects.get(reference="21 700 001")
    assert new.pk > max(row["id"] for row in before["decisions_decision"])
    # The tenth decision makes the wording standard, and the nine before it count as changed.
    wording.refresh_from_db()
    assert (wording.decisions, wording.first_decision_ids) == (10, [*earlier, new.pk])
    changed = Decision.objects.filter(change=sequence.value).values_list("pk", flat=True)
    assert set(changed) == {*earlier, new.pk}

    pk = new.pk
    new.captures.all().delete()
    new.delete()
    assert Tombstone.objects.get(pk=pk).change == ChangeSequence.objects.get().value
    wording.refresh_from_db()
    assert (wording.decisions, set(wording.first_decision_ids)) == (9, set(earlier))

    council = Decision.objects.get(reference="21 500 000").council
    council.name = "Wexcombe City Council"
    council.save()
    last = ChangeSequence.objects.get().value
    assert set(council.decision_set.values_list("change", flat=True)) == {last}


def test_the_search_index_is_built_from_it(before: Rows):
    search.catch_up()
    assert not search.verify()
    assert search.search(search.SearchQuery("bus")).total


def test_capture_times_and_upload_rows_can_be_reverted(before: Rows):
    upgraded = _all_rows()
    call_command("migrate", "decisions", "0004_reviewed_files", verbosity=0)
    reverted = _all_rows()
    assert reverted["decisions_capture"] == before["decisions_capture"]
    assert reverted["decisions_uploadedfile"]
    for file in reverted["decisions_uploadedfile"]:
        assert file in before["decisions_uploadedfile"]
    results = {upload["id"]: upload["results"] for upload in reverted["decisions_upload"]}
    for upload in before["decisions_upload"]:
        names = [result["name"] for result in upload["results"]]
        assert [result["name"] for result in results[upload["id"]]] == names
    call_command("migrate", verbosity=0)
    assert _all_rows()["decisions_uploadedchunk"] == upgraded["decisions_uploadedchunk"]
    captures = Capture.objects.all()
    assert {one.captured_at == one.received_at for one in captures} == {True}
    assert {one.captured_from for one in captures} == {"received"}


def test_only_an_old_archive_runs_what_was_squashed(before: Rows):
    applied = {(row["app"], row["name"]) for row in _all_rows()["django_migrations"]}
    assert ("decisions", "0001_tables") in applied
    assert _replaced() <= applied
    assert not _planned()


def test_an_upgraded_archive_has_the_schema_of_a_new_one(before: Rows):
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
    upgraded = whole_schema()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert not _planned() & _replaced()
    call_command("migrate", verbosity=0)
    assert upgraded == whole_schema()


def _administer(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _all_rows() -> Rows:
    """Every row of every table as JSON types, in order; bytes are hexadecimal."""
    with connection.cursor() as cursor:
        return {
            table: _query(cursor, f"SELECT to_jsonb(t) FROM {table} AS t ORDER BY t")
            for table in connection.introspection.table_names(cursor)
        }


def _planned() -> set[tuple[str, str]]:
    """The migrations that `migrate` would run now."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {(migration.app_label, migration.name) for migration, _ in plan}


def _replaced() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).replacements["decisions", "0001_tables"].replaces)


def _renamed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their columns called as they are now."""
    return [{COLUMNS.get(name, name): value for name, value in row.items()} for row in rows]


def _query(cursor: CursorWrapper, statement: str) -> list[Any]:
    cursor.execute(statement)
    return [json.loads(value) for (value,) in cursor.fetchall()]
