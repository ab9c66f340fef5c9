"""Lists of Word and Outlook, whose numbers and bullets are text of the page."""

import pytest

from decisions.parsing import parse
from tests.texts import decision_text

HEAD = "".join(
    f"<p class=MsoNormal>{line}</p>"
    for line in decision_text().split("The complaint")[0].splitlines()
)


def item(level: int, marker: str, text: str, style: str = "mso-list:Ignore") -> str:
    """As Outlook writes it: the comments are for programs that know its lists."""
    return (
        f"<p class=MsoListParagraph style='margin-left:36.0pt;mso-list:l0 level{level} lfo1'>"
        f"<![if !supportLists]><span style='{style}'>{marker}<span style='font:7.0pt \"Times New"
        f" Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>{text}<o:p></o:p></p>\n"
    )


def paragraphs(body: str):
    document = parse(
        f"<html><body>{HEAD}<p>The complaint</p>{body}</body></html>".encode(), "a.htm"
    )
    return [
        (one.number, one.text, [(inner.label, inner.text) for inner in one.items])
        for one in document.paragraphs()
    ]


def test_numbers_bullets_and_letters():
    body = (
        item(1, "1.", "Mrs X complained that:")
        + item(2, "·", "it rained;")
        + item(2, "o", "it snowed.")
        + item(1, "2.", "The Council will:")
        + item(2, "a)", "apologise;")
        + item(2, "b)", "pay £150.")
    )
    assert paragraphs(body) == [
        (1, "Mrs X complained that:", [(None, "it rained;"), (None, "it snowed.")]),
        (2, "The Council will:", [("a", "apologise;"), ("b", "pay £150.")]),
    ]


def test_a_marker_in_a_span_of_its_font():
    body = item(1, "1.", "It rained.").replace(
        "<![if !supportLists]>", "<![if !supportLists]><b><span style='font-family:Symbol'>"
    )
    assert paragraphs(body.replace("<![endif]>", "</span></b><![endif]>")) == [
        (1, "It rained.", [])
    ]


@pytest.mark.parametrize(
    ("marker", "style"),
    [("1.1.", "mso-list:Ignore"), ("1.", "color:red"), ("Note", "mso-list:Ignore")],
)
def test_anything_else_stays_text(marker, style):
    (only,) = paragraphs(item(1, marker, "It rained.", style))
    assert only[0] is None
    assert only[1].startswith(marker)
