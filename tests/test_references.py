"""References in every spelling, and what only looks like one."""

import pytest

from decisions.references import (
    beginning_of_reference,
    find_references,
    read_reference,
    reference_asked_for,
)

DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212-"
BLANKS = "\t\u00a0\u2002\u2003\u2009\u200a\u202f\u205f\u3000 "


@pytest.mark.parametrize("separator", [*DASHES, *BLANKS, "  ", "   ", " \u2013 ", "\u200b", ""])
def test_every_blank_and_dash_between_the_parts(separator):
    spelt = separator.join(("92", "100", "028"))
    assert read_reference(spelt) == "92 100 028"
    assert read_reference(f"{spelt}B\u200b") == "92 100 028b"
    assert find_references(f"our decision {spelt}, of May") == ["92 100 028"]


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


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "ref",
        "LGO",
        "noise 92 100 028",
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
        ("2", None),
        ("21 school", None),
        ("210190301", None),
        ("school", None),
    ],
)
def test_the_beginning_of_a_reference(typed, beginning):
    assert beginning_of_reference(typed) == beginning
