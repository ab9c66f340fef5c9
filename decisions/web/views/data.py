"""The whole archive as files: the page that offers the published dump, and its files."""

from pathlib import PurePosixPath

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions import dumps
from decisions.web.downloads import Download, send
from decisions.web.presenters.data_files import file_groups
from decisions.web.responses import render
from decisions.web.seo import PageMetadata, site_url

# The name that stands for the dump that is offered now.
LATEST = "latest"

# Seconds after which a client may try again, while a dump is made anew.
RETRY_AFTER = 600

_TYPES = {
    ".gz": "application/gzip",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
}


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """What is in the published dump, and its files; 503 while it is made anew."""
    published = dumps.current()
    is_remade = published is not None and dumps.has_lost_decisions(published)
    offered = None if is_remade else published
    response = render(
        request,
        "decisions/data.html",
        {
            "published": offered,
            "is_remade": is_remade,
            "groups": file_groups(offered) if offered else [],
            "total_size": sum(file.bytes for file in offered.files.values()) if offered else 0,
            "dump_name": offered.directory.name if offered else "",
            "site_url": site_url(request),
        },
        PageMetadata(
            "The whole archive as files",
            "All decisions of this archive to download: SQLite, Parquet, JSON Lines, with sizes and"
            " checksums, made anew every night.",
            indexable=True,
        ),
        status=503 if is_remade else 200,
    )
    if is_remade:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def data_file(request: HttpRequest, dump: str, name: str) -> HttpResponseBase:
    """A file of the published dump. Each dump has addresses of its own, so that nobody resumes a
    download with the bytes of another; `latest` redirects to those of the current one.
    """
    published = dumps.current()
    if published is None or (dump == LATEST and name not in published.files):
        raise Http404("There is no such file.")
    current = published.directory.name
    if dump == LATEST:
        response = HttpResponseRedirect(reverse("decisions:data-file", args=[current, name]))
        response.headers["Cache-Control"] = "no-cache"
        return response
    if dump != current:
        return _refuse("This dump is not offered any more: /data/ has a newer one.", 410)
    if name not in published.files:
        raise Http404("There is no such file.")
    if dumps.has_lost_decisions(published):
        return _refuse("The dump is being made anew. Try again later, at /data/.", 503)
    file = published.files[name]
    suffix = PurePosixPath(name).suffix
    download = Download(
        published.directory / name,
        file.bytes,
        file.sha256,
        published.made_at,
        _TYPES.get(suffix, "text/plain; charset=utf-8"),
        lambda: not dumps.has_lost_decisions(published),
    )
    try:
        return send(request, download)
    except FileNotFoundError:  # a newer dump has replaced this one since we looked
        return _refuse("This dump is not offered any more: /data/ has a newer one.", 410)


def _refuse(reason: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{reason}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
