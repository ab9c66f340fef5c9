"""What PostgreSQL refuses, and what it refuses only this time."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection

from decisions.ingest import ingest_all
from decisions.ingest.batches import File, read_batches
from decisions.ingest.lookups import LookupCache
from decisions.ingest.results import Action
from decisions.ingest.writer import ATTEMPTS, write
from decisions.models import Capture, Decision, Erasure
from decisions.sources import Source
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)


def files(count: int) -> list[Source]:
    return [Source(f"{n}.txt", decision_text(f"90 000 {n:03}").encode()) for n in range(count)]


@pytest.fixture
def refuse():
    """Makes PostgreSQL refuse so many inserts of decisions, with an error of a class."""

    def refuse(times: int, error: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE SEQUENCE attempts;"
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF nextval('attempts') <= {times} THEN"
                f" RAISE EXCEPTION 'refused for a test' USING ERRCODE = '{error}';"
                " END IF; RETURN NEW; END $$;"
                "CREATE TRIGGER refuse BEFORE INSERT ON decisions_decision"
                " FOR EACH ROW EXECUTE FUNCTION refuse()"
            )

    yield refuse
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION refuse CASCADE; DROP SEQUENCE attempts")


def test_a_file_is_written_again_after_a_deadlock(refuse: Callable[[int, str], None]) -> None:
    refuse(ATTEMPTS - 1, "deadlock_detected")
    assert ingest_all(files(1)).counts == {"created": 1}
    assert Capture.objects.get().decision == Decision.objects.get()


def test_a_file_fails_after_too_many_deadlocks(refuse: Callable[[int, str], None]) -> None:
    refuse(ATTEMPTS, "deadlock_detected")
    report = ingest_all(files(1))
    (failure,) = report.failures
    assert (failure.name, "refused for a test" in failure.reason) == ("0.txt", True)
    assert not Decision.objects.exists()


def test_after_a_deadlock_every_file_of_the_batch_is_written(
    refuse: Callable[[int, str], None],
) -> None:
    refuse(1, "deadlock_detected")
    assert ingest_all(files(5)).counts == {"created": 5}


@pytest.mark.parametrize(
    ("error", "attempts"),
    [("numeric_value_out_of_range", 1), ("check_violation", ATTEMPTS)],
)
def test_only_an_error_that_may_pass_is_tried_again(
    refuse: Callable[[int, str], None], error: str, attempts: int
) -> None:
    refuse(1_000, error)
    assert ingest_all(files(1)).counts == {"failed": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM attempts")
        assert cursor.fetchone() == (attempts,)


def test_a_file_whose_decision_was_erased_after_it_was_read_is_refused() -> None:
    [parts] = read_batches(files(2))
    read = [part for part in parts if isinstance(part, File)]
    Erasure.objects.create(reference="90 000 001", reason="court")
    created, refused = write(read, LookupCache())
    assert (created.action, refused.action) == (Action.CREATED, Action.REFUSED)
    assert "It is not imported again." in refused.reason
    assert Decision.objects.get().reference == "90 000 000"
    text = decision_text("90 000 002").replace("90 000 002", "90 000 002, 90 000 001")
    report = ingest_all([Source("both.txt", text.encode())])
    assert report.counts == {"refused": 1}, "it states the reference beside its own"


def test_an_error_that_no_file_caused_ends_the_import(
    refuse: Callable[[int, str], None],
) -> None:
    """All other files would fail too."""
    refuse(1, "disk_full")
    with pytest.raises(DatabaseError, match="refused for a test"):
        ingest_all(files(2))
