"""A small, seeded part of `make fuzz`: the same few hundred inputs in every run."""

import random
from dataclasses import replace

import pytest

from decisions.parsing import parse
from tests.tools.fuzz import target
from tests.tools.fuzz.mutate import mutant
from tests.tools.fuzz.seeds import FORMATS
from tests.tools.fuzz.target import check

INPUTS = 80
# Of PDFs, each of which forks a process.
PDFS = 20


@pytest.mark.parametrize("format", FORMATS)
def test_mutants_end_in_decisions_or_reasons(format):
    chance = random.Random(f"{format} 2026")
    inputs = PDFS if format == "pdf" else INPUTS
    outcomes = [check(mutant(format, chance), format) for _ in range(inputs)]
    assert sum(outcome["decisions"] for outcome in outcomes) > inputs / 4


HEADER = "A Council (21 019 030)\nCategory : Housing > Repairs\nDecision : Upheld\n"
TEXT = "The complaint\n\n  1. Mr X complained of rain.\n  2. He was wet.\n"


@pytest.mark.parametrize("again", ["Category : Housing > \f\fRepairs\n", "Category : Housing\n"])
def test_what_a_mangled_header_states_again_is_not_missed(again):
    outcomes = check((HEADER + again + TEXT).encode(), "text")
    assert outcomes["words compared"] == 1


def test_a_word_that_the_document_lost_is_missed(monkeypatch):
    def without_wet(*arguments):
        document = parse(*arguments)
        (section,) = document.sections
        return replace(document, sections=(section._replace(paragraphs=section.paragraphs[:1]),))

    monkeypatch.setattr(target, "parse", without_wet)
    with pytest.raises(target.Failure, match="lost words: He was wet"):
        check((HEADER + TEXT).encode(), "text")
