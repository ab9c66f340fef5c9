"""What the benchmark measures on is what the archive itself would have written."""

from collections import Counter
from typing import Any

from django.apps import apps
from django.db import models, transaction

from decisions import search
from decisions.ingest import ingest_all
from decisions.models import ChangeSequence, Decision
from decisions.sample import generate
from decisions.sources import Source
from tests.tools.benchmarks import engine, fts5, loading
from tests.tools.benchmarks.figures import Verdicts
from tests.tools.benchmarks.kinds import kinds

COUNT = 200
# Every row is named by what it is, not by its id.
NAMES = {
    "Council": "slug",
    "Category": "path",
    "Outcome": "slug",
    "Provision": "key",
    "Decision": "reference",
}


def test_copied_rows_are_what_ingest_writes(db):
    with transaction.atomic():
        ingest_all(_sources(COUNT))
        ingested = _all_rows()
        transaction.set_rollback(True)
    assert not Decision.objects.exists()

    for numbers in (range(0, 80), range(80, COUNT)):
        loading.copy_samples(numbers)
    loading.finish()
    copied = _all_rows()

    assert copied.keys() == ingested.keys()
    for name in ingested:
        assert copied[name] == ingested[name], name
    assert len(copied["Decision"]) == len(copied["Capture"]) == COUNT
    assert copied["StandardWording"]


def test_an_archive_filled_by_copy_can_be_extended_by_ingest(transactional_db):
    loading.copy_samples(range(100))
    loading.finish()
    search.catch_up()
    before = search.search(search.SearchQuery()).total

    ingest_all(list(_sources(101))[100:])

    assert (before, search.search(search.SearchQuery()).total) == (100, 101)
    assert not search.verify()
    newest = Decision.objects.order_by("-pk").first()
    assert (newest.pk, newest.change) == (101, ChangeSequence.objects.get().value)


def test_only_what_is_missing_is_loaded_in_chunks_without_gaps(db, monkeypatch):
    monkeypatch.setattr(loading, "CHUNK", 3)
    loading.copy_samples(range(2, 4))
    assert loading.missing(9) == [0, 1, 4, 5, 6, 7, 8]
    chunks = list(loading._chunks(loading.missing(9)))
    assert chunks == [range(0, 2), range(4, 7), range(7, 9)]


def test_the_archive_the_engine_and_sqlite_find_the_same(transactional_db, tmp_path):
    loading.copy_samples(range(COUNT))
    loading.finish()
    search.catch_up()
    path = tmp_path / "bench.sqlite3"
    assert fts5.build(path)
    assert not fts5.build(path)
    sqlite = fts5.connect(path)

    asked = kinds()
    totals = [search.search(kind.search_query).total for kind in asked]

    assert len(asked) == 36
    assert dict(zip(map(str, asked), totals, strict=True))["no words"] == COUNT
    assert [engine.Floor(kind.search_query).search_results() for kind in asked] == totals
    assert [fts5.ask(sqlite, kind.search_query) for kind in asked] == totals


def test_a_target_is_compared_with_the_figure_for_its_size(capsys):
    verdicts = Verdicts(1_000)
    verdicts.note("floor", 1.2)
    verdicts.note("ingest", 249)
    verdicts.note("fts5", 3)  # asked for at 57,500
    verdicts.print()
    rows = [line.split("|") for line in capsys.readouterr().out.splitlines() if "at " in line]
    said = [[cell.strip() for cell in row[2:5]] for row in rows if len(row) > 4]
    assert said == [
        ["at most 1.3×", "1.20×", "reached"],
        ["at least 250", "249.00", "NOT REACHED"],
    ]


def _sources(count: int):
    return (Source(name, data) for name, data in generate(count, loading.SEED))


def _all_rows() -> dict[str, Counter[str]]:
    """Every table's rows, by the names of what they refer to, without numbers of this database."""
    references = dict(Decision.objects.values_list("pk", "reference"))
    found = {}
    for model in apps.get_app_config("decisions").get_models():
        if model._meta.managed and model is not ChangeSequence:  # views give what tables hold
            fields = [field for field in model._meta.concrete_fields if _says_something(field)]
            found[model.__name__] = Counter(
                repr({field.name: _plain(row, field, references) for field in fields})
                for row in model.objects.all()
            )
    return found


def _says_something(field: models.Field) -> bool:
    serial = field.primary_key and field.name == "id"
    moment = isinstance(field, models.DateTimeField) and field.has_db_default()
    return not serial and not moment and field.name not in {"change", "first_change"}


def _plain(row: models.Model, field: models.Field, references: dict[int, str]) -> Any:
    value = getattr(row, field.name)
    if isinstance(value, models.Model):
        return getattr(value, NAMES[type(value).__name__])
    if field.name == "decision_id":
        return references[value]
    if field.name == "first_decision_ids":
        return sorted(references[pk] for pk in value)
    return bytes(value) if isinstance(value, memoryview) else value
