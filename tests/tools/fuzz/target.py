"""What must hold for any bytes: they end in decisions or reasons, and no word is lost."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from unittest.mock import patch

from decisions.analysis import analyse
from decisions.documents import Document, ParseError, sections_from_json
from decisions.parsing import parse, pdf_lines
from decisions.sources import Source, Unreadable, read_bytes
from tests import wording
from tests.tools.fuzz import pdfs
from tests.tools.fuzz.seeds import NAMES
from tests.wording import MARKER, words, words_of_document, words_of_text

FINAL_DECISION = re.compile("^(The Ombudsm[ae]n['’]s )?final decision$", re.IGNORECASE)
FURNITURE = {line.casefold() for line in wording.FURNITURE}
COLONS = re.compile(r"(?<=\w):[: ]*")  # "Summary:The Council", "Category:: Housing"
LONGEST_ENTRY = 150
ANY_LABEL = re.compile(wording.LABELS.pattern, re.IGNORECASE)  # as the parser has it
QUOTED = re.compile("“(.*?)”", re.DOTALL)
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
    with patch.object(pdf_lines, "_extract", pdfs.extract):
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
            json.dumps(analyse(document).to_json())
            if format == "text":
                _check_words(read.data, document, outcomes)
    return outcomes


def _check_storable(document: Document) -> None:
    stored = json.dumps(document.to_json(), ensure_ascii=False)
    if "\\u0000" in stored.replace("\\\\", ""):  # a backslash of the text's own
        raise Failure("a NUL in a document")
    try:
        stored.encode()
    except UnicodeEncodeError:
        raise Failure("a lone surrogate in a document") from None
    if sections_from_json(json.loads(stored)["sections"]) != document.sections:
        raise Failure("the sections are not the same after storing")


def _check_words(data: bytes, document: Document, outcomes: Counter[str]) -> None:
    """The words of a text are in its document, but for what it says that it skipped."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    if "cookie" in text.lower() or any("skipped" in warning for warning in document.warnings):
        return  # how much went is told by a warning, or known of the unchanged notice only
    outcomes["words compared"] += 1
    lost = words_of_text(_worth_comparing(text, document)) - words_of_document(document)
    # “31 Feb 2022”: what was not understood is told
    lost -= words(quoted for warning in document.warnings for quoted in QUOTED.findall(warning))
    # Numbers of paragraphs, and days and years, are facts and not words of the document.
    lost = Counter({word: count for word, count in lost.items() if not word.isdecimal()})
    if lost:
        raise Failure(f"lost words: {' '.join(sorted(lost))[:100]}")


def _worth_comparing(text: str, document: Document) -> str:
    """`text` as `tests.wording` knows it, without what mutation makes of furniture.

    Of short lines that are alike one is enough: the others may be a list of contents, or labels.
    """
    headings = {(section.heading or "").casefold() for section in document.sections}
    seen = set()
    stated: list[str] = []  # what labels state
    kept = []
    for line in CONTROL.sub("", text).splitlines():  # a warning tells of these characters
        line = COLONS.sub(": ", " ".join(line.split()))
        bare = ANY_LABEL.sub("", MARKER.sub("", line)).strip(": ")
        if FINAL_DECISION.search(MARKER.sub("", line).rstrip(": ")):
            kept.append("The Ombudsman's final decision:")
        # A mangled header states a value again, or its beginning or end: the document has it once.
        elif any(
            value.startswith(bare.casefold()) or value.endswith(bare.casefold()) for value in stated
        ):
            continue
        # "  1. Back to top", and a list of contents where no line says that one ends
        elif bare.casefold() not in FURNITURE | headings | seen:
            if ANY_LABEL.match(line):
                stated.append(bare.casefold())
            kept.append(ANY_LABEL.sub("", line))
            if len(bare) <= LONGEST_ENTRY or ANY_LABEL.match(line):
                seen.add(bare.casefold())
    return "\n".join(kept)
