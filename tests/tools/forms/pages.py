"""A decision as the Ombudsman's site shows it: the page from which every form is made."""

import html
from collections.abc import Iterator

from decisions.documents import Document, Item, Paragraph, Section

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

# Much as the site's own: headings larger than the text, labels on lines of their own.
STYLE = """
body { font: 16px/1.5 Arial, sans-serif; margin: 0 auto; max-width: 46em }
h1 { font-size: 32px } h2 { font-size: 26px } h3 { font-size: 22px } h4 { font-size: 18px }
nav a, footer a { margin-right: 1em } .label { font-weight: bold }
"""


def page_of(document: Document, address: str) -> str:
    """The whole page, with menus, notices and a footer."""
    title = html.escape(f"{document.council or ''} ({document.reference})".strip(), quote=False)
    head = (
        f'<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">\n<title>{title} - '
        "Local Government and Social Care Ombudsman</title>\n"
        f'<link rel="canonical" href="{address}">\n<style>{STYLE}</style></head>\n<body>\n'
        '<nav><a href="/">Home</a> <a href="/decisions">Decisions</a></nav>\n'
    )
    facts = "".join(
        f'<p><span class="label">{label} : </span><span class="value">'
        f"{html.escape(value, quote=False)}</span></p>\n"
        for label, value in _facts(document)
    )
    parts = [head, f'<main><article id="article"><header><h1>{title}</h1>\n{facts}</header>\n']
    if document.kind == "statement":
        parts.append("<h2>The Ombudsman's final decision:</h2>\n")
    if document.summary:
        summary = html.escape(document.summary, quote=False)
        parts.append(f"<p><strong>Summary:</strong> {summary}</p>\n")
    for section in document.sections:
        parts.extend(_section(section))
    parts.append(
        '<p><a href="#">Print this page</a></p>\n</article></main>\n'
        '<footer><a href="/contact">Contact us</a> PO Box 4771, Coventry</footer>\n'
        "</body></html>\n"
    )
    return "".join(parts)


def _facts(document: Document) -> Iterator[tuple[str, str]]:
    if document.category:
        names = filter(None, (document.category, document.subcategory))
        yield "Category", " > ".join(names)
    if document.outcome:
        yield "Decision", document.outcome
    if day := document.decided_on:
        yield "Decision date", f"{day.day:02} {MONTHS[day.month - 1]} {day.year}"
    if document.is_sample:
        yield "Sample", "invented decision about an invented council"


def _section(section: Section) -> Iterator[str]:
    level = section.level + 2
    if section.heading:
        yield f"<h{level}>{html.escape(section.heading, quote=False)}</h{level}>\n"
    is_open = False
    for paragraph in section.paragraphs:
        if paragraph.number is None:
            yield "</ol>\n" * is_open
            yield f"<p>{_text(paragraph.text)}</p>\n{_items(paragraph.items)}"
            is_open = False
            continue
        if not is_open:
            yield f'<ol start="{paragraph.number}">\n'
            is_open = True
        yield _item(paragraph)
    yield "</ol>\n" * is_open


def _item(item: Paragraph | Item) -> str:
    return f"<li>{_text(item.text)}{_items(item.items)}</li>\n"


def _items(items: tuple[Item, ...]) -> str:
    if not items:
        return ""
    tag = "ol" if items[0].label else "ul"
    return f"\n<{tag}>\n{''.join(map(_item, items))}</{tag}>\n"


def _text(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")
