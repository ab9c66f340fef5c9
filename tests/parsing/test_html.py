"""What saved pages do: each case is a fragment that browsers or archives really leave behind."""

import pytest

from decisions.documents import Document
from decisions.parsing import parse

HEAD = "<h1>A Council (21 019 030)</h1><p>Category : Housing &gt; Other</p>"


def read(body: str, head: str = HEAD) -> Document:
    return parse(f"<html><body>{head}{body}</body></html>".encode())


def outline(document: Document) -> list[tuple[str | None, int]]:
    return [(section.heading, section.level) for section in document.sections]


@pytest.mark.parametrize(
    "header",
    [
        "<p><span>Category</span><span>Housing &gt; Other</span></p>"
        "<p><span>Decision</span><span>Upheld</span></p>"
        "<p><span>Decision date</span><span>20 Apr 2022</span></p>",
        "<div><div>Category :</div><div><a>Housing</a> <i>&gt;</i> <a>Other</a></div></div>"
        "<div><div>Decision :</div><div>Upheld</div></div>"
        "<div><div>Decision date :</div><div>20&nbsp;Apr&nbsp;2022</div></div>",
        "<table><tr><th>Category</th><td>Housing &gt; Other</td></tr><tr><th>Decision</th>"
        "<td>Upheld</td></tr><tr><th>Decision date</th><td>20 Apr 2022</td></tr></table>",
        "<p>Category : Housing > Other<br>Decision : Upheld<br/>Decision date : 20 Apr 2022</p>",
        "<ul><li>Category: Housing &#62; Other</li><li>Decision: Upheld</li>"
        "<li>Decision date: 20 Apr 2022</li></ul>",
        "<dl><dt>Category</dt><dd>: Housing &gt; Other</dd><dt>Decision</dt><dd>: Upheld</dd>"
        "<dt>Decision date</dt><dd>: 20 Apr 2022</dd></dl>",
    ],
    ids=["spans", "divs", "table", "lines", "list", "definitions"],
)
def test_label_and_value_pairs(header):
    document = read(
        "<h2>The complaint</h2><p>Rain.</p>", f"<h1>A Council (21 019 030)</h1>{header}"
    )
    assert document.category == "Housing"
    assert document.subcategory == "Other"
    assert document.outcome == "Upheld"
    assert str(document.decided_on) == "2022-04-20"
    assert outline(document) == [("The complaint", 1)]


def test_the_sample_label_is_one_more_pair():
    pair = "<dt>Sample</dt><dd>invented decision about an invented council</dd>"
    document = read(f"<dl>{pair}</dl><h2>The complaint</h2><p>Rain.</p>")
    assert document.is_sample
    assert outline(document) == [("The complaint", 1)]


def test_numbers_go_on_whether_the_page_says_so_or_not():
    for start in ("", ' start="3"'):
        document = read(
            "<h2>The complaint</h2><ol><li>One.</li><li>Two.</li></ol>"
            f"<h2>Final decision</h2><ol{start}><li>Three.</li></ol>"
        )
        assert [paragraph.number for paragraph in document.paragraphs()] == [1, 2, 3]


def test_text_after_a_list_within_a_paragraph_is_kept_in_its_place():
    document = read(
        "<h2>The complaint</h2><ol><li>We stop if:<ul><li>a, or</li><li>b.</li></ul>(The law)</li>"
        "<li>Next.</li></ol>"
    )
    assert [(p.number, p.text, len(p.items)) for p in document.paragraphs()] == [
        (1, "We stop if:", 2),
        (None, "(The law)", 0),
        (2, "Next.", 0),
    ]


def test_a_list_of_letters_within_a_list_that_goes_on():
    document = read(
        "<h2>The complaint</h2><ol><li>He says:<ol><li>x</li></ol><ul><li>y</li></ul>"
        '<ol start="2"><li>z</li></ol></li></ol>'
    )
    (paragraph,) = document.paragraphs()
    assert [item.label for item in paragraph.items] == ["a", "b"]
    # A bullet right after a number is that number's, as in the text files.
    assert [item.text for item in paragraph.items[0].items] == ["y"]


def test_what_is_not_shown_is_not_read():
    document = read(
        "<h2>The complaint</h2><script>var x = 1;</script><style>p { color: red }</style>"
        "<!-- a comment --><p>Rain<!-- in --> again.</p><template><p>No.</p></template>"
        "<svg><text>No.</text></svg><nav><p>No.</p></nav>"
    )
    assert [paragraph.text for paragraph in document.paragraphs()] == ["Rain again."]


def test_spaces_of_the_source_are_not_the_authors():
    document = read("<h2>The\n   complaint</h2><p>Rain\n\t  <em>and</em>\n  snow  fell.</p>")
    assert document.sections[0].heading == "The complaint"
    assert next(document.paragraphs()).text == "Rain and snow  fell."


def test_entities():
    document = read(
        "<h2>The complaint</h2><p>&pound;5 &amp; &lsquo;more&rsquo; &#x2014; &lt;b&gt;</p>"
    )
    assert next(document.paragraphs()).text == "£5 & ‘more’ — <b>"


def test_a_contents_list_before_the_decision_is_gone():
    document = read(
        "<ul><li><a href='#a'>The complaint</a></li><li><a href='#b'>Trees</a></li></ul>"
        "<h2>The Ombudsman's final decision:</h2><p>Summary: It rained.</p>"
        "<h3>The complaint</h3><p>Rain.</p><h4>Trees</h4><p>Leaves.</p>"
    )
    assert document.summary == "It rained."
    assert outline(document) == [("The complaint", 1), ("Trees", 2)]


def test_the_pages_own_title_will_do():
    page = (
        "<html><head><title>A Council (21 019 030) - The Ombudsman</title></head><body>"
        "<h2>The complaint</h2><p>Rain.</p></body></html>"
    )
    document = parse(page.encode())
    assert (document.council, document.reference) == ("A Council", "21 019 030")


def test_the_article_is_found_among_others():
    document = read(
        "<article><h2>News</h2><p>We moved.</p></article>"
        "<article><h1>A Council (21 019 030)</h1><h2>The complaint</h2><p>Rain.</p></article>",
        head="",
    )
    assert outline(document) == [("The complaint", 1)]


def test_a_page_in_windows_1252_that_says_so():
    page = (
        '<html><head><meta charset="windows-1252"></head><body><h1>A Council (21 019 030)</h1>'
        "<h2>The complaint</h2><p>Mr X’s £5</p></body></html>"
    )
    assert next(parse(page.encode("cp1252")).paragraphs()).text == "Mr X’s £5"


def test_spaces_between_tags_stay_as_many_as_they_are():
    document = read("<h2>The complaint</h2><p>Rain<b>   </b>fell.</p>")
    assert next(document.paragraphs()).text == "Rain   fell."
