"""Parses the bytes of a file into a Document.

In: the bytes of one decision, with its name, address and charset where they are known. Out: a
Document, or ParseError with the reason. May touch: nothing; no Django, no database, no clock.

    bytes ─ encoding ─► text ─ record, html or text ─► blocks ─ furniture ─► blocks
          ─ header ─► facts, and the remaining blocks ─ structure ─► sections

`docs/parsing.md` says how a layout is recognised and what each warning means.
"""

from decisions.characters import simplify
from decisions.documents import Document, Item, ParseError
from decisions.parsing.binary import read_binary
from decisions.parsing.blocks import MAX_BLOCKS, MAX_CHARACTERS
from decisions.parsing.encoding import clean, decode
from decisions.parsing.furniture import strip_furniture
from decisions.parsing.header import Header, read_header
from decisions.parsing.headings import is_report_heading, is_signature
from decisions.parsing.html import Page, looks_like_html, read_html
from decisions.parsing.markdown import looks_like_markdown, read_markdown
from decisions.parsing.record import looks_like_json, read_record
from decisions.parsing.structure import Body, build_body
from decisions.parsing.supplement import (
    fill_from_address,
    fill_from_record,
    find_reference,
    warn_of_missing,
)
from decisions.parsing.text import read_text
from decisions.sources.capture_times import original_address

__all__ = ["parse"]

# Minimum `Header.evidence` of a decision, in points: that of a title line and one distinctive mark.
# The case_id of a record counts as a distinctive mark.
_ENOUGH_EVIDENCE = 3
_TOO_LONG = f"more than {MAX_BLOCKS:,} lines, which no decision has"
_TOO_MUCH_TEXT = f"more than {MAX_CHARACTERS:,} characters of text, which no decision has"


def parse(
    data: bytes, name: str = "", url: str | None = None, charset: str | None = None
) -> Document:
    """Parse the decision in a file.

    `name` is the name of the file, `url` the address it was fetched from, `charset` the encoding
    that the server stated. Raises ParseError, with a reason for the person who sent the file, when
    it is no decision.
    """
    warnings: list[str] = []
    record = None
    page = read_binary(data, warnings)
    if page is None:
        text, warnings = decode(data, charset)
        if looks_like_json(text) or name.casefold().endswith(".json"):
            record = read_record(text, warnings)
            text = record.text
        text = clean(text, warnings)
        if text.count("\n") > MAX_BLOCKS:
            raise ParseError(_TOO_LONG)
        page = _read_page(text, warnings)
    stated_url = record.facts.get("url") if record else page.url
    source_url, captured = url or _web_address(stated_url, warnings), page.captured
    if source_url:
        source_url, in_address = original_address(source_url)
        captured = in_address or captured

    if len(page.blocks) > MAX_BLOCKS:
        raise ParseError(_TOO_LONG)
    if sum(len(block.text) for block in page.blocks) > MAX_CHARACTERS:
        raise ParseError(_TOO_MUCH_TEXT)
    blocks = strip_furniture(page.blocks)
    if page.blocks and not blocks:
        raise ParseError("only the notices of a web page, no decision")
    header, blocks = read_header(blocks, page.title)
    body = build_body(blocks)
    evidence = header.evidence + 2 * bool(record and "case_id" in record.facts)
    if evidence < _ENOUGH_EVIDENCE:
        raise ParseError(f"no decision: {_rejection_reason(header, page)}")
    if header.summary is None and not any(section.paragraphs for section in body.sections):
        raise ParseError("only the header of a decision, without its text")
    header.warnings[:0] = warnings
    find_reference(header, record, source_url, name)
    if not header.references:
        raise ParseError("a decision without a reference, in its text or its file name")

    if record:
        fill_from_record(header, record)
    if source_url:
        fill_from_address(header, source_url)
    warn_of_missing(header)
    if truncated_end := _truncated_end(body):
        header.warnings.append(f"ends in mid-sentence: “… {truncated_end}”")
    return Document(
        reference=header.references[0],
        other_references=header.references[1:],
        council=header.council,
        category=header.category,
        subcategory=header.subcategory,
        outcome=header.outcome,
        decided_on=header.decided_on,
        kind="report" if _is_report(header, body, source_url) else "statement",
        summary=header.summary,
        sections=body.sections,
        warnings=tuple(header.warnings),
        source_url=source_url,
        is_sample=header.is_sample,
        captured=captured,
    )


def _read_page(text: str, warnings: list[str]) -> Page:
    if looks_like_html(text):
        return read_html(text, warnings)
    if looks_like_markdown(text):
        return Page(*read_markdown(text))
    return Page(read_text(text))


def _web_address(stated: str | None, warnings: list[str]) -> str | None:
    """The stated address if it is a web address, else None: pages link to it."""
    if stated is None or stated.startswith(("https://", "http://")):
        return stated
    warnings.append(f"its address is no web address: “{stated[:100]}”")
    return None


def _rejection_reason(header: Header, page: Page) -> str:
    if page.name:
        return f"a web page called “{page.name[:100]}”"
    if header.references:
        return "a title line, but neither a header nor the usual headings"
    return "neither a title line with a reference nor a header and headings"


def _is_report(header: Header, body: Body, url: str | None) -> bool:
    """Whether this is a report: it has one of the signs below, but no final-decision line."""
    if header.outcome and header.outcome.casefold().startswith("report issued"):
        return True
    if header.has_final_decision_line:
        return False
    return (
        body.runs_on
        or bool(url and "chapter=" in url)
        or any(
            is_report_heading(section.heading or "", has_title=header.has_title)
            for section in body.sections
        )
        # "Ombudsman satisfied with council's response: 19 July 2017"
        or any(
            simplify(paragraph.text).startswith("Ombudsman satisfied with")
            for section in body.sections
            for paragraph in section.paragraphs
        )
    )


def _truncated_end(body: Body) -> str | None:
    """The last five words of a text that stops in mid-sentence, else None."""
    if not body.sections or is_signature(body.sections[-1].heading or ""):
        return None
    if not body.sections[-1].paragraphs:
        return None
    last = body.sections[-1].paragraphs[-1]
    text = last.text
    items: tuple[Item, ...] = last.items
    while items:
        text, items = items[-1].text, items[-1].items
    text = simplify(text)
    # A sentence ends in a full stop or the like; "…: 19 July 2017" ends a report.
    if text.startswith("Ombudsman satisfied with") or not (text[-1:].isalnum() or text[-1:] == ","):
        return None
    return " ".join(text.split()[-5:])
