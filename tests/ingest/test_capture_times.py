"""The newest capture is shown, in whatever order the files come."""

import datetime

import pytest
from django.utils import timezone

from decisions.documents import CaptureBasis, CaptureTime
from decisions.ingest import ingest_all, preview
from decisions.models import Capture, Decision
from decisions.sources import Source
from tests.texts import decision_text

pytestmark = pytest.mark.django_db

PAGE = "https://www.lgo.org.uk/decisions/education/other/90-000-001"


def capture(summary: str, year: int | None, basis: CaptureBasis = CaptureBasis.WARC, url=PAGE):
    time = year and CaptureTime(datetime.datetime(year, 6, 1, tzinfo=datetime.UTC), basis)
    return Source(f"{summary}.txt", decision_text(summary=summary).encode(), url, captured=time)


def actions(*sources: Source) -> list[str]:
    results = []
    ingest_all(sources, results.append)
    return [str(result.action) for result in results]


def shown() -> Decision:
    return Decision.objects.get(reference="90 000 001")


def history() -> list[tuple[str, int, str]]:
    return [
        (one.name, one.captured_at.year, one.captured_from)
        for one in shown().captures.order_by("captured_at")
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_an_older_capture_goes_into_the_history(at_once):
    newer, older = capture("Newer.", 2023), capture("Older.", 2021)
    if at_once:
        assert actions(newer, older) == ["created", "older"]
    else:
        assert actions(newer) == ["created"]
        before = Decision.objects.values().get()
        assert actions(older) == ["older"]
        assert Decision.objects.values().get() == before
    assert shown().summary == "Newer."
    assert history() == [("Older..txt", 2021, "warc"), ("Newer..txt", 2023, "warc")]
    assert actions(older, newer) == ["unchanged", "unchanged"]
    assert shown().summary == "Newer."


def test_the_order_of_reading_may_be_the_order_of_receiving():
    assert actions(capture("Older.", 2021), capture("Newer.", 2023)) == ["created", "updated"]
    assert shown().summary == "Newer."


def test_of_captures_read_at_the_same_time_the_last_received_is_shown():
    assert actions(capture("One.", 2021), capture("Two.", 2021)) == ["created", "updated"]
    assert shown().summary == "Two."


def test_a_file_without_a_time_was_read_when_it_was_received():
    assert actions(capture("Warc.", 2023), capture("Plain.", None)) == ["created", "updated"]
    assert history()[1] == ("Plain..txt", timezone.now().year, "received")


def test_a_time_after_today_is_an_error_of_a_clock():
    assert actions(capture("Wrong.", 2999), capture("Plain.", None)) == ["created", "updated"]
    assert shown().summary == "Plain."
    assert {basis for _, _, basis in history()} == {"received"}


@pytest.mark.parametrize(
    ("url", "basis", "expected"),
    [
        (PAGE, CaptureBasis.FILE, (2020, "file")),
        (
            f"https://web.archive.org/web/20190102030405/{PAGE}",
            CaptureBasis.WARC,
            (2019, "web-archive"),
        ),
    ],
)
def test_the_best_basis_counts(url, basis, expected):
    actions(capture("One.", 2020, basis, url))
    ((_, *found),) = history()
    assert tuple(found) == expected
    assert shown().source_url == PAGE


def test_an_address_in_the_record_is_led_back_too():
    record = (
        b'{"case_id": "90-000-001", "url": "https://web.archive.org/web/20190102030405/%s",'
        b' "text": "Summary\\nIt was late.\\nThe complaint\\nNone."}' % PAGE.encode()
    )
    actions(Source("a.json", record))
    assert shown().source_url == PAGE
    assert history() == [("a.json", 2019, "web-archive")]


def test_a_time_that_is_stated_later_corrects_a_guessed_one():
    """As in an archive of an earlier version, which knew only when it had received the files."""
    newer, older = capture("Newer.", None), capture("Older.", None)
    assert actions(newer, older) == ["created", "updated"]
    assert shown().summary == "Older."
    assert actions(capture("Newer.", 2023)) == ["unchanged"]
    assert actions(capture("Older.", 2021)) == ["updated"]
    assert shown().summary == "Newer."
    assert [name for name, *_ in history()] == ["Older..txt", "Newer..txt"]
    assert Capture.objects.count() == 2
    assert actions(capture("Older.", 2021, CaptureBasis.FILE)) == ["unchanged"]
    assert shown().summary == "Newer."


def test_bytes_that_the_source_had_again_are_the_newest():
    other = Source("other.txt", decision_text("90 000 002").encode())
    assert actions(capture("A.", 2020), capture("B.", 2021), other)[:2] == ["created", "updated"]
    assert actions(capture("A.", 2022)) == ["updated"]
    assert shown().summary == "A."
    assert actions(capture("A.", 2019), capture("B.", 2021)) == ["unchanged", "unchanged"]
    assert shown().summary == "A."


def test_a_time_after_today_corrects_nothing():
    actions(capture("A.", 2020), capture("B.", 2021))
    assert actions(capture("A.", 2999)) == ["unchanged"]
    assert shown().summary == "B."
    assert [year for _, year, _ in history()] == [2020, 2021]


def test_of_two_times_for_the_same_bytes_in_one_batch_the_later_holds():
    actions(capture("A.", 2020))
    assert actions(capture("A.", 2022), capture("A.", 2021)) == ["unchanged", "unchanged"]
    assert history() == [("A..txt", 2022, "warc")]


@pytest.mark.django_db(transaction=True)  # each import has a time and a change number of its own
def test_a_decision_that_shows_an_earlier_capture_again_shows_all_of_it():
    """It is read once more with the address and the charset with which it came."""
    older = "https://www.lgo.org.uk/decisions/education/older/90-000-001"

    def in_polish(year: int) -> Source:
        at = CaptureTime(datetime.datetime(year, 6, 1, tzinfo=datetime.UTC), CaptureBasis.WARC)
        data = decision_text(summary="Łódź was late.").encode("cp1250")
        return Source("a.txt", data, older, "windows-1250", captured=at)

    assert actions(in_polish(2020), capture("B.", 2021)) == ["created", "updated"]
    before = shown()
    assert (before.summary, before.source_url) == ("B.", PAGE)
    assert actions(in_polish(2022)) == ["updated"]
    after = shown()
    assert (after.summary, after.source_url) == ("Łódź was late.", older)
    assert after.updated_at > before.updated_at
    assert after.change > before.change


def test_the_preview_says_the_same():
    newer, older = capture("Newer.", 2023), capture("Older.", 2021)
    assert [str(one.action) for one in preview([newer, older])] == ["created", "older"]
    actions(newer)
    assert [str(one.action) for one in preview([older, capture("Last.", 2024)])] == [
        "older",
        "updated",
    ]


@pytest.mark.parametrize("text", ["Shown.", "Another."])
def test_a_file_of_a_withdrawn_decision_says_so(text):
    actions(capture("Shown.", 2021))
    Decision.objects.update(withdrawn_at=timezone.now())
    (result,) = preview([capture(text, 2022)])
    assert result.withdrawn
    assert (result.reference or result.document.reference) == "90 000 001"
    results = []
    ingest_all([capture(text, 2022)], results.append)
    assert results[0].withdrawn
    assert shown().withdrawn_at
