"""The real files and the layout samples that lie beside the checkout, in ../shared."""

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from decisions.documents import Document, Paragraph
from decisions.parsing import parse
from tests.real_files import DECISIONS, LAYOUTS
from tests.wording import words_of_document, words_of_text

pytestmark = pytest.mark.real_files

LAYOUT_FILES = sorted(LAYOUTS.glob("*.txt"))
RECORDS = sorted((DECISIONS / "records").glob("*.json"))


def read(path: Path) -> Document:
    return parse(path.read_bytes(), path.name)


def section(document: Document, heading: str) -> list[Paragraph]:
    (found,) = (part for part in document.sections if part.heading == heading)
    return list(found.paragraphs)


def test_the_files_are_there():
    assert len(LAYOUT_FILES) == 12
    assert len(RECORDS) == 6


def test_statement_21_019_030():
    document = read(DECISIONS / "21-019-030.txt")
    assert document.reference == "21 019 030"
    assert document.council == "Kent County Council"
    assert (document.category, document.subcategory) == (
        "Children's care services",
        "Child protection",
    )
    assert document.outcome == "Closed after initial enquiries"
    assert document.decided_on == datetime.date(2022, 4, 20)
    assert document.kind == "statement"
    assert document.warnings == ()
    assert [(part.heading, part.level) for part in document.sections] == [
        ("The complaint", 1),
        ("The Ombudsman’s role and powers", 1),
        ("How I considered this complaint", 1),
        ("My assessment", 1),
        ("Final decision", 1),
        ("Investigator's decision on behalf of the Ombudsman", 1),
    ]
    assert [paragraph.number for paragraph in document.paragraphs()] == list(range(1, 15))


def test_paragraph_three_is_the_one_that_paragraph_ten_points_to():
    paragraphs = {p.number: p for p in read(DECISIONS / "21-019-030.txt").paragraphs()}
    assert "the reasons set out in paragraph three" in paragraphs[10].text
    assert paragraphs[3].text.startswith("We cannot question whether a council’s decision")


def test_statement_20_009_466():
    document = read(DECISIONS / "20-009-466.txt")
    assert document.reference == "20 009 466"
    assert document.decided_on == datetime.date(2021, 2, 24)
    assert [paragraph.number for paragraph in document.paragraphs()] == list(range(1, 12))
    assert [(part.heading, part.level) for part in document.sections][3:5] == [
        ("What I found", 1),
        ("Analysis", 2),
    ]
    (analysis,) = section(document, "Analysis")
    assert [item.label for item in analysis.items] == ["a", "b", "c", "d", "e"]
    assert analysis.items[3].text.endswith("the £600 already offered.")
    bullets = section(document, "The Ombudsman’s role and powers")[0].items
    assert [item.label for item in bullets] == [None, None, None]


@pytest.mark.parametrize("name", ["20-009-466.txt", "21-019-030.txt"])
def test_furniture_is_gone(name):
    whole = json.dumps(read(DECISIONS / name).to_json(), ensure_ascii=False)
    for furniture in ("cookies", "Back to top", "Print this page", "LGO logogram", "Privacy"):
        assert furniture not in whole


@pytest.mark.parametrize(
    "path", [*sorted(DECISIONS.glob("*-*.txt")), *LAYOUT_FILES], ids=lambda path: path.name
)
def test_no_word_is_lost(path):
    text = path.read_text()
    assert words_of_document(read(path)) == words_of_text(text)


@pytest.mark.parametrize("path", LAYOUT_FILES, ids=lambda path: path.name)
def test_layout_sample(path):
    expected: dict[str, Any] = json.loads(path.with_suffix(".expected.json").read_text())
    actual = read(path).to_json()
    fields = ("reference", "council", "category", "subcategory", "outcome", "decided_on")
    assert {field: actual[field] for field in fields} == {
        field: expected[field] for field in fields
    }
    is_report = expected["layout"].startswith("report")
    assert actual["kind"] == ("report" if is_report else "statement")


@pytest.mark.parametrize("path", LAYOUT_FILES, ids=lambda path: path.name)
def test_layout_sample_numbers_run_on(path):
    numbers = [p.number for p in read(path).paragraphs() if p.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.name)
def test_record(path):
    record = json.loads(path.read_text())
    document = read(path)
    assert document.reference == record["case_id"]
    assert document.kind == "report"
    assert document.council is None
    assert document.warnings == ("no council",)
    assert document.category == record["category"]
    assert document.subcategory == record["subcategory"]
    assert document.outcome == record["outcome"]
    assert document.decided_on == datetime.date.fromisoformat(record["date"])
    assert document.source_url == record["url"]
    assert [part.heading for part in document.sections] == [
        "The complaint",
        "Finding",
        "Recommendations",
    ]
    assert all(paragraph.number is None for paragraph in document.paragraphs())
    assert words_of_text(record["text"]) == words_of_document(document)


def test_recommendations_of_a_record_become_items():
    document = read(DECISIONS / "records" / "15-016-298.json")
    to_remedy, *rest = section(document, "Recommendations")
    assert len(to_remedy.items) == 5
    assert to_remedy.items[4].text.startswith("pay the grandparents  £400")
    assert len(rest) == 3


def test_the_address_tells_the_category_of_a_compact_file():
    path = LAYOUTS / "95-006-053.txt"
    url = json.loads(path.with_suffix(".expected.json").read_text())["source_url"]
    document = parse(path.read_bytes(), path.name, url)
    assert (document.category, document.subcategory) == ("Adult care services", "Charging")
    assert "category read from the address" in document.warnings
    assert document.outcome is None
    assert document.decided_on is None
    assert document.source_url == url
