"""What must hold for any bytes: within two seconds decisions or reasons, and no word lost."""

import json
import re
import time
from collections import Counter
from dataclasses import dataclass

from decisions.documents import Document, ParseError, sections_from_json
from decisions.parsing import parse
from decisions.sources import Source, Unreadable, read_bytes
from tests.fuzz.seeds import NAMES
from tests.wording import words_of_document, words_of_text

MAX_SECONDS = 2.0
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass
class Failure(Exception):
    """What does not hold, in few words: alike for inputs that fail alike."""

    reason: str

    def __str__(self) -> str:
        return self.reason


def check(data: bytes, format: str) -> Counter[str]:
    """How many decisions and refusals `data` gave. Raises Failure, or what the parser raised."""
    outcomes: Counter[str] = Counter()
    started = time.process_time()
    for read in read_bytes(NAMES[format], data):
        if isinstance(read, Unreadable):
            outcomes["unreadable"] += 1
        if not isinstance(read, Source):
            continue
        try:
            document = parse(read.data, read.name, read.url, read.charset)
        except ParseError:
            outcomes["refused"] += 1
            continue
        outcomes["decisions"] += 1
        _check_storable(document)
        if format == "text":
            _check_words(read.data, document, outcomes)
    if time.process_time() - started > MAX_SECONDS:
        raise Failure(f"longer than {MAX_SECONDS:g} seconds")
    return outcomes


def _check_storable(document: Document) -> None:
    stored = json.dumps(document.to_json(), ensure_ascii=False)
    if "\\u0000" in stored:
        raise Failure("a NUL in a document")
    try:
        stored.encode()
    except UnicodeEncodeError:
        raise Failure("a lone surrogate in a document") from None
    if sections_from_json(json.loads(stored)["sections"]) != document.sections:
        raise Failure("the sections are not the same after storing")


def _check_words(data: bytes, document: Document, outcomes: Counter[str]) -> None:
    """The words of a text are in its document, but for what it says that it passed over."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    if not _is_measurable(text, document):
        return
    outcomes["words compared"] += 1
    text = CONTROL.sub("", text)  # a warning tells of these
    lost = words_of_text(text) - words_of_document(document)
    # Numbers of paragraphs, and days and years, are facts and not words of the document.
    lost = Counter({word: count for word, count in lost.items() if not word.isdecimal()})
    if lost:
        raise Failure(f"lost words: {' '.join(sorted(lost))[:100]}")


def _is_measurable(text: str, document: Document) -> bool:
    """Do `tests.wording`'s rules apply? They know the layouts, and not what was made of them."""
    return not any("passed over" in warning for warning in document.warnings)
