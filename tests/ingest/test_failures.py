"""The record of the files that could not be imported says what holds now."""

import pytest

from decisions.ingest import ingest_all
from decisions.models import IngestFailure
from decisions.sources import Source, Unreadable
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)  # so that each run has a time of its own

GOOD = Source("a.txt", decision_text().encode())
BAD = Source("a.txt", b"a shopping list")


def recorded() -> dict[str, str]:
    return dict(IngestFailure.objects.values_list("name", "reason"))


def test_a_file_that_fails_again_is_recorded_with_its_last_reason_and_time() -> None:
    ingest_all([Unreadable("a.txt", "the first reason"), Unreadable("b.txt", "another")])
    first = IngestFailure.objects.get(name="a.txt")
    ingest_all([Unreadable("a.txt", "the second reason")])
    second = IngestFailure.objects.get(name="a.txt")
    assert (second.reason, second.first_at) == ("the second reason", first.first_at)
    assert second.last_at > first.last_at
    assert [failure.name for failure in IngestFailure.objects.all()] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("is_recorded", [False, True])
def test_of_files_with_one_name_the_last_counts(is_recorded: bool) -> None:
    if is_recorded:
        ingest_all([BAD])
    ingest_all([BAD, GOOD])
    assert recorded() == {}
    ingest_all([GOOD, BAD])
    assert list(recorded()) == ["a.txt"]


def test_the_record_is_deleted_when_the_archive_holds_the_bytes_already() -> None:
    ingest_all([GOOD, Unreadable("copy.txt", "it was cut off")])
    assert list(recorded()) == ["copy.txt"]
    ingest_all([Source("copy.txt", GOOD.data)])
    assert recorded() == {}


def test_names_that_postgresql_cannot_store_are_recorded_and_deleted_too() -> None:
    name = "caf\udce9\0.txt"  # as Python reads a name that is not UTF-8
    ingest_all([Unreadable(name, "cut off at \0")])
    assert recorded() == {"caf?.txt": "cut off at "}
    ingest_all([Source(name, GOOD.data)])
    assert recorded() == {}
