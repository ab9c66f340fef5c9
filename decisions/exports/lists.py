"""A list of decisions as a file, by the address of the list with another ending."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from decisions.exports import running, tables
from decisions.exports.tables import Batches
from decisions.exports.xlsx import xlsx_chunks
from decisions.models import Decision
from decisions.web.filters import DecisionFilterSet
from decisions.web.querystring import search_url
from decisions.web.responses import render
from decisions.web.results import WordsNotSearchable, iterate
from decisions.web.revalidation import revalidated_daily
from decisions.web.seo import site_url

# Decisions that are read from the database at a time, and then sent as one chunk.
BATCH = 100


@dataclass(frozen=True)
class Format:
    """A kind of file: its media type, and what makes its chunks."""

    media_type: str
    chunks: Callable[[Batches, str], Iterator[bytes]]


FORMATS = {
    "csv": Format("text/csv; charset=utf-8; header=present", tables.csv_chunks),
    "jsonl": Format("application/jsonl; charset=utf-8", tables.json_lines_chunks),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_chunks
    ),
}


@require_safe
@revalidated_daily
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """All decisions that the list with these parameters has on all its pages, as one file.

    A value that the list ignores with a message answers 400 with that message, because a file
    has no place for it. 503 while the index is built, and while too many exports are running.
    """
    filterset = DecisionFilterSet(request.GET)
    if filterset.problems:
        return _refuse(request, 400, filterset)
    try:
        ids = iterate(filterset.search_query, BATCH)
        file_format = FORMATS[extension]
        chunks = file_format.chunks(_load(ids), site_url(request))
        headers = {
            "Content-Disposition": f'attachment; filename="{_file_name(extension)}"',
            "Content-Type": file_format.media_type,
        }
        if request.method == "HEAD":
            return HttpResponse(headers=headers)
        response = StreamingHttpResponse(running.Running(chunks), headers=headers)
    except WordsNotSearchable:
        return _refuse(request, 503, filterset, is_indexing=True)
    except running.Busy:
        return _refuse(request, 503, filterset, is_busy=True)
    running.limit_waiting(request)
    return response


def _load(batches: Iterable[list[int]]) -> Iterator[list[Decision]]:
    """The decisions with these ids; those withdrawn since the index changed are left out."""
    decisions = Decision.objects.published().for_export()
    return (decisions.by_ids(ids) for ids in batches)


def _file_name(extension: str) -> str:
    return f"decisions-{timezone.localdate().isoformat()}.{extension}"


def _refuse(
    request: HttpRequest, status: int, filterset: DecisionFilterSet, **why: bool
) -> HttpResponse:
    values = {
        "problems": filterset.problems,
        "list_address": search_url(filterset.search_query),
        "title": "No file was made",
        **why,
    }
    response = render(request, "exports/refused.html", values, status=status)
    if status == 503:
        response.headers["Retry-After"] = str(running.RETRY_AFTER)
    return response
