"""Parses and analyses one file into the values of its database row, or rejects it with a reason."""

import datetime
import json
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from decisions.analysis import RULES_VERSION, Findings, analyse
from decisions.documents import CaptureBasis, CaptureTime, Document, ParseError, sections_from_json
from decisions.parsing import parse
from decisions.sources import Source

Parsed = TypeVar("Parsed")


class CitedProvision(NamedTuple):
    """The row of a provision of law; `parent` is the key of the provision that contains it."""

    key: str
    label: str
    short: str
    url: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A decision file's document, the columns of its findings, and the provisions it cites."""

    document: Document
    columns: dict[str, Any]
    provisions: tuple[CitedProvision, ...]

    def to_json(self) -> dict[str, Any]:
        """The parsed file as JSON types."""
        captured = self.document.captured
        return {
            "document": self.document.to_json(),
            "captured": captured and [captured.at.isoformat(), captured.basis],
            "columns": self.columns,
            "provisions": self.provisions,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "ParsedFile":
        """The inverse of `to_json`."""
        return cls(
            _document_from_json(stored["document"], stored["captured"]),
            stored["columns"],
            tuple(CitedProvision(*provision) for provision in stored["provisions"]),
        )


TOO_MUCH_MEMORY = "Reading this file takes too much memory."


@dataclass(frozen=True, slots=True)
class Rejected:
    """The reason why a file was rejected; `trace` is the traceback if a program error caused it."""

    reason: str
    trace: str | None = None


def parse_file(source: Source) -> ParsedFile | Rejected:
    """Parse and analyse one file, for its database row. No content of a file makes this raise."""
    return _guarded(
        source, lambda document, found: ParsedFile(document, columns(found), cited(found))
    )


def describe_file(source: Source) -> str | Rejected:
    """Parse and analyse one file, as one line of JSON. No content of a file makes this raise."""
    return _guarded(
        source,
        lambda document, findings: json.dumps(
            document.to_json() | findings.to_json(), ensure_ascii=False
        ),
    )


def _guarded(source: Source, build: Callable[[Document, Findings], Parsed]) -> Parsed | Rejected:
    try:
        document = parse(source.data, source.name, source.url, source.charset)
        return build(document, analyse(document))
    except ParseError as error:
        return Rejected(in_one_line(error))
    except MemoryError:
        return Rejected(TOO_MUCH_MEMORY)
    except Exception as error:  # a program error: only this file fails
        return Rejected(in_one_line(error), traceback.format_exc())


def columns(findings: Findings) -> dict[str, Any]:
    """The columns of a decision's row that hold its findings."""
    return {
        "findings": findings.to_row(),
        "rules_version": RULES_VERSION,
        "reasons": findings.reasons,
        "provisions": list(findings.provisions()),
        "remedies": sorted({remedy.kind for remedy in findings.remedies}),
        "payment": findings.payment,
        "fingerprints": sorted({candidate.fingerprint for candidate in findings.standard}),
    }


def cited(findings: Findings) -> tuple[CitedProvision, ...]:
    """Every provision that is cited, each one after the provision that contains it."""
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
    """The error's message on one line, with single spaces."""
    return " ".join(str(error).split())


def _document_from_json(stored: dict[str, Any], captured: list[str] | None) -> Document:
    date = stored["decided_on"]
    return Document(
        **stored
        | {
            "decided_on": datetime.date.fromisoformat(date) if date else None,
            "sections": sections_from_json(stored["sections"]),
            "warnings": tuple(stored["warnings"]),
            "other_references": tuple(stored["other_references"]),
            "captured": captured and _capture_time_from_json(*captured),
        }
    )


def _capture_time_from_json(at: str, basis: str) -> CaptureTime:
    return CaptureTime(datetime.datetime.fromisoformat(at), CaptureBasis(basis))
