"""Files in, rows out: the identity rule, failures by name, and runs that are cut off."""

import contextlib
import datetime
import io
import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from decisions import search
from decisions.ingest import Action, ingest_all, preview, remove_samples
from decisions.management.progress import IngestProgress
from decisions.models import Capture, Category, Council, Decision, Outcome
from decisions.sources import Skipped, Source, Unreadable, count_paths, read_paths
from tests import bytecode
from tests.factories import make_decision
from tests.texts import decision_text


def source(name: str = "a.txt", url: str | None = None, **fields) -> Source:
    return Source(name, decision_text(**fields).encode(), url)


def actions(*received) -> list[str]:
    results = []
    ingest_all(received, results.append)
    return [str(result.action) for result in results]


@pytest.mark.django_db
def test_a_new_file_becomes_a_decision_with_its_capture():
    address = "https://www.lgo.org.uk/decisions/education/school-transport/90-000-001"
    file = source("in/a.txt", address)
    assert actions(file) == ["created"]
    decision = Decision.objects.get()
    assert decision.reference == "90 000 001"
    assert (decision.council.name, decision.council.kind) == (
        "Wexcombe District Council",
        "council",
    )
    assert decision.category.path == "education/school-transport"
    assert (decision.outcome.name, str(decision.decided_on)) == ("Upheld", "2024-03-05")
    assert decision.source_url == address
    assert [section.heading for section in decision.document_sections] == [
        "The complaint",
        "Final decision",
        "Investigator's decision on behalf of the Ombudsman",
    ]
    capture = Capture.objects.get()
    assert capture.decision == decision
    assert bytes(capture.content) == file.data
    assert (capture.name, capture.url, capture.size) == ("in/a.txt", address, len(file.data))


@pytest.mark.django_db
def test_the_same_bytes_again_change_nothing():
    assert actions(source(), source(name="copy.txt")) == ["created", "unchanged"]
    before = list(Decision.objects.values()), list(Capture.objects.values())
    assert actions(source()) == ["unchanged"]
    assert (list(Decision.objects.values()), list(Capture.objects.values())) == before


@pytest.mark.django_db
def test_new_bytes_for_a_known_reference_update_it_and_keep_the_old_capture():
    actions(source(summary="First."))
    long_ago = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    Decision.objects.update(updated_at=long_ago)
    assert actions(source(summary="Second.", council="Harrowby Council")) == ["updated"]
    decision = Decision.objects.get()
    assert decision.updated_at > long_ago
    assert (decision.summary, decision.council.name) == ("Second.", "Harrowby Council")
    assert [b"Second." in bytes(c.content) for c in decision.captures.all()] == [True, False]
    assert actions(source(summary="First.")) == ["unchanged"]
    assert Decision.objects.get().summary == "Second."


@pytest.mark.django_db
def test_a_field_that_the_new_file_does_not_state_keeps_its_value():
    actions(source())
    actions(source(category=None, outcome=None, date=None, paragraphs=("New text.",)))
    decision = Decision.objects.get()
    assert decision.outcome.name == "Upheld"
    assert decision.category.name == "School transport"
    assert str(decision.decided_on) == "2024-03-05"
    assert decision.sections[0]["paragraphs"][0]["text"] == "New text."
    assert "no outcome" in " ".join(decision.warnings)


@pytest.mark.django_db
def test_unknown_values_stay_null():
    actions(source(category=None, outcome=None, date=None))
    decision = Decision.objects.get()
    assert (decision.category, decision.outcome, decision.decided_on) == (None, None, None)


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_decision_stays_withdrawn():
    actions(source())
    Decision.objects.update(withdrawn_at="2024-01-01T00:00Z")
    assert actions(source(summary="Second.")) == ["updated"]
    assert not Decision.objects.published().exists()
    assert search.search(search.SearchQuery()).total == 0


@pytest.mark.django_db
def test_a_sample_and_a_real_decision_never_replace_each_other():
    actions(source())
    (result,) = preview([source(sample=True)])
    assert result.action == Action.FAILED
    report = ingest_all([source(sample=True)])
    assert [failure.reason for failure in report.failures] == [
        "90 000 001 is a real decision in this archive and cannot be replaced by an invented sample"
    ]
    assert not Decision.objects.get().is_sample


@pytest.mark.django_db
def test_names_that_differ_only_in_spelling_are_one_row():
    actions(
        source(reference="90 000 001", council="Bath & Wexcombe Council", outcome="Not upheld"),
        source(reference="90 000 002", council="BATH AND WEXCOMBE COUNCIL", outcome="Not Upheld"),
        source(reference="90 000 003", category="Children's care services > Fostering"),
        source(reference="90 000 004", category="Children’s care services > Fostering"),
    )
    assert Council.objects.filter(slug="bath-and-wexcombe-council").count() == 1
    assert Outcome.objects.filter(slug="not-upheld").count() == 1
    assert Category.objects.filter(name="Fostering").count() == 1


@pytest.mark.django_db
def test_failures_are_reported_by_name_and_the_rest_is_in():
    report = ingest_all(
        [
            Source("empty.txt", b""),
            source("good.txt"),
            Unreadable("bad.zip/x.txt", "the member is damaged"),
            Skipped("chart.png"),
            Source("long.txt", decision_text(council="Very " * 100 + "Long Council").encode()),
        ]
    )
    assert report.counts == {"created": 1, "skipped": 1, "failed": 3}
    reasons = {failure.name: failure.reason for failure in report.failures}
    assert set(reasons) == {"empty.txt", "bad.zip/x.txt", "long.txt"}
    assert reasons["bad.zip/x.txt"] == "the member is damaged"
    assert "empty" in reasons["empty.txt"]


@pytest.mark.django_db
def test_ingested_decisions_are_found_at_once():
    actions(source(paragraphs=("The drain overflowed.",)))
    assert search.search(search.SearchQuery("drains")).total == 1


@pytest.mark.django_db
def test_a_preview_says_what_would_happen_and_writes_nothing():
    actions(source())
    results = list(
        preview(
            [
                source(),
                source(outcome="Not upheld", category="Housing > Other"),
                source("new.txt", reference="90 000 002"),
                source("again.txt", reference="90 000 002", summary="Another."),
                Source("bad.txt", b"nothing"),
            ]
        )
    )
    assert [str(result.action) for result in results] == [
        "unchanged", "updated", "created", "updated", "failed",
    ]  # fmt: skip
    assert results[1].changed == ("category", "subcategory", "outcome")
    assert Decision.objects.count() == Capture.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_samples_can_be_removed():
    actions(
        source(reference="90 000 001", council="Only Sample Council", sample=True),
        source(reference="20 000 002", paragraphs=("A real bus.",)),
    )
    assert remove_samples() == 1
    assert Decision.objects.get().reference == "20 000 002"
    assert not Council.objects.filter(name="Only Sample Council").exists()
    assert search.search(search.SearchQuery("bus")).total == 1
    assert remove_samples() == 0


# The command ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_command_takes_directories_and_zips_and_says_what_it_did(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(decision_text("90 000 001"))
    (tmp_path / "in" / "notes.doc").write_text("not a decision")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("b.txt", decision_text("90 000 002"))
        archive.writestr("bad.txt", "hello")
    with pytest.raises(CommandError, match="1 could not be imported; all other files were"):
        call_command("ingest", tmp_path / "in", tmp_path / "b.zip")
    printed = capsys.readouterr()
    assert "2 created, 0 updated, 0 unchanged, 1 skipped, 1 failed" in printed.out
    assert "b.zip/bad.txt: " in printed.err
    skipped = "Skipped, because files of these kinds do not contain decisions: "
    assert f"{skipped}{tmp_path}/in/notes.doc\n" in printed.err
    assert Decision.objects.count() == 2


def everything_on(screen) -> bytes:
    """What was written to a terminal until it was closed, which Linux tells by an error."""
    written = b""
    with contextlib.suppress(OSError):
        while part := screen.read(4096):
            written += part
    return written


@pytest.mark.django_db
def test_a_terminal_shows_the_progress(tmp_path):
    for number in range(1, 41):
        (tmp_path / f"{number:03}.txt").write_text(decision_text(f"90 000 {number:03}"))
    master, slave = pty.openpty()
    with ThreadPoolExecutor() as threads, os.fdopen(master, "rb", buffering=0) as screen:
        shown = threads.submit(everything_on, screen)
        with (
            os.fdopen(slave, "w") as terminal,
            contextlib.redirect_stderr(terminal),
            IngestProgress(count_paths([tmp_path])) as progress,
        ):
            ingest_all(read_paths([tmp_path]), progress)
        text = shown.result().decode()
    assert "40 created" in text
    assert "━" in text


@pytest.mark.django_db
def test_the_command_reads_standard_input_and_prints_json(monkeypatch, capsys):
    records = "\n".join(
        json.dumps({"case_id": reference, "text": decision_text(reference)})
        for reference in ("90 000 001", "90 000 002")
    )
    stdin = io.TextIOWrapper(io.BytesIO(records.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    call_command("ingest", "-", "--json")
    assert json.loads(capsys.readouterr().out) == {
        "created": 2, "updated": 0, "unchanged": 0, "skipped": 0, "failed": 0, "failures": [],
        "skipped_files": [],
    }  # fmt: skip


# Real processes ------------------------------------------------------------------------------


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_killed_and_repeated_run_gives_the_same_archive_as_one_run(tmp_path):
    files = tmp_path / "in"
    files.mkdir()
    for number in range(1, 301):
        text = decision_text(f"90 000 {number:03}", council=f"Council {number % 7}")
        (files / f"{number:03}.txt").write_text(text)
        if number % 50 == 0:
            (files / f"{number:03}b.txt").write_text(text.replace("delayed", "was late"))

    kills = 0
    for delay in (0.02, 0.05, 0.1, 0.2, 0.4):
        process = _ingest_in_a_process(files)
        _wait_for_rows(process, Decision.objects.count())
        time.sleep(delay)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        process.communicate()
    assert kills >= 2
    last = _ingest_in_a_process(files)
    said = last.communicate()[1].decode()
    assert last.returncode == 0, said

    assert Decision.objects.count() == 300
    assert Capture.objects.count() == 306
    assert Decision.objects.filter(summary="The Council was late.").count() == 6
    for decision in Decision.objects.all():
        newest = decision.captures.first()
        assert decision.summary.encode() in bytes(newest.content)
    assert not search.verify()
    assert search.search(search.SearchQuery("council")).total == 300


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_two_concurrent_runs_import_everything_once(tmp_path):
    files = tmp_path / "in"  # the index is beside it
    files.mkdir()
    for number in range(1, 101):
        (files / f"{number:03}.txt").write_text(decision_text(f"90 000 {number:03}"))
    runs = [_ingest_in_a_process(files) for _ in range(2)]
    said = [run.communicate()[1].decode() for run in runs]
    assert [run.returncode for run in runs] == [0, 0], said
    assert Decision.objects.count() == Capture.objects.count() == 100
    assert not search.verify()


@pytest.mark.django_db(transaction=True)
def test_two_threads_with_files_of_one_decision_import_both():
    sources = [source(summary=f"Number {number}.") for number in range(8)]

    def take_in(file):
        ingest_all([file])
        connection.close()

    threads = [threading.Thread(target=take_in, args=[file]) for file in sources]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Decision.objects.count() == 1
    assert Capture.objects.count() == 8
    newest = Capture.objects.first()
    assert Decision.objects.get().summary.encode() in bytes(newest.content)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_concurrent_writers_never_leave_the_index_behind():
    """Changes become visible in the order of their numbers, so none is ever skipped."""

    def write(thread):
        for number in range(20):
            make_decision(f"90 {thread:03} {number:03}", council=f"Council {thread}")
            search.catch_up()
        connection.close()

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    search.catch_up()
    assert not search.verify()
    assert search.search(search.SearchQuery()).total == 80


def _ingest_in_a_process(path) -> subprocess.Popen:
    """`manage.py ingest` in the test's own database and index."""
    script = (
        "import sys, django\n"
        "from django.conf import settings\n"
        "django.setup()\n"
        "settings.DATABASES['default']['NAME'] = sys.argv[1]\n"
        "from pathlib import Path\n"
        "settings.INDEX_DIR = Path(sys.argv[2])\n"
        "from django.core.management import call_command\n"
        "call_command('ingest', sys.argv[3])\n"
    )
    name = connection.settings_dict["NAME"]
    arguments = [sys.executable, "-c", script, name, str(settings.INDEX_DIR), str(path)]
    environment = bytecode.shared({**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"})
    return subprocess.Popen(
        arguments,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _wait_for_rows(process, before: int) -> None:
    """Until the process has written something, or has ended."""
    while process.poll() is None and Decision.objects.count() == before:
        time.sleep(0.01)
