"""The archive goes into files and comes back: the same bytes, the same pages, and nothing lost."""

import asyncio
import gzip
import io
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jsonschema
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from warcio.archiveiterator import ArchiveIterator

from decisions import dumps, search
from decisions.dumps import writing
from decisions.dumps.tables import COLUMNS_LEFT_OUT, MODELS_LEFT_OUT, TABLES
from decisions.models import (
    Capture,
    CaptureLogEntry,
    CaptureLogHead,
    Category,
    Council,
    CouncilAlias,
    Decision,
    Erasure,
    IngestFailure,
    MistakeReport,
    Outcome,
    Provision,
    Redaction,
    StandardWording,
)
from decisions.sources import read_paths
from tests.dumps.archives import WITHDRAWN, bytes_of, make_archive

EVERYTHING = ("--sqlite", "--parquet")


def empty_archive() -> None:
    """Leave what `sample --remove` leaves: laws that no decision cites any more.

    The log of received files would stay; a new database has none.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE decisions_capturelogentry, decisions_captureloghead")
        cursor.execute("RESET session_replication_role")
    MistakeReport.objects.all().delete()
    Capture.objects.all().delete()
    for model in (Decision, Erasure, IngestFailure, Council, Outcome):
        model.objects.all().delete()
    Category.objects.exclude(parent=None).delete()
    Category.objects.all().delete()


def state() -> dict[str, list[tuple[object, ...]]]:
    """Every row that counts, in order, without row ids."""
    decisions = [field.attname for field in Decision._meta.concrete_fields]
    names = {"council_id": "council__slug", "category_id": "category__path"}
    names |= {"outcome_id": "outcome__slug"}
    columns = [names.get(name, name) for name in decisions if name not in ("id", "change")]
    captures = ("decision__reference", "sha256", "name", "url", "charset", "content", "size")
    times = ("received_at", "captured_at", "captured_from")
    return {
        "decisions": list(Decision.objects.order_by("pk").values_list(*columns)),
        "captures": list(Capture.objects.values_list(*captures, *times)),
        "councils": list(Council.objects.order_by("slug").values_list("slug", "name", "kind")),
        "aliases": list(
            CouncilAlias.objects.values_list("slug", "name", "council__slug", "added_at")
        ),
        "categories": list(
            Category.objects.order_by("path").values_list("path", "name", "parent__path")
        ),
        "outcomes": list(Outcome.objects.order_by("slug").values_list("slug", "name")),
        "provisions": list(
            Provision.objects.order_by("key").values_list(
                "key", "label", "short", "url", "parent__key"
            )
        ),
        "redactions": list(
            Redaction.objects.values_list("decision__reference", "words", "original")
        ),
        "erased": list(Erasure.objects.values_list("reference", "other_references", "erased_at")),
        "log": list(CaptureLogEntry.objects.values_list()),
        "heads": list(CaptureLogHead.objects.values_list()),
        "failures": list(IngestFailure.objects.values_list("name", "reason", "first_at")),
        "wording": sorted(
            StandardWording.objects.filter(decisions__gt=0).values_list("fingerprint", "decisions")
        ),
    }


def lines(directory: Path, table: str) -> list[dict]:
    parts = sorted((directory / "data").glob(f"{table}-*.jsonl.gz"))
    return [
        json.loads(line)
        for part in parts
        for line in gzip.decompress(part.read_bytes()).splitlines()
    ]


def test_every_model_is_dumped_or_left_out_for_a_reason():
    models = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    dumped = {table.model._meta.label for table in TABLES}
    assert models == dumped | MODELS_LEFT_OUT.keys()
    assert not dumped & MODELS_LEFT_OUT.keys()
    for table in TABLES:
        columns = {field.name for field in table.model._meta.concrete_fields}
        if table.name != "withdrawn":
            assert columns - set(table.columns) <= COLUMNS_LEFT_OUT.keys()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_complete_dump_is_restored_to_the_byte(tmp_path, client, monkeypatch):
    monkeypatch.setattr(writing, "LINES_BYTES", 30_000)
    monkeypatch.setattr(writing, "CAPTURES_BYTES", 30_000)
    monkeypatch.setattr(writing, "BATCH_BYTES", 12_000)
    make_archive()
    search.rebuild()
    before, wanted = tmp_path / "before", state()
    sample = Decision.objects.order_by("pk").first()
    addresses = [sample.get_absolute_url(), "/decisions/99-700-002/", "/decisions/"]
    pages = [client.get(address).content for address in addresses]
    call_command("dump", before, "--complete", *EVERYTHING)
    assert before.stat().st_mode & 0o777 == 0o700
    assert len(list((before / "data").glob("decisions-*"))) > 2
    assert len(list((before / "captures").glob("*"))) > 2
    empty_archive()

    call_command("restore", before)

    assert state() == wanted
    assert not search.verify()
    search.rebuild()  # deleted decisions still count in how rare a word is
    assert [client.get(address).content for address in addresses] == pages
    call_command("dump", tmp_path / "after", "--complete", *EVERYTHING)
    assert bytes_of(tmp_path / "after") == bytes_of(before)
    with pytest.raises(CommandError, match=r"not empty: it has 16 decisions and 17 captures"):
        call_command("restore", before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_public_dump_names_withdrawn_decisions_and_no_more(tmp_path, client):
    make_archive()
    before = tmp_path / "before"
    call_command("dump", before, *EVERYTHING)
    for path, data in bytes_of(before).items():
        text = gzip.decompress(data) if path.endswith(".gz") else data
        assert b"anzibar" not in text, path
    assert [line["reference"] for line in lines(before, "withdrawn")] == [WITHDRAWN]
    assert WITHDRAWN not in {line["reference"] for line in lines(before, "decisions")}
    described = json.loads((before / "datapackage.json").read_text())
    for table in TABLES:
        if table.only == "complete":
            assert not list((before / "data").glob(f"{table.name}-*"))
            continue
        schema = json.loads((before / f"schema/{table.name}.schema.json").read_text())
        checker = jsonschema.Draft202012Validator(
            schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        for line in lines(before, table.name):
            checker.validate(line)
        (resource,) = [one for one in described["resources"] if one["name"] == table.name]
        assert [field["name"] for field in resource["schema"]["fields"]] == sorted(table.columns)
        assert all((before / path).exists() for path in resource["path"])

    # Captures are ordinary WARC records, which this archive can import as well.
    (warc,) = (before / "captures").iterdir()
    records = [
        (record.rec_headers["WARC-Record-ID"], record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(warc.read_bytes()))
        if record.rec_type == "resource"
    ]
    held = Capture.objects.exclude(decision__reference=WITHDRAWN).order_by("pk")
    held = held.exclude(decision__is_redacted=True)
    assert [content for _, content in records] == [bytes(row.content) for row in held]
    assert len({name for name, _ in records}) == len(records)
    imported = [one for one in read_paths([str(warc)]) if getattr(one, "url", None)]
    assert [(one.url, one.data) for one in imported] == [
        ("https://www.lgo.org.uk/decisions/x/21-019-030", b"<!doctype html><p>x")
    ]

    empty_archive()
    call_command("restore", before)
    assert client.get("/decisions/99-700-002/").status_code == 410
    assert Decision.objects.get(reference=WITHDRAWN).sections == []
    call_command("dump", tmp_path / "after", *EVERYTHING)
    assert bytes_of(tmp_path / "after") == bytes_of(before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_datasette_and_duckdb_read_the_flat_files(tmp_path):
    import duckdb
    from datasette.app import Datasette

    make_archive()
    # Ten decisions share each wording; of those that share one, the tenth was withdrawn.
    withdrawn_wording = Decision.objects.order_by("pk").first().fingerprints[0]
    Decision.objects.filter(reference=WITHDRAWN).update(fingerprints=[withdrawn_wording])
    StandardWording.objects.update(decisions=StandardWording.STANDARD_FROM)
    dump = tmp_path / "dump"
    call_command("dump", dump, "--no-captures", *EVERYTHING)
    assert not (dump / "captures").exists()
    # A word of one decision's own text, beyond wording that many share.
    paragraph = Decision.objects.order_by("pk").first().document_paragraphs[-1]
    words = " ".join(paragraph.text.split()[:6]).strip(".,")
    datasette = Datasette(immutables=[str(dump / "decisions.sqlite")])

    async def ask(address: str, **parameters: str) -> dict:
        response = await datasette.client.get(address, params={"_shape": "objects", **parameters})
        assert response.status_code == 200, response.text
        return response.json()

    async def look() -> None:
        table = await ask("/decisions/paragraphs.json", _search=f'"{words}"')
        found = {(row["reference"], row["text"], row["anchor"]) for row in table["rows"]}
        assert ("90 000 001", paragraph.text, f"para-{paragraph.number}") in found
        table = await ask("/decisions/decisions.json", _search=f'"{words}"', _facet="outcome")
        assert "90 000 001" in {row["reference"] for row in table["rows"]}
        assert "outcome" in table["facet_results"]

    # Not in this thread, in which Playwright may run a loop of its own.
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(asyncio.run, look()).result()
    parquet = dump / "parquet"
    decisions = duckdb.sql(
        f"SELECT reference, decided_on, reasons, payment_pence FROM '{parquet}/decisions.parquet'"
        " ORDER BY reference"
    ).fetchall()
    published = Decision.objects.published().order_by("reference")
    assert decisions == list(published.values_list("reference", "decided_on", "reasons", "payment"))
    joined = duckdb.sql(
        f"SELECT count(*), count(*) FILTER (is_standard) FROM '{parquet}/paragraphs.parquet'"
        f" JOIN '{parquet}/decisions.parquet' USING (reference)"
    ).fetchall()
    places = [entry for decision in published for entry in decision.wording_places or ()]
    paragraphs = sum(len(decision.document_paragraphs) for decision in published)
    assert joined == [(paragraphs, sum(entry[2] != withdrawn_wording for entry in places))]
    assert 0 < joined[0][1] < len(places)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_damaged_dump_and_an_interrupted_one_change_nothing(tmp_path, monkeypatch):
    make_archive()
    dump = tmp_path / "dump"
    call_command("dump", dump)
    with pytest.raises(CommandError, match="exists already"):
        call_command("dump", dump)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "write_metadata", stop)
    with pytest.raises(KeyboardInterrupt):
        dumps.dump(tmp_path / "other", dumps.Contents(sqlite=True, parquet=True))
    assert {path.name for path in tmp_path.iterdir()} - {"index"} == {"dump"}

    empty_archive()
    held = (dump / "data/outcomes-0001.jsonl.gz").read_bytes()
    (dump / "data/outcomes-0001.jsonl.gz").write_bytes(held[:-1] + bytes([held[-1] ^ 1]))
    (dump / "LICENCE.txt").write_text("")
    (dump / "data/captures-0001.jsonl.gz").unlink()
    with pytest.raises(CommandError) as refused:
        call_command("restore", dump)
    assert "outcomes-0001.jsonl.gz: its SHA-256 is not that" in str(refused.value)
    assert "LICENCE.txt: 0 bytes, and the manifest says" in str(refused.value)
    assert "captures-0001.jsonl.gz: No such file" in str(refused.value)
    with pytest.raises(CommandError, match="is no dump"):
        call_command("restore", tmp_path)
    assert not Decision.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_dump_that_contradicts_itself_is_named_and_rolled_back(tmp_path):
    """Its hashes are right, as if somebody had edited it with care."""
    make_archive()
    dumps.dump(tmp_path / "dump", dumps.Contents())
    empty_archive()
    path = tmp_path / "dump/data/decisions-0001.jsonl.gz"
    manifest = tmp_path / "dump/manifest.json"
    good, listed = path.read_bytes(), manifest.read_text()
    faults = (
        (b'"outcome":"', b'"outcome":"no-', "has the outcome “no-.*which the dump lacks"),
        (b'"decided_on":"', b'"decided_on":"x', r"decisions-0001.jsonl.gz, line 1, cannot be read"),
        (b'"is_sample":', b'"is_real":', "line 1, cannot be read: its columns are not those of"),
        (b'"evidence":', b'"proof":', "line 1, cannot be read: 'evidence'"),
        (b'"reference":"90 000 001"', b'"reference":"90 000 002"', "PostgreSQL refused the dump"),
    )
    for right, wrong, message in faults:
        text = gzip.decompress(good)
        assert right in text
        path.write_bytes(gzip.compress(text.replace(right, wrong, 1)))
        file = dumps.writing.files.describe(tmp_path / "dump", "data/decisions-0001.jsonl.gz")
        edited = json.loads(listed)
        for entry in edited["files"]:
            if entry["path"] == file.path:
                entry |= {"bytes": file.bytes, "sha256": file.sha256}
        manifest.write_text(json.dumps(edited))
        with pytest.raises(dumps.DumpError, match=message):
            dumps.restore(tmp_path / "dump")
        assert not Decision.objects.exists()
        assert not Council.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_dump_of_an_earlier_release_is_restored(tmp_path):
    """`dump-5b84fe8.tar.gz` was made by commit 5b84fe8, which knew no log and no acts of staff."""
    shutil.unpack_archive(Path(__file__).with_name("dump-5b84fe8.tar.gz"), tmp_path)
    call_command("restore", tmp_path / "dump-5b84fe8")
    withdrawn = Decision.objects.exclude(withdrawn_at=None).get()
    assert (withdrawn.reference, withdrawn.withdrawn_reason) == (
        "21 700 002",
        "A name was printed.",
    )
    assert not Decision.objects.exclude(stated={}, is_redacted=False).exists()
    assert (
        CouncilAlias.objects.get().council == Decision.objects.get(reference="21 700 001").council
    )
    assert IngestFailure.objects.count() == 1
    # The received files of real decisions go into the log, and everything fits together.
    assert sorted(CaptureLogEntry.objects.values_list("reference", flat=True)) == [
        "21 700 001", "21 700 001", "21 700 002",
    ]  # fmt: skip
    call_command("verify")
    assert not search.verify()
    call_command("dump", tmp_path / "now", "--complete")
    was = bytes_of(tmp_path / "dump-5b84fe8")
    now = bytes_of(tmp_path / "now")
    assert {path for path in was if path.startswith(("data/", "captures/"))} <= now.keys()
    assert [line["sha256"] for line in lines(tmp_path / "now", "captures")] == [
        line["sha256"] for line in lines(tmp_path / "dump-5b84fe8", "captures")
    ]
