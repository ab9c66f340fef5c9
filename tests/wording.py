"""The words of a file and of a Document, each counted in its own way, to tell that none is lost.

This knows the layouts by itself, and more crudely than the parser: the two must not share an
error.
"""

import re
from collections import Counter
from collections.abc import Iterable

from decisions.documents import Document, Item

FURNITURE = {"Back to top", "Print this page", "LGO logogram", "Privacy settings", "Contents"}
LABELS = re.compile(r"^(Category|Decision date|Decision|Sample|Summary)\s*:?(?=\s|$)")
FINAL_DECISION = re.compile(r"^The Ombudsm[ae]n['’]s final decision:$")
MARKER = re.compile(r"^\s*(?:\d{1,3}\.|[-•])(?:\s+|$)")
DATE = re.compile(r"^\d{1,2}[ -]\w+[ -]\d{4}$")
WORD = re.compile(r"[^\W_]+")


def words(texts: Iterable[str]) -> Counter[str]:
    return Counter(word for text in texts for word in WORD.findall(text.replace("’", "'")))


def words_of_text(text: str) -> Counter[str]:
    """The words of a decision's file without furniture, labels, numbers, and the date."""
    lines = [line.strip() for line in text.replace("\xa0", " ").splitlines()]
    title = next((i for i, line in enumerate(lines) if re.search(r"\(\d\d \d{3} .*\)$", line)), 0)
    if any("cookies" in line.lower() for line in lines[:title]):
        lines = lines[title:]
    if "Review your privacy settings" in lines:
        lines = lines[: lines.index("Review your privacy settings")]
    end = next((i for i, line in enumerate(lines) if FINAL_DECISION.match(line)), 0)
    kept = []
    for index, line in enumerate(lines):
        bare = MARKER.sub("", line)
        is_contents = index < end and bare in lines[end:]
        if line in FURNITURE or is_contents or FINAL_DECISION.match(line):
            continue
        # The first "Summary" opens the summary; one further down, in a report, is a heading.
        if line != "Summary" or lines.index(line) == index:
            bare = LABELS.sub("", bare)
        if not DATE.match(bare.strip(" :")):
            kept.append(bare)
    return words(kept)


def words_of_document(document: Document) -> Counter[str]:
    """The words that `words_of_text` should have found."""
    texts = [
        document.council,
        document.category,
        document.subcategory,
        document.outcome,
        document.summary,
    ]
    if document.council:
        texts += [document.reference, *document.other_references]
    if document.is_sample:
        texts.append("invented decision about an invented council")
    for section in document.sections:
        texts.append(section.heading)
        for paragraph in section.paragraphs:
            texts.append(paragraph.text)
            texts += _item_texts(paragraph.items)
    return words(text for text in texts if text)


def _item_texts(items: tuple[Item, ...]) -> Iterable[str]:
    for item in items:
        yield item.text
        yield from _item_texts(item.items)
