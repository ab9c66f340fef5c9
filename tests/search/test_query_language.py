"""What a reader typed, and what it was taken for: nothing is an error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.search.query_language import (
    MAX_DEPTH,
    MAX_NEAR,
    MAX_UNITS,
    Word,
    parse,
)
from decisions.search.query_nodes import describe, positive_terms


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("school transport", "school and transport"),
        ("school AND transport", "school and transport"),
        ('"school transport"', "“school transport”"),
        ("“school transport”", "“school transport”"),
        ("«school transport»", "“school transport”"),
        ("bus OR taxi", "bus or taxi"),
        ("late bus OR taxi", "late and (bus or taxi)"),
        ("bus OR taxi OR train", "bus or taxi or train"),
        ("a (b c) OR d", "a and ((b and c) or d)"),
        ("bus -taxi", "bus and not taxi"),
        ("bus NOT taxi", "bus and not taxi"),
        ("bus -(taxi OR train)", "bus and not (taxi or train)"),
        ("NOT NOT bus", "bus"),
        ("well-known - and", "well-known and and"),
        ("transp*", "words starting with transp"),
        ('"school delay"~5', "“school delay” with at most 5 words between"),
        ('"school delay"~1', "“school delay” with at most 1 word between"),
        ("council:kent", "council kent"),
        ('law:"Care Act" bus', "law “Care Act” and bus"),
        ("law:(26B OR 34D)", "law (26B or 34D)"),
        ("Council:kent", "council kent"),
        ("in:remedy apology", "apology in the remedy"),
        ("apology in:remedy", "apology in the remedy"),
        ("delay fault in:findings", "(delay and fault) in the findings"),
        ("in:complaint in:findings delay", "delay in the complaint or findings"),
        ("(delay in:finding) (sorry in:remedy)", "delay in the findings and sorry in the remedy"),
        ("24A(6) late", "24A(6) and late"),
        ("taxi:cheap", "taxi:cheap"),
        ("council: kent", "council: and kent"),
        ("IN:remedy apology", "apology in the remedy"),
        # Nothing to exclude, nothing to look for in a field.
        ("bus -()", "bus"),
        ("council:() bus", "bus"),
    ],
)
def test_typed_queries_are_parsed(typed, understood):
    parsed = parse(typed)
    assert describe(parsed.node) == understood
    assert parsed.notes == ()


@pytest.mark.parametrize(
    ("typed", "understood", "note"),
    [
        ('"school bus', "“school bus”", "no closing quotation mark"),
        ("(bus OR taxi", "bus or taxi", "bracket had no closing one"),
        ("bus) taxi", "bus and taxi", "closing bracket had no opening"),
        ("OR bus", "bus", "nothing before"),
        ("bus OR", "bus", "nothing after"),
        ("bus OR OR taxi", "bus or taxi", "nothing before"),
        ("bus NOT", "bus", "nothing after"),
        ("b*", "b", "at least two letters"),
        ('"a b"~99', f"“a b” with at most {MAX_NEAR} words between", "the largest number allowed"),
        ("delay in:kitchen", "delay and kitchen", "After “in:”, write"),
        ('in:"remedy" bus', "“remedy” and bus", "After “in:”, write"),
        ("(" * 12 + "bus" + ")" * 12, "bus", "too many brackets"),
    ],
)
def test_invalid_syntax_is_corrected_with_a_note(typed, understood, note):
    parsed = parse(typed)
    assert describe(parsed.node) == understood
    assert note in " ".join(parsed.notes)


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("s.26", "section 26"),
        ("s26(1)", "section 26(1)"),
        ("S. 26", "section 26"),
        ("ss 26B", "section 26B"),
        ("sch.5", "schedule 5"),
        ("sched 5", "schedule 5"),
        ("para 3", "paragraph 3"),
        ("paras 3", "paragraph 3"),
        ("reg. 9", "regulation 9"),
    ],
)
def test_a_provision_in_short_is_also_looked_for_in_full(typed, full):
    node = parse(typed).node
    assert describe(node).startswith(f"“{full}” or “")
    assert describe(node).endswith(f"law “{full}”")


@pytest.mark.parametrize("typed", ["s", "sections 26", "parapet 3", "s.26*", "reg nine", "bus 26"])
def test_other_words_are_no_provision(typed):
    assert "law" not in describe(parse(typed).node)


def test_words_beside_a_provision_are_required_too():
    assert describe(parse("school s.26 transport").node).startswith("school and (“section 26” or")
    assert describe(parse("sched 5 school").node).endswith(") and school")


def test_brackets_may_be_nested_as_deeply_as_the_limit_says():
    typed = "(" * MAX_DEPTH + "bus" + ")" * MAX_DEPTH
    assert parse(typed).notes == ()
    assert "too many brackets" in " ".join(parse(f"({typed})").notes)


@pytest.mark.parametrize("typed", ["", " ", "-", '"', '""', "()", "((", "?!", "“”", "* ~", "OR"])
def test_a_query_without_words_has_no_node(typed):
    assert parse(typed).node is None


def test_plain_words_need_no_explanation():
    assert parse("school transport 24A(6)").is_plain
    for typed in ("bus OR taxi", '"school bus"', "-bus", "bus*", "in:remedy bus", "council:kent"):
        assert not parse(typed).is_plain


def test_words_have_their_positions():
    typed = "bus -taxi (train)"
    units = [unit for unit, _ in positive_terms(parse(typed).node)]
    assert [typed[slice(*unit.span)] for unit in units if isinstance(unit, Word)] == [
        "bus",
        "train",
    ]


def test_the_number_of_words_is_limited():
    parsed = parse(" ".join(f"w{number}" for number in range(200)))
    assert len(list(positive_terms(parsed.node))) == MAX_UNITS
    assert "first 50 words" in " ".join(parsed.notes)


@given(st.text(alphabet='ab "“”()-*~:5 ORANDTin:council', max_size=60))
def test_every_text_can_be_parsed(typed):
    parsed = parse(typed)
    assert parsed.node is None or describe(parsed.node)
    for unit, _ in positive_terms(parsed.node):
        assert unit.text.strip()
