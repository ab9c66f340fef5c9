"""What the search index holds, and how a decision becomes one entry of it.

`everything` alone decides what matches and is counted: one list of postings a word. The other
text fields repeat parts of it and only weigh in the ranking.
"""

from collections.abc import Iterator, Set

import tantivy

from decisions.models import NOT_STATED, Category, Decision
from decisions.search.phrases import phrases_of
from decisions.search.question import FACETS

# Part of a generation's name: raise it with every change below, and indexes are made anew.
VERSION = 3

# Fields that weigh in the ranking, beside `everything`, which counts 1.
WEIGHTS = {"council_name": 3.0, "category_name": 1.5, "summary": 2.0, "decision": 1.0}

# The entry that says up to which change the index holds; it is in every commit and no decision.
STATE = "state"

_ID_BITS = 40
_POUND = 100  # pence
_UNDATED_LAST = (
    1 << 23
)  # above any date's ordinal (year 9999: 3,652,059), within 64 bits with an id

# Lower case, accents folded, English stems, no stop words: phrases must work.
ANALYSER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.remove_long(60))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)

STEMS = ANALYSER

# Words as they are written, for offering near spellings.
WORDS = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.remove_long(60))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .build()
)


def build_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("change", fast=True)
    for name in ("everything", "standard", *WEIGHTS):
        builder.add_text_field(name, tokenizer_name="english")
    builder.add_text_field("words", tokenizer_name="words", index_option="basic")
    builder.add_text_field("phrases", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("decided", indexed=True, fast=True)
    builder.add_unsigned_field("payment", indexed=True, fast=True)
    builder.add_unsigned_field("largest", fast=True)
    builder.add_unsigned_field("newest", fast=True)
    builder.add_unsigned_field("oldest", fast=True)
    builder.add_text_field(STATE, tokenizer_name="raw", index_option="basic", stored=True)
    return builder.build()


def entry(decision: Decision, standard: Set[int]) -> tantivy.Document:
    """The index's entry for a decision; its council, category and outcome must be loaded.

    `standard` holds the fingerprints of standard wording, which goes into a field apart.
    """
    document = tantivy.Document()
    document.add_unsigned("id", decision.pk)
    document.add_unsigned("change", decision.change)

    day = decision.decided_on.toordinal() if decision.decided_on else None
    if day:
        document.add_unsigned("decided", day)
    # Both orders put undated decisions last, and equal dates in the order of their ids.
    document.add_unsigned("newest", (day or 0) << _ID_BITS | decision.pk)
    document.add_unsigned("oldest", (day or _UNDATED_LAST) << _ID_BITS | decision.pk)

    if decision.payment is not None:
        document.add_unsigned("payment", decision.payment)
    pounds = (decision.payment or 0) // _POUND
    document.add_unsigned("largest", pounds << _ID_BITS | decision.pk)

    document.add_text("council", decision.council.slug if decision.council else NOT_STATED)
    document.add_text("outcome", decision.outcome.slug if decision.outcome else NOT_STATED)
    for path in _category_paths(decision.category):
        document.add_text("category", path)

    for name, values in (
        ("reason", decision.reasons),
        ("remedy", decision.remedies),
        ("provision", decision.provisions),
    ):
        for value in values:
            document.add_text(name, value)

    for field, text in _texts(decision, standard):
        if field != "standard":
            document.add_text("everything", text)
            document.add_text("words", text)
        if field:
            document.add_text(field, text)
    for phrase in phrases_of(decision.summary):
        document.add_text("phrases", phrase)
    return document


def _category_paths(category: Category | None) -> Iterator[str]:
    """A decision counts under its subcategory and under the category above."""
    if category is None:
        yield NOT_STATED
        return
    yield category.path
    if category.parent:
        yield category.parent.path


def _texts(decision: Decision, standard: Set[int]) -> Iterator[tuple[str | None, str]]:
    """Every searchable text with the field it weighs in, one paragraph or item at a time.

    The engine leaves a gap between texts, so that a phrase never runs across two of them.
    """
    apart = decision.standard_places(standard)
    for reference in (decision.reference, *decision.other_references):
        yield None, reference
        yield None, reference.replace(" ", "")
    if decision.council:
        yield "council_name", decision.council.name
    if decision.category:
        yield "category_name", str(decision.category)
    if decision.outcome:
        yield None, decision.outcome.name
    if decision.summary:
        yield "summary", decision.summary
    for index, section in enumerate(decision.document_sections):
        heading = section.heading or ""
        if heading:
            yield None, heading
        weighted = "decision" if heading.strip().casefold() == "final decision" else None
        for position, paragraph in enumerate(section.paragraphs):
            field = "standard" if (index, position) in apart else weighted
            for text in paragraph.texts():
                yield field, text
