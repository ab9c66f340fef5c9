"""Flat tables, for SQLite and Parquet: a decision in one row, each of its paragraphs in another.

They are made from the lines of a dump, and hold what a public page shows.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from decisions.analysis import Findings
from decisions.documents import Item, Paragraph, sections_from_json
from decisions.dumps.contents import Contents
from decisions.dumps.lines import Line
from decisions.models import StandardWording
from decisions.references import reference_slug

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A flat table. A column is "text", "integer", "boolean", "date", "time" or "list" (of texts).

    `key` has one value a row if it is unique; `search` are the columns of the full-text search.
    """

    name: str
    about: str
    columns: dict[str, str]
    key: str
    search: tuple[str, ...] = ()
    is_unique: bool = True


_PLACE = {"section": "integer", "position": "integer", "number": "integer", "anchor": "text"}

FLAT_TABLES = (
    FlatTable(
        "decisions",
        "A row for each decision, with its whole text.",
        {
            "reference": "text",
            "slug": "text",
            "council": "text",
            "council_slug": "text",
            "body_kind": "text",
            "category": "text",
            "subcategory": "text",
            "outcome": "text",
            "decided_on": "date",
            "kind": "text",
            "reasons": "list",
            "remedies": "list",
            "payment_pence": "integer",
            "provisions": "list",
            "summary": "text",
            "text": "text",
            "source_url": "text",
            "other_references": "list",
            "is_sample": "boolean",
            "created_at": "time",
            "updated_at": "time",
        },
        key="reference",
        search=("summary", "text"),
    ),
    FlatTable(
        "paragraphs",
        "A row for each paragraph.",
        {
            "reference": "text",
            **_PLACE,
            "heading": "text",
            "text": "text",
            "is_standard": "boolean",
        },
        key="reference",
        search=("text",),
        is_unique=False,
    ),
    FlatTable(
        "reasons",
        "Why complaints were closed, with the paragraph that says so.",
        {"reference": "text", "reason": "text", **_PLACE},
        key="reference",
        is_unique=False,
    ),
    FlatTable(
        "remedies",
        "What was recommended or agreed, with the paragraph that says so.",
        {
            "reference": "text",
            "remedy": "text",
            "amount_pence": "integer",
            "total_pence": "integer",
            "per": "text",
            "recipient": "text",
            "purpose": "text",
            **_PLACE,
        },
        key="reference",
        is_unique=False,
    ),
    FlatTable(
        "citations",
        "Each mention of a provision of law.",
        {"reference": "text", "provision": "text", **_PLACE},
        key="reference",
        is_unique=False,
    ),
    FlatTable(
        "provisions",
        "The provisions of law, cases and guidance.",
        {"key": "text", "label": "text", "short": "text", "parent": "text", "url": "text"},
        key="key",
    ),
    FlatTable(
        "councils",
        "Councils and other bodies.",
        {"slug": "text", "name": "text", "kind": "text"},
        key="slug",
    ),
    FlatTable(
        "captures",
        "The received files, without their bytes.",
        {
            "reference": "text",
            "sha256": "text",
            "size": "integer",
            "url": "text",
            "received_at": "time",
            "captured_at": "time",
            "captured_from": "text",
        },
        key="sha256",
    ),
    FlatTable(
        "withdrawn",
        "Decisions that were taken down.",
        {"reference": "text", "withdrawn_at": "time"},
        key="reference",
    ),
)

# Wording that enough of the decisions that a public dump has in full share. Decisions that a
# restored archive would not have are not counted, so that it says the same.
_PUBLIC_STANDARD = """
SELECT fingerprint FROM decisions_standardwording AS wording LEFT JOIN (
    SELECT entry AS fingerprint, count(DISTINCT id) AS decisions
    FROM decisions_decision, unnest(fingerprints) AS entry
    WHERE withdrawn_at IS NOT NULL GROUP BY entry
) AS withdrawn USING (fingerprint)
WHERE wording.decisions - coalesce(withdrawn.decisions, 0) >= %s
"""


def flat_tables_of(contents: Contents) -> dict[str, FlatTable]:
    """The flat tables of a dump with these contents, by name."""
    tables = {table.name: table for table in FLAT_TABLES}
    if not contents.captures:
        del tables["captures"]
    return tables


class Flattener:
    """Turns the lines of a dump into rows of flat tables. Lines come in the order of a dump."""

    def __init__(self, contents: Contents) -> None:
        self._names: dict[str, dict[str, Line]] = {"councils": {}, "categories": {}, "outcomes": {}}
        self._standard = _standard_fingerprints(contents)
        self._rows_of: dict[str, Callable[[Line], Iterable[tuple[str, Row]]]] = {
            "councils": lambda line: [("councils", line)],
            "provisions": lambda line: [("provisions", line)],
            "decisions": self._decision,
            "withdrawn": lambda line: [("withdrawn", line)],
            "captures": lambda line: [("captures", {**line, "reference": line["decision"]})],
        }

    def rows(self, table: str, line: Line) -> Iterable[tuple[str, Row]]:
        """The rows that a line gives, each with the name of its flat table."""
        if table in self._names:
            self._names[table][line.get("path") or line["slug"]] = line
        return self._rows_of[table](line) if table in self._rows_of else ()

    def _decision(self, line: Line) -> Iterator[tuple[str, Row]]:
        reference = line["reference"]
        if line["withdrawn_at"]:
            yield "withdrawn", line
        council = self._names["councils"].get(line["council"], {})
        category = self._names["categories"].get(line["category"], {})
        parent = self._names["categories"].get(category.get("parent", ""))
        paragraphs = list(self._paragraphs(line))
        yield (
            "decisions",
            {
                **line,
                "slug": reference_slug(reference),
                "council": council.get("name"),
                "council_slug": line["council"],
                "body_kind": council.get("kind"),
                "category": (parent or category).get("name"),
                "subcategory": category.get("name") if parent else None,
                "outcome": self._names["outcomes"].get(line["outcome"], {}).get("name"),
                "payment_pence": line["payment"],
                "text": _text(paragraphs),
            },
        )
        yield from (("paragraphs", row) for row in paragraphs)
        findings = Findings.from_json(line["findings"], is_closed=bool(line["reasons"]))
        for reason in findings.closure_reasons:
            for evidence in reason.evidence:
                yield "reasons", {**_place(reference, evidence), "reason": reason.code}
        for remedy in findings.remedies:
            yield "remedies", {**_place(reference, remedy.evidence), **_remedy(remedy)}
        for citation in findings.citations:
            place = _place(reference, citation.evidence)
            yield "citations", {**place, "provision": citation.provision.key}

    def _paragraphs(self, line: Line) -> Iterator[Row]:
        standard = {
            (section, position)
            for section, position, fingerprint in line["findings"].get("standard", ())
            if fingerprint in self._standard
        }
        for section_index, section in enumerate(sections_from_json(line["sections"])):
            for position, paragraph in enumerate(section.paragraphs):
                number = paragraph.number
                yield {
                    "reference": line["reference"],
                    "section": section_index,
                    "position": position,
                    "number": number,
                    "anchor": f"para-{number}" if number else f"section-{section_index + 1}",
                    "heading": section.heading,
                    "text": _paragraph_text(paragraph),
                    "is_standard": (section_index, position) in standard,
                }


def _standard_fingerprints(contents: Contents) -> set[int]:
    if contents.complete:
        return set(StandardWording.objects.standard().values_list("fingerprint", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_PUBLIC_STANDARD, [StandardWording.STANDARD_FROM])
        return {fingerprint for (fingerprint,) in cursor.fetchall()}


def _place(reference: str, evidence: Any) -> Row:
    return {
        "reference": reference,
        "section": evidence.section,
        "position": evidence.paragraph,
        "number": evidence.number,
        "anchor": evidence.anchor,
    }


def _remedy(remedy: Any) -> Row:
    names = ("amount_pence", "total_pence", "per", "recipient", "purpose")
    return {"remedy": remedy.kind, **{name: getattr(remedy, name) for name in names}}


def _text(paragraphs: list[Row]) -> str:
    """The whole text of a decision: headings, and paragraphs with their numbers."""
    lines: list[str] = []
    section = None
    for row in paragraphs:
        if row["section"] != section and row["heading"]:
            lines.append(row["heading"])
        section = row["section"]
        lines.append(f"{row['number']}. {row['text']}" if row["number"] else row["text"])
    return "\n\n".join(lines)


def _paragraph_text(paragraph: Paragraph) -> str:
    return "\n".join([paragraph.text, *_item_lines(paragraph.items, "")])


def _item_lines(items: Iterable[Item], indent: str) -> Iterator[str]:
    for item in items:
        yield f"{indent}{f'{item.label}) ' if item.label else '• '}{item.text}"
        yield from _item_lines(item.items, f"{indent}  ")
