"""Pages made to take a parser's time are refused in words; large but honest ones are read."""

import subprocess
import sys
from pathlib import Path

import pytest

from decisions.documents import Document, ParseError
from decisions.parsing import html, html_tree, parse

HEAD = "<h1>A Council (21 019 030)</h1><p>Category : Housing &gt; Other</p><h2>The complaint</h2>"
ROOT = Path(__file__).parents[2]


def read(body: str) -> Document:
    return parse(f"<html><body>{HEAD}{body}</body></html>".encode())


def texts(body: str) -> list[str]:
    return [paragraph.text for paragraph in read(body).paragraphs()]


def attributes(count: int, value: str = '=""') -> str:
    return " ".join(f"a{number}{value}" for number in range(count))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (f"<p {attributes(1_001)}>Rain.</p>", "too many attributes"),
        (f"<p {attributes(1_001, '')}>Rain.</p>", "too many attributes"),
        # Quotes where no value is due: to the parser they are part of a name.
        (f"<p \" {attributes(1_001)} ' >Rain.</p>", "too many attributes"),
        (f"<p {attributes(900)}>Rain.</p>" * 250, "too many attributes"),
        ("<div>" * 10_000 + "Rain.", "nested too deeply"),
        ("<div>" * 240 + "x<br>" * 30_000, "nested too deeply"),
        ("<ol><li>" * 10_000 + "Rain.", "nested too deeply"),
        ("<div>" * 100_000 + "Rain.", "more than 75,000 tags"),
        ("<p>Rain.</p>" * 40_000, "more than 75,000 tags"),
        ("<!---->" * 80_000, "more than 75,000 tags"),
        ("</p>" * 80_000, "more than 75,000 tags"),
        ("&amp;" * 600_000, "more than 500,000 character references"),
    ],
    ids=lambda text: text[:12] + text[-12:],
)
def test_a_page_beyond_a_limit_is_refused_in_words(body, reason):
    with pytest.raises(ParseError, match=reason):
        read(body)


@pytest.mark.slow
def test_a_tag_of_300_000_attributes_is_refused_before_anybody_gives_up():
    """In a process of its own, since a parser that compares them all would hold up every test."""
    code = (
        "from decisions.documents import ParseError\n"
        "from decisions.parsing import parse\n"
        "tag = ' '.join(f'a{number}=\"x\"' for number in range(300_000))\n"
        "try:\n"
        "    parse(f'<html><body><p {tag}>Hello</p></body></html>'.encode())\n"
        "except ParseError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == "a web page with too many attributes to read\n", done.stderr


def test_a_page_with_its_pictures_in_itself_is_read():
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 300_000  # 3.3 MB
    assert texts(f'<p>Rain<img src="{picture}"> again.</p>') == ["Rain again."]
    assert texts(f"<p>Rain<img src={picture}> again.</p>") == ["Rain again."]


@pytest.mark.parametrize(
    "body",
    [
        '<p title="a > b < c">Rain.</p>',
        f"<script>var a = {'[1]<2,' * 20_000} 0;</script><p>Rain.</p>",
        f"<style>{'.a { color: red } ' * 20_000}</style><p>Rain.</p>",
        f"<!-- <p {attributes(5_000)}> --><p>Rain.</p>",
        f"<!-- {'x' * 11_000_000} --><p>Rain.</p>",
        f"<script>'<p {attributes(5_000)}>'</script><p>Rain.</p>",
        f"<p {attributes(999)}>Rain.</p>",
        "<div>" * 200 + "<p>Rain.</p>",
    ],
    ids=lambda text: text[:30],
)
def test_what_only_looks_hostile_is_read(body):
    assert texts(body) == ["Rain."]


@pytest.mark.parametrize("body", ['<p a="', "<p a='x>", "<p ", "<", "<!--", "<script>", "<p a=b"])
def test_a_page_that_stops_within_a_tag_keeps_what_came_before(body):
    document = read(f"<p>Rain.</p>{body}{'x' * 200_000}")
    assert next(document.paragraphs()).text == "Rain."


def test_the_tree_is_destroyed_after_use():
    """Its elements refer to each other, so only the garbage collector would free them."""
    with html_tree.html_tree("<html><body><p>Rain.</p></body></html>") as tree:
        paragraph = tree.p
        assert paragraph is not None
    assert paragraph.decomposed


def test_an_element_inside_a_searched_element_is_not_searched_again():
    """Otherwise each of a thousand nested articles is read to the end of the page."""
    page = "<html><body><main><p>Rain.</p></main>" + "<article><p>News.</p>" * 30
    with html_tree.html_tree(page) as tree:
        candidates = [tag.name for tag in html.find_landmarks(tree).candidates()]
    assert candidates == ["article", "main", "body"]
