"""Batches, processes and the index that follows: nothing shows that files did not come singly."""

import hashlib
import itertools
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from django.db import connection

from decisions import search
from decisions.analysis import analyse
from decisions.ingest import LookupCache, batches, ingest_all, preview, search_sync
from decisions.ingest.batches import File
from decisions.ingest.writer import write
from decisions.models import Capture, Category, Council, Decision, Provision, StandardWording
from decisions.parsing import parse
from decisions.pipeline import cited, parse_file, worker_pool
from decisions.sample import generate
from decisions.search.index import sync
from decisions.sources import Skipped, Source, Unreadable
from tests.ingest.test_findings import statement
from tests.ingest.test_ingest import _ingest_in_a_process, actions, source
from tests.pipeline.slow import SlowFile
from tests.processes import wait_until


class Slow(Source):
    """A file that takes an hour to read in another process."""

    def __reduce__(self):
        return SlowFile, ()


class Deadly(Source):
    """A file that ends the process which receives it, as one does that takes all its memory."""

    def __reduce__(self):
        return os._exit, (1,)


def samples(count: int) -> list[Source]:
    return [Source(name, data) for name, data in generate(count, seed=3)]


def everything() -> list[list[dict]]:
    """All that was written, but for what says when, and in which transaction."""
    return [
        [
            {name: value for name, value in row.items() if name not in hidden}
            for row in model.objects.order_by(order).values(*also, *fields(model))
        ]
        for model, order, also, hidden in (
            (
                Decision,
                "reference",
                ["council__slug", "category__path", "outcome__slug"],
                {"id", "council", "category", "outcome", "created_at", "updated_at", "change"},
            ),
            (
                Capture,
                "id",
                ["decision__reference"],
                {"id", "decision", "received_at", "captured_at"},
            ),
            (Council, "slug", [], {"id"}),
            (StandardWording, "fingerprint", [], {"first_decision_ids"}),
        )
    ]


def fields(model) -> list[str]:
    return [field.name for field in model._meta.concrete_fields]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_batch_writes_the_rows_that_its_files_write_one_by_one():
    received = [
        *samples(20),
        source("first.txt", reference="20 000 001", summary="First."),
        source("other.txt", "https://a.example/1", reference="20 000 002", council=None),
        source("second.txt", reference="20 000 001", summary="Second.", outcome=None),
        source("again.txt", reference="20 000 001", summary="First."),
        source("sample.txt", reference="20 000 001", sample=True),
        source("long.txt", reference="20 000 003", council="Very " * 100 + "Long Council"),
        source("refused.txt", "https://a.example/\0", reference="20 000 004"),
        Skipped("chart.png"),
        Unreadable("bad.zip/x.txt", "the member is damaged"),
        Source("empty.txt", b""),
        *(Source(f"{n}.txt", statement(f"20 000 {n:03}")) for n in range(10, 25)),
    ]
    singly = []
    for thing in received:
        ingest_all([thing], singly.append)
    one_by_one = everything()
    assert [decision["summary"] for decision in one_by_one[0][:1]] == ["Second."]
    assert sum(row["decisions"] >= StandardWording.STANDARD_FROM for row in one_by_one[3]) > 0
    assert not search.verify()

    Capture.objects.all().delete()
    Decision.objects.all().delete()
    Council.objects.all().delete()
    StandardWording.objects.all().delete()
    together = []
    ingest_all(received, together.append)
    assert together == singly
    assert everything() == one_by_one
    assert not search.verify()


@pytest.mark.django_db
def test_a_file_that_cannot_be_written_fails_alone():
    files = [source(f"{n}.txt", reference=f"90 000 {n:03}") for n in range(50)]
    files[17] = source("17.txt", "https://a.example/\0", reference="90 000 017")
    report = ingest_all(files)
    assert report.counts == {"created": 49, "failed": 1}
    (failure,) = report.failures
    assert (failure.name, "NUL" in failure.reason) == ("17.txt", True)
    assert not Decision.objects.filter(reference="90 000 017").exists()
    assert Decision.objects.count() == Capture.objects.count() == 49


@pytest.mark.django_db
def test_files_of_one_decision_in_one_batch_follow_each_other():
    first, second = source("a.txt", summary="First."), source("b.txt", summary="Second.")
    assert actions(first, second, first, second) == ["created", "updated", "unchanged", "unchanged"]
    decision = Decision.objects.get()
    assert decision.summary == "Second."
    assert [capture.name for capture in decision.captures.all()] == ["b.txt", "a.txt"]


@pytest.mark.django_db(transaction=True)
def test_wording_that_becomes_standard_in_a_batch_changes_every_decision_with_it():
    def batch(numbers):
        ingest_all(Source(f"{n}.txt", statement(f"20 000 {n:03}")) for n in numbers)

    batch(range(1, 6))
    before = set(Decision.objects.values_list("change", flat=True))
    assert search.search(search.SearchQuery("unless")).total == 5
    batch(range(6, 21))
    (wording,) = StandardWording.objects.standard()
    assert wording.decisions == 20
    assert len(set(Decision.objects.values_list("change", flat=True)) - before) == 1
    assert search.search(search.SearchQuery("unless")).total == 0
    assert search.search(search.SearchQuery("unless", standard=True)).total == 20
    assert (search.rebuild(), search.search(search.SearchQuery("unless")).total) == (20, 0)
    assert not search.verify()

    # Afterwards nobody is changed who has it already, and those who lose it are counted out.
    batch(range(21, 23))
    assert Decision.objects.filter(change=Decision.objects.get(reference="20 000 022").change)
    changes = Decision.objects.values_list("change", flat=True)
    assert len(set(changes)) == 2
    ingest_all([Source("a.txt", statement("20 000 001", powers="We have other powers."))])
    Capture.objects.filter(decision__reference__gte="20 000 010").delete()
    Decision.objects.filter(reference__gte="20 000 010").delete()
    assert StandardWording.objects.get(pk=wording.pk).decisions == 8


# Names ---------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_first_of_two_spellings_in_one_batch_is_kept():
    first = {"council": "St Ives & Zennor Council", "category": "Housing > Homelessness"}
    second = {"council": "St Ives and Zennor council", "category": "housing > homelessness"}
    ingest_all(
        [
            source("a.txt", reference="90 000 001", **first),
            source("b.txt", reference="90 000 002", **second),
        ]
    )
    assert [council.name for council in Council.objects.all()] == [first["council"]]
    assert [str(category) for category in Category.objects.all()] == [
        "Housing",
        "Housing › Homelessness",
    ]
    named = Decision.objects.values_list("council__name", "category__path")
    assert set(named) == {(first["council"], "housing/homelessness")}


@pytest.mark.django_db
@pytest.mark.slow
def test_what_a_batch_refers_to_is_created_in_few_statements(django_assert_max_num_queries):
    documents = [parse(file.data, file.name) for file in samples(100)]
    named = [provision for document in documents for provision in cited(analyse(document))]
    lookups = LookupCache()
    with django_assert_max_num_queries(40):  # a statement, its look-up, and two of a savepoint
        lookups.create_provisions(named)
        ids = lookups.foreign_keys(documents)
    with django_assert_max_num_queries(0):
        lookups.create_provisions(named)
        assert lookups.foreign_keys(documents) == ids
    provisions = Provision.objects.select_related("parent")
    parents = {row.key: row.parent and row.parent.key for row in provisions}
    assert len(parents) > 50
    assert parents == {provision.key: provision.parent for provision in named}
    assert all(
        (row["council_id"] is None) == (document.council is None)
        for row, document in zip(ids, documents, strict=True)
    )


@pytest.fixture
def slow_inserts():
    """Each new council takes a while, so that two runs that insert them meet half way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION take_a_while() RETURNS trigger LANGUAGE plpgsql "
            "AS 'BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END';"
            "CREATE TRIGGER take_a_while BEFORE INSERT ON decisions_council "
            "FOR EACH ROW EXECUTE FUNCTION take_a_while()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION take_a_while CASCADE")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_runs_that_create_the_same_rows_do_not_deadlock(slow_inserts):
    """In opposite orders, each would wait for a council of the other's: a deadlock."""
    documents = [parse(source(council=f"Council {n}").data, f"{n}.txt") for n in range(50)]
    start = threading.Barrier(2)

    def create(documents):
        start.wait()
        try:
            return LookupCache().foreign_keys(documents)
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        there = threads.submit(create, documents)
        back = threads.submit(create, documents[::-1])
        assert there.result() == back.result()[::-1]
    assert Council.objects.count() == 50


@pytest.mark.django_db(transaction=True)
def test_a_deleted_council_is_created_again():
    lookups = LookupCache()
    files = [
        File(one, hashlib.sha256(one.data).hexdigest(), parse_file(one))
        for one in (source(reference="90 000 001"), source(reference="90 000 002"))
    ]
    (result,) = write(files[:1], lookups)
    assert result.action == "created"
    for model in (Capture, Decision, Council):
        model.objects.all().delete()
    (result,) = write(files[1:], lookups)
    assert result.action == "created"
    assert Decision.objects.get().council == Council.objects.get()


# Processes -----------------------------------------------------------------------------------


@pytest.fixture
def at_once(monkeypatch):
    """Every file is understood in another process, however few there are."""
    monkeypatch.setattr(worker_pool, "IN_PROCESS_FILES", 0)


@pytest.mark.processes
@pytest.mark.django_db
def test_other_processes_understand_the_same_in_the_same_order(at_once, monkeypatch):
    files = [Skipped("a.png"), *samples(250), Source("empty.txt", b""), source("last.txt")]
    elsewhere = list(preview(files))
    monkeypatch.setattr(worker_pool, "IN_PROCESS_FILES", 1_000)
    assert list(preview(files)) == elsewhere
    assert [result.name for result in elsewhere] == [file.name for file in files]


@pytest.mark.processes
@pytest.mark.django_db
def test_a_file_that_crashes_its_process_fails_by_name_and_others_are_imported(at_once):
    files = samples(350)
    files[120] = Deadly("deadly.txt", b"")
    results = []
    report = ingest_all(files, results.append)
    assert [(failure.name, failure.reason) for failure in report.failures] == [
        ("deadly.txt", worker_pool.CRASHED)
    ]
    assert report.counts["created"] == Decision.objects.count() == 349
    assert [result.name for result in results] == [file.name for file in files]


@pytest.mark.processes
@pytest.mark.django_db
def test_a_file_over_the_time_limit_fails_by_name_and_others_are_imported(at_once, monkeypatch):
    monkeypatch.setattr(worker_pool, "TIME_LIMIT", 3)
    files = samples(250)
    files[120] = Slow("slow.txt", b"")
    report = ingest_all(files)
    (failure,) = report.failures
    assert (failure.name, failure.reason) == ("slow.txt", worker_pool.TOO_SLOW)
    assert "longer than 60 seconds" in failure.reason
    assert report.counts["created"] == Decision.objects.count() == 249


@pytest.mark.processes
@pytest.mark.django_db
def test_no_file_is_lost_when_worker_processes_are_killed(at_once):
    files = samples(500)
    killed, hit = [], []

    def kill_once(result):
        if not killed:
            killed.extend(psutil.Process().children(recursive=True))
            for child in killed:
                if "forkserver" in " ".join(child.cmdline()):
                    child.send_signal(signal.SIGKILL)
                    hit.append(child)

    report = ingest_all(files, kill_once)
    assert len(hit) > 1  # the server process and those forked from it
    assert report.failures == []
    assert report.counts == {"created": 500}
    assert Decision.objects.count() == 500


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_killed_run_leaves_no_process_behind(tmp_path):
    files = tmp_path / "in"
    files.mkdir()
    for file in samples(600):
        (files / file.name).write_bytes(file.data)
    run = _ingest_in_a_process(files)
    parent = psutil.Process(run.pid)
    wait_until(lambda: len(parent.children()) > 1 or run.poll() is not None)
    children = parent.children()
    run.kill()
    run.communicate()
    assert children
    wait_until(lambda: not any(child.is_running() for child in children))
    again = _ingest_in_a_process(files)
    assert again.wait() == 0, again.communicate()
    assert Decision.objects.count() == Capture.objects.count() == 600
    assert not search.verify()


# The index meanwhile -------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_imported_decisions_can_be_searched_during_the_import():
    seen = []

    def found() -> int:
        results = search.search(search.SearchQuery("bus"))
        return results.total if results else 0  # before there is an index, nothing

    def files():
        for number in itertools.count(1):
            if number == 101:  # one batch is in, and the next is not whole yet
                wait_until(lambda: found() == 100)
                seen.append(Decision.objects.count())
                break
            yield source(f"{number}.txt", reference=f"90 000 {number:03}")

    assert ingest_all(files()).counts == {"created": 100}
    assert seen == [100]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_few_committed_batches_wait_to_be_indexed(monkeypatch):
    monkeypatch.setattr(batches, "BATCH_FILES", 5)
    behind = []
    report = ingest_all(
        (source(f"{n}.txt", reference=f"90 000 {n:03}") for n in range(200)),
        lambda result: behind.append(_batches_behind()),
    )
    assert report.counts == {"created": 200}
    assert max(behind) <= search_sync.MAX_BATCHES_BEHIND + 1


def _batches_behind() -> int:
    """Each batch is a transaction, and so a change, of its own."""
    try:
        return search.status().behind
    except search.IndexUnavailable:
        return 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_an_index_that_does_not_follow_does_not_stop_an_import(monkeypatch):
    monkeypatch.setattr(batches, "BATCH_FILES", 5)
    monkeypatch.setattr(search_sync, "MAX_WAIT", 0.05)
    with sync.lock(wait=False) as held:
        assert held
        report = ingest_all(source(f"{n}.txt", reference=f"90 000 {n:03}") for n in range(100))
    assert report.counts == {"created": 100}
    search.catch_up()
    assert search.search(search.SearchQuery("bus")).total == 100
