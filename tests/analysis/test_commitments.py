"""Every pattern matches its example."""

import pytest

from decisions.analysis.action_patterns import ACTION_PATTERNS, Pattern
from decisions.analysis.commitment_patterns import (
    ASIDE_PATTERN,
    BLOCKING_PATTERNS,
    COMMITMENT_PATTERNS,
)
from decisions.analysis.commitments import find_commitments
from decisions.analysis.passages import split
from decisions.analysis.remedies import REMEDIES, remedies
from tests.analysis.remedy_cases import decide


@pytest.mark.parametrize(
    "pattern", ACTION_PATTERNS, ids=lambda pattern: f"{pattern.meaning}: {pattern.example}"
)
def test_action_patterns_match_their_examples(pattern: Pattern) -> None:
    (remedy,) = remedies(split(decide(pattern.example)))
    assert remedy.kind == pattern.meaning
    assert pattern.meaning in REMEDIES


@pytest.mark.parametrize(
    "pattern", [*COMMITMENT_PATTERNS, ASIDE_PATTERN], ids=lambda pattern: pattern.example
)
def test_commitment_patterns_match_their_examples(pattern: Pattern) -> None:
    sentence = find_commitments(
        pattern.example, 0, len(pattern.example), committed=False, strict=False, endorsed=False
    )
    assert [commitment.kind for commitment in sentence.commitments] == ["payment"]


@pytest.mark.parametrize("pattern", BLOCKING_PATTERNS, ids=lambda pattern: pattern.example)
def test_blocking_patterns_match_their_examples(pattern: Pattern) -> None:
    sentence = find_commitments(
        pattern.example, 0, len(pattern.example), committed=False, strict=False, endorsed=False
    )
    assert sentence.commitments == ()
    assert sentence.blocked
