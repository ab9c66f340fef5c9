"""Tables of web pages: rows stay rows, and what only looks like a table of data does not."""

import pytest

from decisions.analysis import analyse
from decisions.parsing import parse

HEAD = "<!DOCTYPE html><html><body><article><h1>A Council (90 000 001)</h1>"


def paragraphs(html: str) -> list[tuple[int | None, str]]:
    page = f"{HEAD}<h2>Agreed action</h2>{html}</article></body></html>"
    return [(one.number, one.text) for one in parse(page.encode()).paragraphs()]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><th>Month<th>Paid<tr><td>May<td>£150", "Month\tPaid\nMay\t£150"),
        (
            "<caption>Sums</caption><thead><tr><th></th><th>Paid</th></tr></thead>"
            "<tbody><tr><td>May</td><td></td></tr><tr></tr><tr><td></td></tr></tbody>",
            "Sums\n\tPaid\nMay\t",
        ),
        (
            "<tr><td><p>In</p><p>May</p></td><td>£<b>1</b>50<br>a\n  month</td></tr>"
            "<tr><td>Ju&shy;ne</td><td>&nbsp;</td></tr>",
            "In May\t£150 a month\nJu\u00adne\t",
        ),
        ("<tr><td>Remedy</td><td>Fault</td></tr>", "Remedy\tFault"),
    ],
)
def test_a_table_is_one_paragraph_with_a_line_a_row(table, rows):
    found = paragraphs(f"<p>Before.</p><table>{table}</table><ol><li>After.</li></ol>")
    assert found == [(None, "Before."), (None, rows), (1, "After.")]


@pytest.mark.parametrize(
    "table",
    [
        "<tr><td>One.</td></tr><tr><td>Two.</td></tr>",
        "<tr><td>One.</td><td><table><tr><td>Two.</td></tr></table></td></tr>",
        "<tr><td>One.</td><td><ul><li>Two.</li></ul></td></tr>",
        "<tr><td>One.</td><td><h3>A heading</h3>Two.</td></tr>",
    ],
)
def test_a_table_that_lays_out_a_page_is_read_like_other_elements(table):
    assert not any("\t" in text for _, text in paragraphs(f"<table>{table}</table>"))


def test_a_header_in_a_table_is_a_header():
    page = f"""{HEAD}<table><tr><td>Category</td><td>Housing &gt; Other</td></tr>
    <tr><td>Decision</td><td>Upheld</td></tr>
    <tr><td>Decision date</td><td>14 May 2021</td></tr></table>
    <h2>The complaint</h2><p>None.</p></article></body></html>"""
    document = parse(page.encode())
    assert (document.category, document.outcome) == ("Housing", "Upheld")
    assert str(document.decided_on) == "2021-05-14"


def test_a_list_ends_at_a_table_and_numbers_go_on_after_it():
    table = "<table><tr><td>a</td><td>b</td></tr></table>"
    html = f"<ol><li>It agreed to:<ul><li>pay.</li></ul></li></ol>{table}"
    found = paragraphs(f"{html}<ol start='2'><li>Then.</li></ol>")
    assert found == [(1, "It agreed to:"), (None, "a\tb"), (2, "Then.")]


def test_a_sum_in_a_table_is_found_where_it_stands():
    page = f"""{HEAD}<p>Decision : Upheld</p><h2>Agreed action</h2>
    <table><tr><td>May</td><td>The Council will pay Mr X £150.</td></tr></table>
    </article></body></html>"""
    document = parse(page.encode())
    (remedy,) = analyse(document).remedies
    (paragraph,) = document.paragraphs()
    assert remedy.amount_pence == 15000
    assert "£150" in paragraph.text[remedy.evidence.start : remedy.evidence.end]
