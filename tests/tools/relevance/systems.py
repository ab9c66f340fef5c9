"""What is compared: each system ranks the archive's references for the words typed."""

from collections.abc import Callable, Sequence
from statistics import mean

import tantivy
from django.db import connection

from decisions import search
from decisions.models import Decision
from decisions.search.analyzers import STEMS
from tests.tools.relevance.archive import grades
from tests.tools.relevance.judging import Query
from tests.tools.relevance.measure import DEPTH, ndcg

System = Callable[[str], list[str]]


def score(system: System, query: Query) -> float:
    judged = grades(query)
    return ndcg([judged[reference] for reference in system(query.text)], judged.values())


def mean_score(system: System, queries: Sequence[Query]) -> float:
    return mean(score(system, query) for query in queries)


def ours(text: str) -> list[str]:
    search_results = search.search(search.SearchQuery(text))
    assert search_results is not None
    ids = [*search_results.ids, *search_results.near_matches][:DEPTH]
    references = dict(Decision.objects.filter(pk__in=ids).values_list("pk", "reference"))
    return [references[pk] for pk in ids]


def baselines() -> dict[str, System]:
    """Built over the whole text of every decision in the database, title line included."""
    texts = whole_texts()
    return {**bm25(texts), "ts_rank": _ts_rank(texts)}


def bm25(texts: dict[str, str]) -> dict[str, System]:
    """The baselines that rank by the engine over one field."""
    one_field = _one_field(texts)
    return {
        "BM25, all words": lambda text: _bm25(one_field, text, all_words=True),
        "BM25, any word": lambda text: _bm25(one_field, text, all_words=False),
    }


def whole_texts() -> dict[str, str]:
    """The text of every decision in the database by its reference, title line included."""
    decisions = Decision.objects.select_related("council", "category__parent", "outcome")
    return {decision.reference: _whole_text(decision) for decision in decisions.order_by("pk")}


def _whole_text(decision: Decision) -> str:
    parts = [decision.reference, decision.council, decision.category, decision.outcome]
    lines = [str(part) for part in [*parts, decision.summary] if part]
    for section in decision.document_sections:
        lines.append(section.heading or "")
        for paragraph in section.paragraphs:
            lines += paragraph.texts()
    return "\n".join(lines)


def _one_field(texts: dict[str, str]) -> tantivy.Index:
    """The engine as it comes: one field in memory, our analyser, its own reading of a query."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("reference", tokenizer_name="raw", stored=True)
    builder.add_text_field("everything", tokenizer_name="english")
    index = tantivy.Index(builder.build())
    index.register_tokenizer("english", STEMS)
    writer = index.writer(num_threads=1)
    for reference, text in texts.items():
        writer.add_document(tantivy.Document(reference=reference, everything=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _bm25(index: tantivy.Index, text: str, *, all_words: bool) -> list[str]:
    query, _ = index.parse_query_lenient(text, ["everything"], conjunction_by_default=all_words)
    searcher = index.searcher()
    return [
        searcher.doc(address)["reference"][0] for _, address in searcher.search(query, DEPTH).hits
    ]


def _ts_rank(texts: dict[str, str]) -> System:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE one_text (reference text, words tsvector)")
        cursor.executemany(
            "INSERT INTO one_text VALUES (%s, to_tsvector('english', %s))", list(texts.items())
        )

    def rank(text: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT reference FROM one_text, websearch_to_tsquery('english', %s) AS query
                WHERE words @@ query ORDER BY ts_rank(words, query) DESC, reference LIMIT %s
                """,
                [text, DEPTH],
            )
            return [reference for (reference,) in cursor.fetchall()]

    return rank
