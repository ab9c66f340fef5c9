"""What holds for any input: only ParseError is raised, and no word of a decision is lost."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.documents import Document, ParseError, sections_from_json
from decisions.parsing import parse
from tests.wording import words_of_document, words_of_text

EXAMPLES = [
    path.read_bytes()
    for path in sorted((Path(__file__).parents[1] / "examples").rglob("*.*"))
    if path.suffix in {".txt", ".html", ".json"} and ".expected" not in path.name
]
# A busy machine is no error.
untimed = settings(deadline=None)


def parses_or_explains(data: bytes, name: str = "") -> None:
    try:
        document = parse(data, name)
    except ParseError:
        return
    stored = json.dumps(document.to_json(), ensure_ascii=False)
    assert "\\u0000" not in stored
    stored.encode()  # holds no lone surrogate
    assert sections_from_json(json.loads(stored)["sections"]) == document.sections


@untimed
@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes(data, name):
    parses_or_explains(data, name)


@untimed
@given(st.text(max_size=400))
def test_any_text_below_a_title(text):
    head = "A Council (21 019 030)\nThe Ombudsman's final decision:\nSummary: It.\n"
    parses_or_explains((head + text).encode(errors="replace"))


FRAGMENTS = [
    *(
        "\n",
        "\n\n",
        "  1. ",
        "      2. ",
        "    • ",
        "- ",
        "Back to top\n",
        "(",
        ")",
        ":",
        ";",
        "\0",
    ),
    *(
        "Category : ",
        "Decision : ",
        "Summary",
        "The complaint\n",
        "Final decision\n",
        "<p>",
        "<ol>",
    ),
    *("<li>", "</li>", "&#0;", "<h2>", "{", "}", '"', "\\ud83d", "(21 019 030)", "’", "\xa0", "x"),
]


@untimed
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60))
def test_any_heap_of_fragments(fragments):
    parses_or_explains("".join(fragments).encode())


@untimed
@given(
    st.sampled_from(EXAMPLES),
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 30),
            st.one_of(st.sampled_from(FRAGMENTS).map(str.encode), st.binary(max_size=5)),
        ),
        max_size=5,
    ),
)
def test_any_mutated_example(data, changes):
    for place, length, replacement in changes:
        start = int(place * len(data))
        data = data[:start] + replacement + data[start + length :]
    parses_or_explains(data)


# --- generated decisions ----------------------------------------------------------------------

WORDS = [
    "we",
    "the",
    "Council",
    "fault",
    "home",
    "bin",
    "letter",
    "Mr",
    "X",
    "said",
    "paid",
    "two",
    "weeks",
    "later",
    "no",
    "reason",
    "£50",
    "7",
]
sentences = st.lists(st.sampled_from(WORDS), min_size=2, max_size=12).map(
    lambda words: "It " + " ".join(words) + "."
)
item_lists = st.lists(sentences, max_size=4)
paragraphs = st.tuples(sentences, item_lists, st.booleans())
headings = st.sampled_from(
    ["Background", "The bins of Mill Lane", "What happened in 2019", "Views"]
)
bodies = st.lists(paragraphs, min_size=1, max_size=5)
sections = st.lists(
    st.tuples(st.lists(st.tuples(headings, bodies), max_size=2), bodies), min_size=1, max_size=4
)
MAIN = ["The complaint", "What I found", "Agreed action", "Final decision"]
HEADER = """Ottersea Council (91 100 999)

Category : Housing > Other

Decision : Upheld

Decision date : 03 Mar 2021

The Ombudsman's final decision:

Summary: """


def full(summary, parts) -> str:
    """Layout 1: numbers restart in each section, and once more under each subheading."""
    text = HEADER + summary + "\n"
    for heading, (subsections, body) in zip(MAIN, parts, strict=False):
        text += f"\n{heading}\n\n" + full_body(body)
        for subheading, subbody in subsections:
            text += f"\n{subheading}\n\n" + full_body(subbody)
        text += "\nBack to top\n"
    return text


def full_body(body) -> str:
    text = ""
    for number, (sentence, items, numbered) in enumerate(body, 1):
        text += f"  {number}. {sentence}\n"
        for place, item in enumerate(items, 1):
            text += f"      {place}. {item}\n" if numbered else f"    • {item}\n"
    return text


def compact(summary, parts) -> str:
    """Layout 2: no blank lines; a list follows a colon, its entries in lower case."""
    text = HEADER.replace("\n\n", "\n") + summary + "\n"
    for heading, (subsections, body) in zip(MAIN, parts, strict=False):
        text += f"{heading}\n" + compact_body(body)
        for subheading, subbody in subsections:
            text += f"{subheading}\n" + compact_body(subbody)
    return text


def compact_body(body) -> str:
    text = ""
    for sentence, items, _ in body:
        text += f"- {sentence[:-1]}{':' if items else '.'}\n"
        for place, item in enumerate(items, 1):
            entry = "it" + item[2:-1]
            text += f"- {entry}{'.' if place == len(items) else ';'}\n"
    return text


def shape(document: Document) -> list[tuple[int | None, int]]:
    return [(paragraph.number, len(paragraph.items)) for paragraph in document.paragraphs()]


def expected_shape(parts) -> list[tuple[int, int]]:
    flat = []
    for subsections, body in parts[: len(MAIN)]:
        for some in (body, *(subbody for _, subbody in subsections)):
            flat += [len(items) for _, items, _ in some]
    return list(enumerate(flat, 1))


@untimed
@given(sentences, sections)
def test_a_full_decision_loses_nothing(summary, parts):
    text = full(summary, parts)
    document = parse(text.encode())
    assert words_of_document(document) == words_of_text(text)
    assert document.summary == summary
    assert shape(document) == expected_shape(parts)


@untimed
@given(sentences, sections)
def test_a_compact_decision_loses_nothing(summary, parts):
    text = compact(summary, parts)
    document = parse(text.encode())
    assert words_of_document(document) == words_of_text(text)
    assert shape(document) == expected_shape(parts)
