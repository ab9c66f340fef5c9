"""All that a file says by itself: its Document, and what analysis makes of it, ready for its row.

No Django, no database, no clock: `processes` does the same in processes that have none of these.
"""

import traceback
from dataclasses import dataclass
from typing import Any, NamedTuple

from decisions.analysis import RULES_VERSION, Findings, analyse
from decisions.documents import Document, ParseError
from decisions.parsing import parse
from decisions.sources import Source

__all__ = ["CitedProvision", "ParsedFile", "Rejected", "cited", "columns", "parse_file"]


class CitedProvision(NamedTuple):
    """A provision of law as its row has it; `parent` is the key of what it is part of."""

    key: str
    label: str
    short: str
    url: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    document: Document
    columns: dict[str, Any]
    provisions: tuple[CitedProvision, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that is no decision, by reason; `trace` where the fault is ours, not the file's."""

    reason: str
    trace: str | None = None


def parse_file(source: Source) -> ParsedFile | Rejected:
    try:
        document = parse(source.data, source.name, source.url, source.charset)
        findings = analyse(document)
        return ParsedFile(document, columns(findings), cited(findings))
    except ParseError as error:
        return Rejected(in_one_line(error))
    except Exception as error:  # a fault of ours: this file fails, the others go on
        return Rejected(in_one_line(error), traceback.format_exc())


def columns(findings: Findings) -> dict[str, Any]:
    """The columns of a decision that hold what analysis found."""
    return {
        "findings": findings.to_json(),
        "rules_version": RULES_VERSION,
        "reasons": findings.reasons,
        "provisions": list(findings.provisions()),
        "remedies": sorted({remedy.kind for remedy in findings.remedies}),
        "payment": findings.payment,
        "fingerprints": sorted({candidate.fingerprint for candidate in findings.standard}),
    }


def cited(findings: Findings) -> tuple[CitedProvision, ...]:
    """Every provision cited and what it is part of, the whole before its parts."""
    return tuple(
        CitedProvision(
            key,
            provision.label,
            provision.short,
            provision.url or "",
            provision.parent.key if provision.parent else None,
        )
        for key, provision in findings.provisions().items()
    )


def in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())
