"""Writes a drafted decision as a file, in the layouts of the real archive.

full      blank lines between blocks, `  1.` starts again in every section, "Back to top"
flush     as full, but bullets are not indented and citations have a line of their own
compact   every paragraph `- …`, no blank lines
report    numbers continue from section to section, no summary
html      a page as a browser saves it
record    a report summary as one JSON object
"""

import html
import json
from collections.abc import Iterator

from decisions.documents import SAMPLE_LABEL, SAMPLE_NOTICE, Document, Paragraph
from decisions.references import reference_slug
from decisions.sample.dates import MONTHS
from decisions.sample.drafting import draft, report_facts
from decisions.sample.planning import Case

SIGNATURE = "Investigator's decision on behalf of the Ombudsman"
EXTENSIONS = {"html": "html", "record": "json"}
# Share of files in the full and flush layouts that end with page furniture.
LOGO_SHARE = 0.3


def write(case: Case) -> tuple[str, bytes]:
    """The file's name (`90-000-001.txt`) and bytes (UTF-8)."""
    text = _record(case) if case.layout == "record" else _LAYOUTS[case.layout](draft(case), case)
    if case.body.short != "the Council":
        # The sentences say "the Council"; other bodies have names of their own.
        short = case.body.short
        text = text.replace("the Council", short).replace("The Council", "T" + short[1:])
    name = f"{reference_slug(case.reference)}.{EXTENSIONS.get(case.layout, 'txt')}"
    return name, text.encode()


def _header(document: Document, case: Case) -> list[tuple[str, str]]:
    header = [("Category", f"{document.category} > {document.subcategory}")]
    if document.outcome:
        header.append(("Decision", document.outcome))
    if document.decided_on:
        day = document.decided_on
        header.append(("Decision date", f"{day.day:02} {MONTHS[day.month - 1][:3]} {day.year}"))
    header.append((SAMPLE_LABEL, SAMPLE_NOTICE))
    return header


def _title(document: Document) -> str:
    return f"{document.council} ({document.reference})"


def _decision_line(case: Case) -> str:
    return f"The {'Ombudsmen' if case.joint else 'Ombudsman'}'s final decision:"


def _full(document: Document, case: Case) -> str:
    flush = case.layout == "flush"
    lines = [_title(document), ""]
    for label, value in _header(document, case):
        lines += [f"{label} : {value}", ""]
    lines += [_decision_line(case), "", f"Summary: {document.summary}", ""]
    for index, section in enumerate(document.sections):
        if index and section.level == 1:
            lines += ["Back to top", ""]
        lines += [section.heading or "", ""]
        if section.paragraphs:
            lines += [*_numbered(section.paragraphs, flush), ""]
    lines += ["Back to top", "", SIGNATURE, ""]
    if case.chance() < LOGO_SHARE:
        lines += ["Print this page", "", "LGO logogram", ""]
    return "\n".join(lines)


def _numbered(paragraphs: tuple[Paragraph, ...], flush: bool) -> Iterator[str]:
    """The lines of a section, its paragraphs numbered from 1.

    A citation after a list is added to the last bullet. In the flush layout it has a line of its
    own, and the numbers start again after it.
    """
    number = 0
    following = (*paragraphs[1:], None)
    for paragraph, after in zip(paragraphs, following, strict=True):
        if paragraph.number is None:
            if flush:
                number = 0
                yield from ("", paragraph.text, "")
            continue
        number += 1
        yield f"  {number}. {paragraph.text}"
        tail = after.text if after and after.number is None and not flush else ""
        for index, item in enumerate(paragraph.items, 1):
            end = f" {tail}" if tail and index == len(paragraph.items) else ""
            if item.label:
                yield f"      {index}. {item.text}{end}"
            else:
                yield f"{'  ' if flush else '    '}• {item.text}{end}"


def _compact(document: Document, case: Case) -> str:
    lines = [_title(document)]
    lines += [f"{label} : {value}" for label, value in _header(document, case)]
    lines += [_decision_line(case), f"Summary: {document.summary}"]
    for section in document.sections:
        lines.append(section.heading or "")
        for paragraph in section.paragraphs:
            lines.append(paragraph.text if paragraph.number is None else f"- {paragraph.text}")
            lines += [f"- {item.text}" for item in paragraph.items]
    lines += [SIGNATURE, ""]
    return "\n".join(lines)


def _report(document: Document, case: Case) -> str:
    lines = [_title(document), ""]
    for label, value in _header(document, case):
        lines += [f"{label} : {value}", ""]
    lines += ["The Investigation", ""]
    for section in document.sections:
        lines += [section.heading or "", ""]
        for paragraph in section.paragraphs:
            number = f"{paragraph.number}. " if paragraph.number else ""
            lines += [f"{number}{paragraph.text.replace('this statement', 'this report')}", ""]
            for index, item in enumerate(paragraph.items):
                lines += [f"    {chr(97 + index) + ')' if item.label else '•'} {item.text}"]
            if paragraph.items:
                lines.append("")
    return "\n".join(lines)


def _html(document: Document, case: Case) -> str:
    escape = html.escape
    title = escape(_title(document), quote=False)
    parts = [
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n</head>\n<body>\n"
        '<nav><a href="/">Home</a> <a href="/decisions">Decisions</a></nav>\n'
        f'<article id="article">\n<header>\n<h1>{title}</h1>\n'
    ]
    for label, value in _header(document, case):
        parts.append(
            f'<p><span class="label">{label} :</span> '
            f'<span class="value">{escape(value, quote=False)}</span></p>\n'
        )
    parts.append(f"</header>\n<h2>{_decision_line(case)}</h2>\n")
    parts.append(
        f"<p><strong>Summary:</strong> {escape(document.summary or '', quote=False)}</p>\n"
    )
    for section in document.sections:
        level = section.level + 1
        parts.append(f"<h{level}>{section.heading}</h{level}>\n")
        parts.extend(_html_list(section.paragraphs))
    parts.append(f"<p>{SIGNATURE}</p>\n</article>\n<footer>Print this page</footer>\n")
    parts.append("</body>\n</html>\n")
    return "".join(parts)


def _html_list(paragraphs: tuple[Paragraph, ...]) -> Iterator[str]:
    """A section's paragraphs as ordered lists, numbered on from the last section by `start`."""
    is_open = False
    for paragraph in paragraphs:
        if paragraph.number is None:
            yield f"</ol>\n<p>{html.escape(paragraph.text, quote=False)}</p>\n"
            is_open = False
            continue
        if not is_open:
            yield f'<ol start="{paragraph.number}">\n'
            is_open = True
        yield f"<li>{html.escape(paragraph.text, quote=False)}"
        if paragraph.items:
            tag = 'ol type="a"' if paragraph.items[0].label else "ul"
            items = "".join(
                f"<li>{html.escape(item.text, quote=False)}</li>" for item in paragraph.items
            )
            yield f"\n<{tag}>{items}</{tag[:2]}>\n"
        yield "</li>\n"
    if is_open:
        yield "</ol>\n"


def _record(case: Case) -> str:
    """A report summary as JSON; its text has one line for each text node of a page."""
    facts, topic = report_facts(case), case.topic
    slug = reference_slug(case.reference)
    day = case.decided
    lines = [
        "Category :", topic.category, ">", topic.subcategory,
        "Decision :", case.outcome or "",
        "Decision date :", f"{day.day:02} {MONTHS[day.month - 1][:3]} {day.year}",
        f"{SAMPLE_LABEL} :", SAMPLE_NOTICE,
        "Summary", facts["summary"],
        "The complaint", facts["complaint"],
        "Finding", facts["finding"],
        "Recommendations", "To remedy the injustice caused, the Council has agreed to:",
        *(f"{item};" for item in facts["recommendations"][:-1]),
        f"{facts['recommendations'][-1]}.",
        facts["satisfied"], "Print this page",
    ]  # fmt: skip
    chance = case.chance
    address = "/".join(
        part.lower().replace(" ", "-") for part in (topic.category, topic.subcategory)
    )
    record = {
        "case_id": case.reference,
        "authority": case.body.name if chance() < 0.8 else None,
        "category": topic.category,
        "subcategory": topic.subcategory,
        "outcome": case.outcome,
        "date": day.isoformat(),
        "url": f"https://sample.invalid/decisions/{address}/{slug}" if chance() < 0.7 else None,
        "text": "\n".join(lines),
        "sample": True,
    }
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


_LAYOUTS = {
    "full": _full,
    "flush": _full,
    "compact": _compact,
    "report": _report,
    "html": _html,
}
