"""A small, seeded part of `make fuzz`: the same few hundred inputs in every run."""

import random

import pytest

from tests.tools.fuzz.mutate import mutant
from tests.tools.fuzz.seeds import FORMATS
from tests.tools.fuzz.target import check

INPUTS = 80


@pytest.mark.parametrize("format", FORMATS)
def test_mutants_end_in_decisions_or_reasons(format):
    chance = random.Random(f"{format} 2026")
    outcomes = [check(mutant(format, chance), format) for _ in range(INPUTS)]
    assert sum(outcome["decisions"] for outcome in outcomes) > INPUTS / 4
