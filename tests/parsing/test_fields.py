"""The facts of a header: what is read, and what only looks like it."""

import datetime
import json

import pytest

from decisions.parsing import parse
from decisions.parsing.categories import category_in_address
from decisions.parsing.fields import (
    read_category,
    read_date,
    read_label,
    read_title,
    reference_in_name,
)
from decisions.references import (
    find_references,
    read_reference,
    reference_in_address,
    reference_slug,
)


@pytest.mark.parametrize(
    ("line", "council", "references"),
    [
        ("Kent County Council (21 019 030)", "Kent County Council", ("21 019 030",)),
        ("A CCG (Enfield) (21 010 067a)", "A CCG (Enfield)", ("21 010 067a",)),
        ("St. Ives & Co AKA Ives  (21-019-030)", "St. Ives & Co AKA Ives", ("21 019 030",)),
        ("X (21 019 030, 21 019 031)", "X", ("21 019 030", "21 019 031")),
        ("X (21 019 030 and 21 019 031)", "X", ("21 019 030", "21 019 031")),
        ("X (21 019 030) & (21 019 031)", "X", ("21 019 030", "21 019 031")),
        ("(21 019 030)", None, ("21 019 030",)),
    ],
)
def test_title(line, council, references):
    title = read_title(line)
    assert title is not None
    assert (title.council, title.references) == (council, references)


@pytest.mark.parametrize(
    "line",
    [
        "Kent County Council",
        "Kent County Council 21 019 030",
        "Kent County Council (21 019 030).",
        "Call us (020 7946 0018)",
        "As we said in our decision (reference 21 019 030)",
        "See section 24A (6)",
        "X (121 019 030)",
        "X (21 019 0301)",
        "",
    ],
)
def test_no_title(line):
    assert read_title(line) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("20 Apr 2022", datetime.date(2022, 4, 20)),
        ("19-Oct-2021", datetime.date(2021, 10, 19)),
        ("7 September 2016", datetime.date(2016, 9, 7)),
        ("07  Sept 2016", datetime.date(2016, 9, 7)),
        ("2017-02-22", datetime.date(2017, 2, 22)),
        ("2017-02-22T00:00:00Z", datetime.date(2017, 2, 22)),
        ("29 Feb 2020", datetime.date(2020, 2, 29)),
        ("Friday 14 May 2021", datetime.date(2021, 5, 14)),
        ("Fri, 14 May 2021", datetime.date(2021, 5, 14)),
        ("Thurs. 7th of October 2021", datetime.date(2021, 10, 7)),
        ("1st May, 2021", datetime.date(2021, 5, 1)),
        ("the 22nd of Feb. 2021", datetime.date(2021, 2, 22)),
        ("3rd-Mar\u20132021", datetime.date(2021, 3, 3)),
        ("Friday14May2021", None),
        ("Someday 14 May 2021", None),
        ("May 2021, 14th", None),
        ("14 of 2021", None),
        ("Friday", None),
        ("31st Feb 2022", None),
        ("31 Feb 2022", None),
        ("29 Feb 2021", None),
        ("20 Apr 22", None),
        ("20 Apr 0022", None),
        ("20 Apr 9999", None),
        ("20 Aprl 2022", None),
        ("20 Xyz 2022", None),
        ("2022-13-01", None),
        ("Apr 2022", None),
        ("", None),
    ],
)
def test_date(text, date):
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Category : Education > Other", ("category", "Education > Other")),
        ("Decision: Upheld", ("decision", "Upheld")),
        ("Decision date : 20 Apr 2022", ("decision date", "20 Apr 2022")),
        ("DECISION DATE:", ("decision date", "")),
        ("Decisions : many", None),
        ("The Decision : Upheld", None),
        ("Decision", None),
    ],
)
def test_label(line, label):
    assert read_label(line) == label


@pytest.mark.parametrize(
    ("text", "category", "subcategory"),
    [
        ("Children’s care services > Other", "Children's care services", "Other"),
        ("  Education  >  School   transport ", "Education", "School transport"),
        ("Education", "Education", None),
        ("Education >", "Education", None),
        ("", None, None),
    ],
)
def test_category(text, category, subcategory):
    assert read_category(text) == (category, subcategory)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "https://www.lgo.org.uk/decisions/children-s-care-services/child-protection/21-019-030",
            ("Children's care services", "Child protection"),
        ),
        ("http://lgo.org.uk/decisions/Health/Other/21-019-030", ("Health", "Other")),
        (
            "https://www.lgo.org.uk/decisions/benefits-and-tax/covid-19/20-006-486?chapter=2",
            ("Benefits and tax", "COVID-19"),
        ),
        ("https://www.lgo.org.uk/decisions/education/new-thing/21-019-030", ("Education", None)),
        ("https://www.lgo.org.uk/decisions/new-thing/other/21-019-030", (None, None)),
        ("https://www.lgo.org.uk/decisions", (None, None)),
        ("https://www.lgo.org.uk/reports/education/other/x", (None, None)),
        ("http://[", (None, None)),
    ],
)
def test_category_in_address(url, expected):
    assert category_in_address(url) == expected


def test_references():
    url = "https://www.lgo.org.uk/decisions/education/other/21-019-030a?displaypref=1"
    assert reference_in_address(url) == "21 019 030a"
    assert reference_in_address("https://www.lgo.org.uk/decisions/education") is None
    assert reference_in_name("all.zip/2021/21-019-030.txt") == "21 019 030"
    assert reference_in_name("C:\\saved\\21 019 030.html") == "21 019 030"
    assert reference_in_name("notes.txt") is None
    assert read_reference("21019030") == "21 019 030"
    assert read_reference("121019030") is None
    assert find_references("21 019 030, 17-002-402B and 21019030") == ["21 019 030", "17 002 402b"]
    assert reference_slug("17 002 402b") == "17-002-402b"


BODY = "The complaint\n\n  1. It rained.\n\nFinal decision\n\n  1. It stopped.\n"


def test_reference_from_the_address_before_the_file_name():
    text = "Decision : Upheld\n" + BODY
    url = "https://www.lgo.org.uk/decisions/housing/other/21-019-030"
    document = parse(text.encode(), "21-019-031.txt", url)
    assert document.reference == "21 019 030"
    assert not any("file name" in warning for warning in document.warnings)
    named = parse(text.encode(), "21-019-031.txt")
    assert named.reference == "21 019 031"
    assert "reference read from the file name" in named.warnings


def test_an_address_with_another_reference_is_a_warning():
    url = "https://www.lgo.org.uk/decisions/housing/other/21-019-031"
    document = parse(("A Council (21 019 030)\n" + BODY).encode(), "", url)
    assert document.reference == "21 019 030"
    assert "the address says reference “21 019 031”, the text “21 019 030”" in document.warnings


def test_what_is_missing_is_said():
    document = parse(("A Council (21 019 030)\n" + BODY).encode())
    assert document.warnings == ("no category", "no outcome", "no decision date", "no summary")


def test_a_year_of_two_digits_is_not_guessed():
    text = "A Council (21 019 030)\nDecision date : 20 Apr 22\n" + BODY
    document = parse(text.encode())
    assert document.decided_on is None
    assert "decision date not understood: “20 Apr 22”" in document.warnings


def test_an_unknown_outcome_is_taken_as_it_stands():
    text = "A Council (21 019 030)\nDecision : Discontinued  for now\n" + BODY
    assert parse(text.encode()).outcome == "Discontinued for now"


def test_a_sample_must_say_the_whole_of_it():
    notice = "Sample : invented decision about an invented council\n"
    assert parse(("A Council (21 019 030)\n" + notice + BODY).encode()).is_sample
    other = parse(("A Council (21 019 030)\nSample : of soil\n" + BODY).encode())
    assert not other.is_sample
    assert other.sections[0].paragraphs[0].text == "Sample : of soil"


def test_a_subcategory_without_its_category_is_named_and_not_taken():
    text = "A Council (21 019 030)\nCategory : > Other\nDecision : Upheld\n" + BODY
    document = parse(text.encode())
    assert (document.category, document.subcategory) == (None, None)
    assert "category not understood: “> Other”" in document.warnings


def test_only_a_web_address_is_kept_as_the_source():
    """Pages link to it: an address that runs a script must never come that far."""
    record = {"case_id": "21 019 030", "text": BODY, "url": "javascript:alert(1)"}
    document = parse(json.dumps(record).encode())
    assert document.source_url is None
    assert "its address is no web address: “javascript:alert(1)”" in document.warnings


# --- labels that mutation found to be lost ----------------------------------------------------


def test_a_label_that_says_otherwise_than_one_before_it_is_kept_as_text():
    document = parse(
        b"A Council (21 019 030)\nCategory : Housing > Other\nCategory : Education > Other\n"
        b"Decision : Upheld\nDecision : Not upheld\nDecision date : 05 Mar 2024\n"
        b"Decision date : 06 Mar 2024\nThe Ombudsman's final decision:\nSummary: It rained.\n"
        b"The complaint\n- Rain.\n"
    )
    assert (document.category, document.outcome) == ("Housing", "Upheld")
    assert str(document.decided_on) == "2024-03-05"
    assert [paragraph.text for paragraph in document.sections[0].paragraphs] == [
        "Category : Education > Other",
        "Decision : Not upheld",
        "Decision date : 06 Mar 2024",
    ]


def test_a_category_that_breaks_off_takes_nothing_of_the_text_with_it():
    document = parse(
        b"A Council (21 019 030)\nCategory : Benefits and tax >\n- She paid twice.\n"
        b"The Ombudsman's final decision:\nSummary: It rained.\nThe complaint\n- Rain.\n"
    )
    assert (document.category, document.subcategory) == ("Benefits and tax", None)
    assert "She paid twice." in [paragraph.text for paragraph in document.paragraphs()]


def test_labels_of_a_page_that_holds_its_decision_twice_are_no_contents():
    once = (
        "A Council (21 019 030)\nCategory : Housing > Other\nDecision : Upheld\n"
        "Summary: It rained.\nThe complaint\n- Rain.\n"
    )
    # A second category would make it two decisions, which are refused.
    document = parse((once + once.replace("Category : Housing > Other\n", "")).encode())
    assert (document.category, document.outcome) == ("Housing", "Upheld")


def test_an_odd_sample_line_is_told_and_does_not_undo_a_good_one():
    text = (
        "Sample : something\nA Council (21 019 030)\n"
        "Sample : invented decision about an invented council\nSample : something else\n"
        "Category : Housing > Other\nSummary: It rained.\nThe complaint\n- Rain.\n"
    )
    document = parse(text.encode())
    assert document.is_sample
    assert "3 words before the title line skipped" in document.warnings
