"""The fields of the search index, and how a decision becomes one entry of it.

The field `everything` alone decides what matches and what is counted; with freshness, it decides
how results are ranked. Texts that count more in the ranking are repeated in it (WEIGHTS), so that
their words are weighted before BM25 dampens them. The other text fields serve searches that name
them (`council:kent`, `apology in:remedy`). The names of reasons and remedies are the archive's
words and not the Ombudsman's: they add to a score, but match only searches that name their field.

Every text is made searchable (`analyzers.searchable`), as queries are.
"""

from collections.abc import Iterable, Iterator, Set
from datetime import date

import tantivy

from decisions.analysis.closure_rules import REASONS
from decisions.analysis.remedies import REMEDIES
from decisions.models import NOT_STATED, Category, Decision
from decisions.search.analyzers import FILLER, STEMS, WORDS, searchable
from decisions.search.indexed_paragraphs import indexed_paragraphs
from decisions.search.phrases import phrases_of
from decisions.search.query_language import MAX_NEAR
from decisions.search.search_query import FACETS, YEAR

# Part of a store's name: raise it with every change below, and every index is rebuilt.
VERSION = 8

# How often each of these texts is repeated in `everything`; all others occur there once. Tuned with
# `make relevance`.
WEIGHTS = {"council": 3, "category": 2, "summary": 2, "law": 1}

# Freshness for each year since _FIRST_DAY. The engine multiplies a score by log2(2 + fresh), so a
# year adds about 1.4 %.
FRESHNESS_PER_YEAR = 0.02
_FIRST_DAY = date(2013, 1, 1).toordinal()
# Steps per day that give decisions of the same day different scores: a score has 24 bits of
# precision, which finer steps would exceed.
_STEPS_PER_DAY = 64

# The kinds of entries: "decision", and "state", one entry in every commit that says which change
# the index has reached.
KIND, STATE = "kind", "state"

# Low bits of a sort key that hold the decision's id; the high bits hold the day or the pounds.
ID_BITS = 40
# The day of undated decisions in the order "oldest": later than any date (the ordinal of the year
# 9999 is 3,652,059), and small enough for 64 bits together with an id.
UNDATED_LAST = 1 << 23
_PENCE_PER_POUND = 100

# Fillers that stop a phrase from matching across two texts, and "near" from matching across two
# paragraphs.
_BETWEEN_TEXTS = f" {FILLER} "
_BETWEEN_PARAGRAPHS = f" {FILLER}" * (MAX_NEAR + 1) + " "

_TEXTS = ("everything", "standard", "in_complaint", "in_findings", "in_decision", "in_remedy")
_NAMES = ("council_name", "category_name", "reason_name", "remedy_name", "law_name", "reference")


def build_schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True, fast=True)
    builder.add_unsigned_field("change", fast=True)
    for name in (*_TEXTS, *_NAMES):
        builder.add_text_field(name, tokenizer_name="stems")
    # The unstemmed words of a decision's own text: for prefixes and spelling suggestions.
    builder.add_text_field("words", tokenizer_name="words", index_option="basic")
    # Phrases of the summaries: for autocomplete.
    builder.add_text_field("phrases", tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("decided", YEAR, "payment", "newest", "oldest", "largest"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_float_field("fresh", fast=True)
    builder.add_text_field(KIND, tokenizer_name="raw", index_option="basic", stored=True)
    return builder.build()


def register_analyzers(index: tantivy.Index) -> None:
    """Register the analysers that the fields name with an open index."""
    index.register_tokenizer("stems", STEMS)
    index.register_tokenizer("words", WORDS)


def entry(decision: Decision, standard: Set[int]) -> tantivy.Document:
    """The index's entry for a decision; its council, category and outcome must be loaded.

    `standard` holds the fingerprints of standard wording, which has its own field.
    """
    document = tantivy.Document()
    document.add_text(KIND, "decision")
    document.add_unsigned("id", decision.pk)
    document.add_unsigned("change", decision.change)
    _add_dates(document, decision.decided_on, decision.pk)

    if decision.payment is not None:
        document.add_unsigned("payment", decision.payment)
    pounds = (decision.payment or 0) // _PENCE_PER_POUND
    document.add_unsigned("largest", pounds << ID_BITS | decision.pk)

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
    for phrase in phrases_of(decision.summary):
        document.add_text("phrases", phrase)
    _add_texts(document, decision, standard)
    for name, names in (
        ("council_name", [decision.council.name] if decision.council else []),
        ("category_name", [str(decision.category)] if decision.category else []),
        ("reason_name", map(_reason_name, decision.reasons)),
        ("remedy_name", map(_remedy_name, decision.remedies)),
        ("law_name", _laws(decision)),
        ("reference", _references(decision)),
    ):
        document.add_text(name, searchable(_BETWEEN_PARAGRAPHS.join(names)))
    return document


def _add_dates(document: tantivy.Document, decided_on: date | None, pk: int) -> None:
    day = decided_on.toordinal() if decided_on else None
    if decided_on:
        document.add_unsigned("decided", decided_on.toordinal())
        document.add_unsigned(YEAR, decided_on.year)
    document.add_float("fresh", _freshness(day, pk))
    # Both orders put undated decisions last, and decisions of one day in the order of their ids.
    document.add_unsigned("newest", (day or 0) << ID_BITS | pk)
    document.add_unsigned("oldest", (day or UNDATED_LAST) << ID_BITS | pk)


def _freshness(day: int | None, pk: int) -> float:
    """The freshness of a decision; later days have more. Decisions of the same day differ by less
    than a day's freshness, so that equal scores have a fixed order.
    """
    days = max(0, (day or 0) - _FIRST_DAY) + (pk % _STEPS_PER_DAY) / _STEPS_PER_DAY
    return days / 365.25 * FRESHNESS_PER_YEAR


def _category_paths(category: Category | None) -> Iterator[str]:
    """The paths of the decision's subcategory and of the category above it."""
    if category is None:
        yield NOT_STATED
        return
    yield category.path
    if category.parent:
        yield category.parent.path


def _references(decision: Decision) -> Iterator[str]:
    """Each reference with its spaces and without."""
    for reference in (decision.reference, *decision.other_references):
        yield reference
        yield reference.replace(" ", "")


def _reason_name(code: str) -> str:
    """`late Late`, `no-consent No consent or …`: found by its code and by its label."""
    return f"{code} {REASONS[code].label}" if code in REASONS else code


def _add_texts(document: tantivy.Document, decision: Decision, standard: Set[int]) -> None:
    """Add each text field as one value, with fillers between its paragraphs."""
    texts: dict[str, list[str]] = {name: [] for name in _TEXTS}
    own = texts["everything"]
    own.extend(_references(decision))
    if decision.outcome:
        own.append(decision.outcome.name)
    if decision.summary:
        texts["in_decision"].append(decision.summary)
    own.extend(section.heading for section in decision.document_sections if section.heading)
    for indexed in indexed_paragraphs(decision, standard):
        text = _BETWEEN_TEXTS.join(indexed.paragraph.texts())
        if indexed.is_standard:
            texts["standard"].append(text)
            continue
        own.append(text)
        if indexed.field:
            texts[indexed.field].append(text)
    weighted = list(_weighted_texts(decision))
    document.add_text("words", searchable("\n".join((*own, *(text for _, text in weighted)))))
    own.extend(text for name, text in weighted for _ in range(WEIGHTS[name]))
    for name, values in texts.items():
        document.add_text(name, searchable(_BETWEEN_PARAGRAPHS.join(values)))


def _weighted_texts(decision: Decision) -> Iterator[tuple[str, str]]:
    """The texts in WEIGHTS, each with its name there."""
    if decision.council:
        yield "council", decision.council.name
    if decision.category:
        yield "category", str(decision.category)
    if decision.summary:
        yield "summary", decision.summary
    # People search for laws, but most are quoted in standard wording, which is not searched.
    for label in _laws(decision):
        yield "law", label


def _laws(decision: Decision) -> Iterable[str]:
    """The labels of the provisions cited, each once."""
    citations = decision.typed_findings.citations
    return dict.fromkeys(citation.provision.label for citation in citations)


def _remedy_name(code: str) -> str:
    return REMEDIES.get(code, code)
