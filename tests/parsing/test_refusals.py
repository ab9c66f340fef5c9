"""What is no decision is refused with its reason; what is hostile ends, one way or the other."""

import json
import time
from pathlib import Path

import pytest

from decisions.documents import Document, ParseError
from decisions.parsing import parse

PLAIN = (Path(__file__).parents[1] / "examples" / "full" / "plain.txt").read_text()


def refusal(text: str, name: str = "x") -> str:
    with pytest.raises(ParseError) as caught:
        parse(text.encode(), name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Call us about your bin on 01 234 567 (01 234 567)", "a title line, but neither"),
        ("Minutes (01 234 567)\n\nSummary\n\nWe met.\n\nConclusions\n\nNone.", "a title line, but"),
        ("A letter.\n\nIt says 21 019 030 somewhere.", "neither a title line"),
        ("Kent County Council (21 019 030)", "a title line, but neither"),
        ("Kent County Council (21 019 030)\nCategory : Housing > Other\n", "only the header"),
        (PLAIN.replace("(91 100 101)", ""), "without a reference"),
        ("Review your privacy settings\n\nRequired cookies\n\nWords.", "only the notices"),
        ("Back to top\nPrint this page\n", "neither a title line"),
        ("{}", "a JSON record without text"),
        ('{"text": "  "}', "a JSON record without text"),
        ('{"text": ["a"]}', "a JSON record without text"),
        ('{"case_id": "21 019 030", "text": "hello"}', "no decision"),
        ('{"case_id": "21 019 030",', "not valid JSON"),
        ("[{}, {}]", "holds 2 records"),
        ("[[]]", "neither a title line"),
        (PLAIN + PLAIN.replace("91 100 101", "91 100 199"), "holds 2 decisions"),
        (
            "<html><head><title>Page not found</title></head><body><h1>404</h1></body></html>",
            "a web page called “Page not found”",
        ),
        ("<html><head><title>Only a head</title></head></html>", "“Only a head”"),
        ("<!-- nothing -->", "neither a title line"),
        (PLAIN + "- x\n" * 60_000, "more than 50,000 lines"),
        pytest.param("<p>" + "x<br>" * 60_000, "more than 50,000 lines", marks=pytest.mark.slow),
        (PLAIN + "rain " * 400_001, "more than 2,000,000 characters"),
        ("<p>" + "rain " * 400_001, "more than 2,000,000 characters"),
        (json.dumps({"text": PLAIN, "more": [{}] * 500_000}), "more than 500,000 values"),
        (PLAIN + " " * 17_000_000, "larger than 16 MB"),
        ("<html><body><p>Review your privacy settings</p></body></html>", "only the notices"),
    ],
)
def test_no_decision(text, reason):
    assert reason in refusal(text)


def test_a_json_file_must_hold_a_record():
    assert refusal("[[]]", "x.json") == "JSON, but not a record of a decision"
    assert "not valid JSON" in refusal("hello", "x.json")


def test_a_list_of_decisions_is_not_one():
    entries = "".join(
        f"<div><h2>A Council (21 019 03{n})</h2><p>Category : Housing &gt; Other</p>"
        "<p>Decision : Upheld</p><p>Summary: Some words.</p></div>"
        for n in range(3)
    )
    assert (
        refusal(f"<html><body><main>{entries}</main></body></html>") == "holds 3 decisions, not one"
    )


TITLE = "A Council (21 019 030)\nCategory : Housing > Other\nThe Ombudsman's final decision:\n"
MEGABYTE = 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "-" * 5 * MEGABYTE,
        "- " * MEGABYTE,
        "-\n" * MEGABYTE,
        TITLE + "- a:\n" * 40_000,
        TITLE + "- a;\n" * 40_000,
        TITLE + "".join(f"{' ' * n}1. a:\n" for n in range(2000)),
        TITLE + "".join(f"{' ' * n}• a:\n" for n in range(2000)),
        TITLE + "1. a\n" * 40_000,
        TITLE + "Heading\n" * 40_000,
        TITLE + "a:\n" * 40_000,
        TITLE + "Summary\n" * 40_000,
        TITLE + "Category :\n" * 40_000,
        TITLE + "Back to top\n" * 40_000,
        TITLE + "The complaint\n" + "wrapped words without end " * 40_000,
        TITLE + "The complaint\n" + "wrapped words without end\n" * 40_000,
        "(" * MEGABYTE,
        "(21 019 030" * 100_000,
        "(21 019 030)" * 20,
        " " * MEGABYTE + "x",
        ("x" + " " * 1000 + "\n") * 1000,
        "Decision" + " " * MEGABYTE + "x",
        "Category : " + "> " * MEGABYTE,
        "1" * MEGABYTE,
        "1 " * MEGABYTE,
        "<" * MEGABYTE,
        "<p" * MEGABYTE,
        "<!--" * MEGABYTE,
        "<div>" * 300_000 + "deep",
        "<article>" * 1_900 + "x<br>" * 40_000,
        "<ol><li>" * 200_000 + "deep",
        "<p>" + "<b>x</b>" * 100_000,
        "<p>" + " " * MEGABYTE + "</p>",
        "<html>" + "<br>" * 200_000,
        "&" * MEGABYTE + "<p>",
        "[" * MEGABYTE,
        "[{" * MEGABYTE,
        '{"a":' * MEGABYTE,
        '{"text": ' + "[" * MEGABYTE,
        json.dumps({"case_id": "21 019 030", "text": "<div>" * 100_000}),
        json.dumps({"case_id": "(" * 100_000, "text": TITLE + "The complaint\nIt."}),
        json.dumps({"case_id": "1", "url": "http://[", "text": TITLE + "The complaint\nIt."}),
    ],
    ids=lambda text: repr(text[-30:])[:30],
)
def test_hostile_input_ends_in_an_error_or_a_document(text):
    try:
        document = parse(text.encode())
    except ParseError:
        return
    assert isinstance(document, Document)
    json.dumps(document.to_json())


@pytest.mark.parametrize("url", ["http://[", "", "\0", "https://example.org/21-019-030?a=(b"])
@pytest.mark.parametrize("name", ["", "\0", "a/b\\c", "((((", "." * 1000])
def test_odd_names_and_addresses_do_no_harm(name, url):
    assert parse(PLAIN.encode(), name, url).reference == "91 100 101"


@pytest.mark.parametrize("line", ["  1. Category : \n", "  1. It rained.\n"])
@pytest.mark.parametrize("is_counted", [False, True])
def test_a_long_list_without_indent_takes_time_in_proportion(line, is_counted):
    """Each line was compared with all before it: 100 kB took five seconds."""
    count = 100_000 // len(line)
    lines = (line.replace("1.", f"{n}.") if is_counted else line for n in range(1, count + 1))
    text = PLAIN.replace("The complaint\n", "The complaint\n\n  1. He says:\n" + "".join(lines), 1)
    started = time.process_time()
    parse(text.encode())
    assert time.process_time() - started < 2
