"""Every file in tests/examples, parsed, against the expectation beside it.

A missing or wrong expectation fails and writes X.actual.json; read it, and when it is right
rename it to X.expected.json.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from decisions.documents import sections_from_json, sections_to_json
from decisions.parsing import parse
from decisions.sources import Source, read_bytes
from tests.wording import words_of_document, words_of_text

EXAMPLES = Path(__file__).parents[1] / "examples"
SUFFIXES = {
    *(".txt", ".html", ".json", ".jsonl"),
    *(".mhtml", ".webarchive", ".docx", ".odt", ".pdf", ".md"),
}
FILES = sorted(
    path
    for path in EXAMPLES.rglob("*.*")
    if path.suffix in SUFFIXES and not path.name.endswith((".expected.json", ".actual.json"))
)
LAYOUTS = {
    "full",
    "compact",
    "no-header",
    "contents-list",
    "cookies-first",
    "report-summary",
    "report-chapter",
    "joint-health",
    "incomplete",
    "html",
    "json",
    "mhtml",
    "webarchive",
    "word",
    "opendocument",
    "pdf",
    "markdown",
}


def name_of(path: Path) -> str:
    return str(path.relative_to(EXAMPLES))


def parse_all(path: Path) -> list[Any]:
    sources = list(read_bytes(path.name, path.read_bytes()))
    assert all(isinstance(source, Source) for source in sources), sources
    return [parse(source.data, source.name, source.url, source.charset) for source in sources]


def test_every_layout_has_an_example():
    assert {path.parent.name for path in FILES} == LAYOUTS


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_example(path: Path):
    actual = [document.to_json() for document in parse_all(path)]
    text = json.dumps(actual, ensure_ascii=False, indent=1) + "\n"
    expected_path = path.with_name(f"{path.stem}.expected.json")
    if not expected_path.exists() or json.loads(expected_path.read_text()) != actual:
        path.with_name(f"{path.stem}.actual.json").write_text(text)
    assert expected_path.exists(), f"read {path.stem}.actual.json, and rename it if it is right"
    assert actual == json.loads(expected_path.read_text())


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_example_comes_back_from_json(path: Path):
    for document in parse_all(path):
        assert sections_from_json(sections_to_json(document.sections)) == document.sections


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".txt"], ids=name_of)
def test_no_word_of_a_text_is_lost(path: Path):
    (document,) = parse_all(path)
    assert words_of_document(document) == words_of_text(path.read_text())


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".jsonl"], ids=name_of)
def test_no_word_of_a_record_is_lost(path: Path):
    lines = [line for line in path.read_text().splitlines() if line]
    for line, document in zip(lines, parse_all(path), strict=True):
        text = words_of_text(json.loads(line)["text"])
        assert text - words_of_document(document) == {}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/page.*[!n]")), ids=name_of)
def test_a_page_is_read_alike_in_every_form(path: Path):
    """They were made of the same page: by LibreOffice and by Chromium's printing."""
    (page,) = parse_all(EXAMPLES / "html" / "saved-page.html")
    (document,) = parse_all(path)
    assert replace(document, source_url=None) == replace(page, source_url=None)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/text.*[!n]")), ids=name_of)
def test_a_text_is_read_alike_in_every_form(path: Path):
    (document,) = parse_all(path)
    assert [document] == parse_all(EXAMPLES / "full" / "plain.txt")


def test_expectations_have_their_files():
    expected = {name_of(path) for path in EXAMPLES.rglob("*.expected.json")}
    assert expected == {name_of(path.with_suffix(".expected.json")) for path in FILES}
