"""What the real files and the samples cite."""

import re
from pathlib import Path

import pytest

from decisions.analysis.citations import Citation, citations
from decisions.analysis.passages import split
from decisions.analysis.provisions import Provision
from decisions.documents import Document
from decisions.parsing import parse
from decisions.sample import generate
from tests.analysis.documents import words_at
from tests.real_files import SHARED

EXPECTED = {
    # As a person reads the real statements, the layouts and the reports.
    "decisions/20-009-466.txt": [
        ("LGA 1974 s 24A(6)", 2),
        ("LGA 1974 s 24A(6)", 3),
        ("LGA 1974 s 26B", 4),
        ("LGA 1974 s 34D", 4),
    ],
    "decisions/21-019-030.txt": [
        ("LGA 1974 Sch 5 para 1", 2),
        ("LGA 1974 Sch 5A para 3", 2),
        ("LGA 1974 s 34(3)", 3),
        ("LGA 1974 s 24A(6)", 4),
        ("LGA 1974 s 24A(6)", 5),
    ],
    "layouts/91-007-075.txt": [("LGA 1974 s 24A(6)", None)],
    "layouts/91-010-067a.txt": [("LGA 1974 s 33ZA", 5), ("HSCA 1993 s 18ZA", 5)],
    "layouts/92-010-047.txt": [("LGA 1974", 2), ("LGA 1974 Sch 5 para 5", 2)],
    "layouts/92-010-785.txt": [
        ("LGA 1974 s 26(1)", 2),
        ("LGA 1974 s 26A(1)", 2),
        ("LGA 1974 s 26(1)", 3),
        ("LGA 1974 s 26B", 4),
        ("LGA 1974 s 34D", 4),
    ],
    "layouts/92-016-761.txt": [
        ("LGA 1974", 2),
        ("LGA 1974 s 24A(6)", None),
        ("LGA 1974 s 24A(7)", None),
        ("LGA 1974 s 25", 4),
        ("LGA 1974 s 34A", 4),
    ],
    "layouts/93-015-238.txt": [
        ("LGA 1974 s 24A(6)", None),
        ("LGA 1974 s 34B", None),
        ("LGA 1974 s 30(1B)", 3),
        ("LGA 1974 s 34H(1)", 3),
    ],
    "layouts/95-006-053.txt": [
        ("LGA 1974 s 26A(2)", None),
        ("LGA 1974 s 24A(6)", None),
        ("LGA 1974 s 34B", None),
        ("LGA 1974 s 24A(7)", 5),
    ],
    "layouts/95-018-071.txt": [("LGA 1974", 2), ("LGA 1974 Sch 5 para 5(b)", 3)],
    "layouts/97-002-402b.txt": [],
    "layouts/98-008-423.txt": [("LGA 1974 s 24A(6)", 2)],
    "layouts/98-017-200.txt": [("LGA 1974 s 26(1)", 3), ("LGA 1974 s 26A(1)", 3)],
    "layouts/99-011-568.txt": [("LGA 1974 s 26(1)", 3), ("LGA 1974 s 26A(1)", 3)],
    "decisions/records/15-016-298.json": [],
    "decisions/records/15-017-863.json": [],
    "decisions/records/15-018-169.json": [],
    "decisions/records/15-018-561.json": [],  # "section 17 child in need support", no act
    "decisions/records/15-019-136.json": [],
    "decisions/records/15-020-236.json": [],
}


def read(name: str) -> Document:
    return parse((SHARED / name).read_bytes(), Path(name).name)


@pytest.mark.real_files
@pytest.mark.parametrize("name", EXPECTED)
def test_real_files(name):
    found = [(one.provision.short, one.evidence.number) for one in citations(split(read(name)))]
    assert found == EXPECTED[name]


@pytest.mark.real_files
def test_no_real_file_is_left_out():
    files = [*SHARED.glob("decisions/*-*.txt"), *SHARED.glob("decisions/records/*.json")]
    files += SHARED.glob("layouts/*.txt")
    assert {path.relative_to(SHARED).as_posix() for path in files} == EXPECTED.keys()


@pytest.fixture(scope="module")
def samples() -> list[Document]:
    return [parse(data, name) for name, data in generate(600, 1)]


def test_the_samples(samples):
    """Keys are well formed, one provision has one, and every finding survives storage."""
    by_key: dict[str, Provision] = {}
    for document in samples:
        for citation in citations(split(document)):
            provision = citation.provision
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", provision.key)
            assert by_key.setdefault(provision.key, provision) == provision
            assert words_at(document, citation)
            assert Citation.from_json(citation.to_json()) == citation
    assert len(by_key) == 141
    # The acts of the sample's own texts and no piece of a sentence.
    titles = {provision.title for provision in by_key.values()}
    assert all(len(title.split()) <= 10 for title in titles)
    assert not [title for title in titles if title.startswith(("The ", "Under ", "In "))]


def test_no_act_named_in_the_samples_is_overlooked(samples):
    named = re.compile(r"Act (?:19|20)\d\d\b(?! \(Regulated| Representations)")
    for document in samples:
        decision = split(document)
        mentioned = citations(decision)
        for passage in decision.passages:
            years = {mention[0][-4:] for mention in named.finditer(passage.text)}
            found = {
                str(one.provision.year)
                for one in mentioned
                if one.evidence.section == passage.section
                and one.evidence.paragraph == passage.paragraph
                and one.evidence.item == passage.item
            }
            assert years <= found, passage.text
