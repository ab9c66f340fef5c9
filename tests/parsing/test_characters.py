"""Files with characters that nobody sees: read as the same file without them, text kept."""

import json
from dataclasses import replace

import pytest

from decisions.analysis import analyse
from decisions.characters import simplify
from decisions.documents import Document, Item, Paragraph
from decisions.parsing import parse

CLEAN = """\
Ambleford Council (92 820 001)

Category : Environment and regulation > Noise

Decision : Upheld

Decision date : 14 May 2021

The Ombudsman's final decision:

Summary: The Council delayed its homelessness enquiries about the office of Mrs Tóibín.

The complaint

  1. Mrs Tóibín complains about decision 92 820 002 and that:
    • the Council did not look into noise; and
    • it did not reply.

Back to top

Agreed action

  1. Within one month the Council has agreed to apologise and pay Mrs Tóibín £150.

Back to top

Final decision

  1. I have completed my investigation.

Back to top

Investigator's decision on behalf of the Ombudsman
"""


def simplified(document: Document) -> Document:
    def item(one: Item) -> Item:
        return Item(one.label, simplify(one.text).strip(), tuple(map(item, one.items)))

    sections = tuple(
        section._replace(
            paragraphs=tuple(
                Paragraph(one.number, simplify(one.text).strip(), tuple(map(item, one.items)))
                for one in section.paragraphs
            )
        )
        for section in document.sections
    )
    return replace(document, sections=sections, summary=simplify(document.summary or "").strip())


def findings_of(document: Document) -> tuple:
    """What was found, without positions, which are those of the text as received."""
    found = analyse(document)
    return (
        found.payment,
        [remedy.kind for remedy in found.remedies],
        [one.reference for one in found.decision_references],
        [one.fingerprint for one in found.standard],
        found.reasons,
    )


def assert_read_alike(text: str) -> Document:
    clean, document = parse(CLEAN.encode()), parse(text.encode())
    assert simplified(document) == clean
    assert findings_of(document) == findings_of(clean)
    return document


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200d", "\u200e", "\u2060", "\ufeff"])
def test_invisible_characters_in_every_place(mark):
    for line in filter(str.strip, CLEAN.splitlines()):
        stripped = line.strip()
        middle = stripped[: len(stripped) // 2] + mark + stripped[len(stripped) // 2 :]
        for changed in (mark + stripped, stripped + mark, middle):
            assert_read_alike(CLEAN.replace(line, line.replace(stripped, changed), 1))
    assert_read_alike(mark + CLEAN + mark)
    assert_read_alike(CLEAN.replace("\n\n", f"\n{mark}\n"))


def test_an_invisible_character_after_every_character():
    document = assert_read_alike("\u200b".join(CLEAN.splitlines(keepends=True)))
    between = "".join(c if c in " \n" else c + "\u00ad" for c in CLEAN)
    document = assert_read_alike(between)
    assert document.council == "Ambleford Council"
    assert "i\u00adn\u00adv\u00ade" in document.sections[-2].paragraphs[0].text


def test_the_text_is_kept_as_received():
    text = CLEAN.replace("homelessness", "home\u00adless\u00adness").replace("£150", "£\u200b150")
    document = parse(text.encode())
    assert "home\u00adless\u00adness" in (document.summary or "")
    paragraph = document.sections[1].paragraphs[0].text
    assert paragraph.endswith("£\u200b150.")
    (payment,) = [one for one in analyse(document).remedies if one.amount_pence == 15000]
    evidence = payment.evidence
    assert "£\u200b150" in paragraph[evidence.start : evidence.end]


def test_decomposed_letters_and_ligatures():
    decomposed = CLEAN.replace("ó", "o\u0301").replace("í", "i\u0301").replace("ffi", "\ufb03")
    document = assert_read_alike(decomposed)
    assert "To\u0301ibi\u0301n" in (document.summary or "")
    assert "o\ufb03ce" in (document.summary or "")
    title = CLEAN.replace("Ambleford", "Ame\u0301lie")
    assert parse(title.encode()).council == "Amélie Council"


@pytest.mark.parametrize("blank", ["\u00a0", "\u2003", "\u2009", "\u202f", "\u3000"])
def test_blanks_of_every_width(blank):
    assert_read_alike(CLEAN.replace(" ", blank))


@pytest.mark.parametrize("dash", ["\u2010", "\u2011", "\u2013", "\u2014", "\u2212"])
def test_dashes_in_references_and_dates(dash):
    title = CLEAN.replace("(92 820 001)", f"(92{dash}820{dash}001)")
    document = parse(title.replace("14 May 2021", f"14{dash}May{dash}2021").encode())
    assert (document.reference, str(document.decided_on)) == ("92 820 001", "2021-05-14")


@pytest.mark.parametrize("line_end", ["\u0085", "\u2028", "\u2029", "\r"])
def test_line_ends(line_end):
    assert_read_alike(CLEAN.replace("\n", line_end))
    record = {"case_id": "92-820-001\u200b", "text": CLEAN.replace("\n", line_end)}
    for as_ascii in (True, False):
        data = json.dumps(record, ensure_ascii=as_ascii).encode()
        assert simplified(parse(data)) == parse(CLEAN.encode())


def test_an_invisible_character_in_a_wrapped_line():
    wrapped = CLEAN.replace(
        "  1. Within one month the Council has agreed to apologise",
        "  1. Within one month the Council has\u200b\n     agreed to apo\u00adlogise",
    )
    document = assert_read_alike(wrapped)
    assert "has\u200b agreed to apo\u00adlogise" in document.sections[1].paragraphs[0].text


def test_saved_pages():
    page = """<!DOCTYPE html><html><head>
    <title>Amble&shy;ford Council (92&#8209;820&#8209;001)</title>
    </head><body><article><h1>Amble\u200bford Council (92&#8239;820&#8239;001)</h1>
    <p>Category : Environment and regulation &gt; Noise</p><p>\u200b</p>
    <p>Decision date&#8203; : 14 May 2021&#x200b;</p><h2>The&nbsp;complaint&#8203;</h2>
    <ol><li>&#8203;Mr W paid&shy; a\u2028lot.</li><li>&#8203;</li></ol>
    <h2>Final deci&shy;sion</h2><ol start="2"><li>I have completed it.</li></ol>
    </article></body></html>"""
    document = parse(page.encode())
    assert (document.reference, document.council) == ("92 820 001", "Ambleford Council")
    assert str(document.decided_on) == "2021-05-14"
    assert [section.heading for section in document.sections] == ["The complaint", "Final decision"]
    (paragraph,) = document.sections[0].paragraphs
    assert paragraph.text == "\u200bMr W paid\u00ad a lot."
