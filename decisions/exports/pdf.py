"""A decision as a tagged PDF (PDF/UA-1), set by typst in a process of its own."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from decisions.documents import Item, Paragraph
from decisions.exports import pdf_process
from decisions.exports.reading import OMBUDSMAN, ReadDecision, table_rows

# Seconds that setting one decision may take; the longest takes about two.
TIMEOUT = 20
# Seconds that a request waits while another PDF is set in this worker.
MAX_WAIT = 5

_ROOT = Path(__file__).parents[2]
_one_at_a_time = threading.Lock()


class PdfUnavailable(Exception):
    """The PDF was not made in time, or cannot be made."""


def pdf(read: ReadDecision) -> bytes:
    """The decision as a PDF with its structure, language and title.

    Raises PdfUnavailable; one worker sets one at a time.
    """
    if not _one_at_a_time.acquire(timeout=MAX_WAIT):
        raise PdfUnavailable("Another PDF is being made.")
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", pdf_process.__name__],
            input=json.dumps(_data(read)).encode(),
            capture_output=True,
            timeout=TIMEOUT,
            cwd=_ROOT,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise PdfUnavailable(f"It took more than {TIMEOUT} seconds.") from None
    except subprocess.CalledProcessError as error:
        raise PdfUnavailable(error.stderr.decode(errors="replace")) from None
    finally:
        _one_at_a_time.release()
    return done.stdout


def _data(read: ReadDecision) -> dict[str, Any]:
    """What the template shows, as JSON types."""
    decision = read.decision
    date = decision.decided_on
    sections = []
    level = 1 if decision.summary else 0
    for section in read.sections:
        if section.heading:  # no level is left out, as PDF/UA demands
            level = min(section.level, level + 1)
        sections.append(
            {
                "heading": section.heading,
                "level": max(1, level),
                "paragraphs": [_paragraph(paragraph) for paragraph in section.paragraphs],
            }
        )
    return {
        "title": read.title,
        "author": "Invented by this archive" if decision.is_sample else OMBUDSMAN,
        "reference": decision.reference,
        "date": date and {"year": date.year, "month": date.month, "day": date.day},
        "notices": read.notices,
        "facts": [[name, value, value.startswith("http")] for name, value in read.facts()],
        "summary": _words(decision.summary) if decision.summary else None,
        "sections": sections,
        "terms": read.terms,
    }


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    items = _items(paragraph.items)
    return {"number": paragraph.number, **_words(paragraph.text), "items": items}


def _items(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [
        {"label": item.label, **_words(item.text), "items": _items(item.items)} for item in items
    ]


def _words(text: str) -> dict[str, Any]:
    return {"text": text, "rows": table_rows(text)}
