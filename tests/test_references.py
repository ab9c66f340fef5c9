"""References in every spelling, and what only looks like one."""

import sys
import unicodedata

import pytest

from decisions.references import (
    beginning_of_reference,
    find_references,
    read_reference,
    reference_asked_for,
    references_like,
)

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212-"
BLANKS = "\t\u00a0\u2002\u2003\u2009\u200a\u202f\u205f\u3000 "


@pytest.mark.parametrize("separator", [*DASHES, *BLANKS, "  ", "   ", " \u2013 ", "\u200b", ""])
def test_every_blank_and_dash_between_the_parts(separator):
    spelt = separator.join(("92", "100", "028"))
    assert read_reference(spelt) == "92 100 028"
    assert read_reference(f"{spelt}B\u200b") == "92 100 028b"
    assert find_references(f"our decision {spelt}, of May") == ["92 100 028"]


def test_every_blank_and_dash_of_unicode_between_the_parts_of_what_is_asked_for():
    every = map(chr, range(sys.maxunicode + 1))
    separators = [one for one in every if unicodedata.category(one) in ("Pd", "Zs")]
    assert len(separators) >= 43
    wrong = [
        f"U+{ord(one):04X}"
        for one in separators
        for gap in (one, one * 2, f" {one} ")
        if reference_asked_for(f"ref{gap}92{gap}100{gap}028{gap}") != "92 100 028"
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "asked",
    [
        "92 100 028",
        "92-100 028",
        "(92 100 028)",
        "“92 100 028”",
        "92 100 028.",
        "ref 92 100 028",
        "Ref: 92-100-028",
        "ref.92100028",
        "LGO 92 100 028",
        "LGSCO ref 92 100 028",
        "ref92100028",
        "lgo92100028",
        "LGO-92-100-028",
        "LGO/92 100 028",
        "ref no. 92 100 028",
        "REF. NO: 92100028",
        "complaint 92100028 please",
        "show me decision 92 100 028, thank you!",
        "my complaint number: 92 100 028",
        "Case No #92100028?",
        "92 100 028 LGSCO",
        "92 100 028 -",
        "92 100 028…",
        "see https://www.lgo.org.uk/decisions/education/other/92-100-028.",
        "HTTPS://WWW.LGO.ORG.UK/DECISIONS/EDUCATION/OTHER/92-100-028",
        "https://www.lgo.org.uk/decisions/education/other/92-100-028?chapter=3#point1",
        "https://www.lgo.org.uk/decisions/education/other/92%2D100%2D028?utm_source=x",
        "https://www.lgo.org.uk/decisions/education/other/92%252D100%252D028",
        "https://www.lgo.org.uk/decisions/education/other/92\u2013100\u2013028/",
        "www.lgo.org.uk/decisions/92-100-028?chapter=1",
        "https://archive.example/decisions/92-100-028/history/",
        "/decisions/92-100-028/quote/?paragraph=2",
        "lgsco reference number: 92 100 028;",
        "Our reference no. 92 100 028",
        "Ombudsman’s case ID: 92 100 028",
        "\u200bref\u00a092\u2011100\u2011028",
        "https://www.lgo.org.uk/decisions/environment-and-regulation/noise/92-100-028",
        "http://lgo.org.uk/decisions/education/other/92-100-028?chapter=2#para-1",
        "www.lgo.org.uk/decisions/education/other/92-100-028/",
        "lgo.org.uk/decisions/education/other/92-100-028",
        "<https://www.lgo.org.uk/decisions/education/other/92%20100%20028>",
        "https://archive.example/decisions/92-100-028/",
        "/decisions/92-100-028/",
        "https://web.archive.org/web/2021/https://www.lgo.org.uk/decisions/x/y/92-100-028",
    ],
)
def test_a_reference_that_is_asked_for(asked):
    assert reference_asked_for(asked) == "92 100 028"


@pytest.mark.parametrize("asked", ["92 100 028b", "92100028B", "92-100-028 B", "ref 92100028-b"])
def test_the_letter_of_a_joint_case_may_stand_apart(asked):
    assert reference_asked_for(asked) == "92 100 028b"


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "ref",
        "LGO",
        "noise 92 100 028",
        "92 100 028 noise please",
        "please",
        "showing 92 100 028",
        "92 100 028 noise",
        "192 100 028",
        "92 100 0281",
        "92 1000 28",
        "92.100.028",
        "92 100 028 92 100 029",
        "reflection 92 100 028",
        "-92 100 028",
        "£92 100 028",
        "92\n100\n028",
        "\u0669\u0662 100 028",
        "https://www.lgo.org.uk/decisions/education",
        "https://[",
        "https://www.lgo.org.uk/decisions?ref=92-100-028",
    ],
)
def test_what_is_no_reference(asked):
    assert reference_asked_for(asked) is None


@pytest.mark.parametrize(
    ("typed", "beginning"),
    [
        ("21", "21"),
        ("21-0", "210"),
        ("ref 21\u2011019", "21019"),
        ("LGO 21 019  030b", "21019030b"),
        ("lgo21 - 0", "210"),
        ("2", None),
        ("21 school", None),
        ("210190301", None),
        ("school", None),
    ],
)
def test_the_beginning_of_a_reference(typed, beginning):
    assert beginning_of_reference(typed) == beginning


def test_references_that_a_slip_may_have_turned_into_another():
    likes = references_like("21 019 030")
    assert likes[:26] == [f"21 019 030{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    assert likes[26:31] == ["12 019 030", "20 119 030", "21 109 030", "21 091 030", "21 010 930"]
    assert "21 019 080" in likes
    assert "31 019 030" in likes
    assert "31 019 080" not in likes  # two other digits
    assert "21 019 030" not in likes
    assert len(likes) == len(set(likes))
    assert all(read_reference(like) == like for like in likes)


def test_references_like_one_with_a_letter():
    likes = references_like("17 002 402b")
    assert likes[:2] == ["17 002 402", "17 002 402a"]
    assert "17 002 403b" in likes
    assert "17 002 403" not in likes  # another digit and no letter
