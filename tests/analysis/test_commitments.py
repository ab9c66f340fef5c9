"""Every pattern matches its example, and what commits a body to an action."""

import pytest

from decisions.analysis.action_patterns import ACTION_PATTERNS
from decisions.analysis.commitment_patterns import (
    ASIDE_PATTERN,
    BLOCKING_PATTERNS,
    COMMITMENT_PATTERNS,
)
from decisions.analysis.commitments import find_commitments, lowered
from decisions.analysis.passages import split
from decisions.analysis.pattern import Pattern
from decisions.analysis.remedies import REMEDIES, remedies
from tests.analysis.remedy_cases import decide


def test_action_patterns_match_their_examples() -> None:
    for pattern in ACTION_PATTERNS:
        kinds = [remedy.kind for remedy in remedies(split(decide(pattern.example)))]
        assert kinds == [pattern.meaning], pattern.example
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


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        # A new "it will" commits the body again; "will" alone is part of what staff are told.
        (
            "the council will remind staff of its policy, and it will reassess mr x.",
            ["reminder", "reassessment"],
        ),
        # After a reminder, a payment counts if a sum stands near it in the sentence.
        ("the council will remind staff of the policy and pay mr x £300.", ["reminder", "payment"]),
        ("the council will remind staff to check and pay bills.", ["reminder"]),
        # A refused action does not count, even beside a recommendation.
        ("i recommend that the council, which has refused to pay him £50, thinks again.", []),
        (
            "the council did not keep its records for the whole of the period that mr x complained"
            " of, and nobody noticed it until he asked, so i recommend, for that, it pay him £50.",
            ["payment"],
        ),
    ],
)
def test_which_actions_a_sentence_commits_to(text: str, kinds: list[str]) -> None:
    sentence = find_commitments(text, 0, len(text), committed=False, strict=False, endorsed=False)
    assert [commitment.kind for commitment in sentence.commitments] == kinds


def test_a_sum_of_the_next_sentence_makes_no_payment_of_this_one() -> None:
    text = "the council will remind staff to check and pay bills. mr x paid £50."
    end = text.index(". ") + 1
    sentence = find_commitments(text, 0, end, committed=False, strict=False, endorsed=False)
    assert [commitment.kind for commitment in sentence.commitments] == ["reminder"]


@pytest.mark.parametrize(
    ("text", "commits"),
    [
        ("apologise to mr x", True),
        ("it has refused to do so", False),
        ("mr x will do so", False),
        ("apologise to mr x for what it failed to do", True),
        ("apologise to mr x, who will reply", True),
    ],
)
def test_whether_an_entry_commits_what_follows_it(text: str, commits: bool) -> None:
    sentence = find_commitments(text, 0, len(text), committed=True, strict=False, endorsed=False)
    assert sentence.commits is commits


def test_lower_case_keeps_every_character_in_its_place() -> None:
    assert lowered("ÉCOLE A to Z") == "école a to z"
    assert lowered("İ AGREED to BUZZ") == "İ agreed to buzz"
