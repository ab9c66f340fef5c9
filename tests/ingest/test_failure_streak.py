"""A file in which thousands of entries in a row cannot be read is given up, and says so."""

import pytest

from decisions.ingest import failure_streak, ingest_all, preview
from decisions.models import IngestFailure
from decisions.pipeline import worker_pool
from decisions.sources import Skipped, Source, read_bytes
from tests.archives import make_zip
from tests.texts import decision_text

pytestmark = pytest.mark.django_db

GIVEN_UP = "not tried, and nothing after it either: 150 entries of this file in a row could not be"
NOTHING = b"{}\n" * 1_000
DECISION = decision_text().encode()


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(failure_streak, "MAX_FAILURES", 150)
    # Where the batches begin that are already on their way depends on the processes.
    monkeypatch.setattr(worker_pool, "IN_PROCESS_FILES", 10_000)


def test_the_rest_of_the_file_is_not_tried_and_other_files_are():
    files = [*read_bytes("x.jsonl", NOTHING), *read_bytes("a.txt", DECISION)]
    report = ingest_all(files)
    # A batch has 100 entries: the file is given up after the second.
    assert len(report.failures) == 201
    last = report.failures[-1]
    assert last.name == "x.jsonl:201"
    assert last.reason.startswith(GIVEN_UP)
    assert IngestFailure.objects.count() == 201
    assert report.counts["created"] == 1
    assert [result.action for result in preview(files)][-3:] == ["failed", "failed", "unchanged"]


def test_what_is_skipped_neither_counts_nor_ends_the_row():
    pictures = [Skipped(f"{number}.png", "x.zip") for number in range(300)]
    failing = [Source(f"{number}.txt", b"a list", file="x.zip") for number in range(100)]
    assert len(ingest_all([*failing, *pictures, *failing]).failures) == 200
    more = [*failing, *pictures, *failing, *failing]
    assert ingest_all(more).failures[-1].reason.startswith(GIVEN_UP)


def test_a_decision_ends_the_row():
    members = {f"{number:03}.txt": b"a list" for number in range(280)}
    members["140.txt"] = DECISION
    report = ingest_all(read_bytes("x.zip", make_zip(members)))
    assert len(report.failures) == 279
    assert not any(failure.reason.startswith(GIVEN_UP) for failure in report.failures)


def test_files_that_are_named_one_by_one_are_all_tried():
    files = [Source(f"{number}.txt", b"a list", file=f"{number}.txt") for number in range(500)]
    assert len(ingest_all(files).failures) == 500
