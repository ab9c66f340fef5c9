"""Samples in one form, read and compared with the same samples as text."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from decisions.documents import ParseError
from decisions.parsing import parse
from decisions.sample import generate
from decisions.sources import Source, Unreadable, read_paths
from tests.tools.forms.pages import page_of
from tests.tools.forms.programs import ADDRESS

# Facts and warnings of where the file came from, in which the forms differ.
_OF_THE_CAPTURE = ("source_url",)
_WARNINGS_OF_THE_CAPTURE = ("category read from the address",)


@dataclass
class Comparison:
    """How many samples came out alike, and what differs in the others, by reference."""

    alike: int = 0
    differences: dict[str, str] = field(default_factory=dict)


def write_pages(count: int, folder: Path) -> dict[str, dict[str, Any]]:
    """Write the pages of the first samples; returns their records as text, by reference."""
    records = {}
    for name, data in generate(count):
        document = parse(data, name)
        stem = name.split(".")[0]
        (folder / f"{stem}.html").write_text(page_of(document, f"{ADDRESS}/{stem}"))
        records[document.reference] = _record(document.to_json())
    return records


def compare(
    records: dict[str, dict[str, Any]], make: Callable[[Path, Path], None], pages: Path, out: Path
) -> Comparison:
    """Make one form of all pages, read it, and compare it with `records`."""
    make(pages, out)
    result = Comparison()
    missing = set(records)
    for read in read_paths([out]):
        if isinstance(read, Unreadable):
            result.differences[read.name] = read.reason
        if not isinstance(read, Source):
            continue
        try:
            record = _record(parse(read.data, read.name, read.url, read.charset).to_json())
        except ParseError as error:
            result.differences[read.name] = str(error)
            continue
        reference = record["reference"]
        missing.discard(reference)
        differing = [key for key in record if record[key] != records[reference][key]]
        if differing:
            result.differences[read.name] = f"differs in {', '.join(differing)}"
        else:
            result.alike += 1
    result.differences |= dict.fromkeys(missing, "was not read")
    return result


def _record(record: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in record.items() if name not in _OF_THE_CAPTURE}
    kept["warnings"] = [
        warning for warning in record["warnings"] if warning not in _WARNINGS_OF_THE_CAPTURE
    ]
    return kept
