"""Says which version of the archive an answer is made from: for ETags, and for HTML that is kept.

An answer that is made from decisions has the version of the whole archive: the number of its last
change, the change that this host's search index has reached, and the code. To read the version
takes one short query, and no search.

A template keeps a part of a page until the version changes by Django's tag:
`{% cache archive_version.timeout "name" archive_version.key … %}`. `CACHES` in the settings says
how much is kept.
"""

import hashlib
import importlib.metadata
import json
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest

from decisions import search
from decisions.models import Capture, ChangeSequence
from decisions.models.prepared import PreparedValues

# Files that pages are made from, below the directory of the project.
_CODE = ("decisions", "ombudsman", "static", "templates")

# Packages whose new version changes pages.
_PACKAGES = ("django", "django-htmx", "djangorestframework", "drf-spectacular")

# Settings that answers contain.
_SETTINGS = (
    "API_REQUESTS_PER_MINUTE",
    "ARCHIVE_NAME",
    "CONTACT",
    "DEFAULT_FROM_EMAIL",
    "DUMP_CAPTURES",
    "EMAIL_HOST",
    "OPERATOR",
    "PRIVACY_NOTICE",
    "PRODUCTION",
    "REPORT_RECIPIENTS",
    "REPORT_RETENTION_DAYS",
    "SEARCH_ENGINES_MAY_INDEX",
    "SECURITY_CONTACT",
    "SITE_URL",
)


class ArchiveVersion(NamedTuple):
    """Names everything that the answers to all requests depend on.

    `store` names the directory of this host's search index, which a rebuilt one has not, and
    `indexed` is the change that it has reached; both are None without an index.
    """

    archive: str
    change: int
    newest_capture: int | None
    store: str | None
    indexed: int | None
    code: str

    @property
    def key(self) -> str:
        """A short name that no other version has."""
        return _key(self)

    @property
    def timeout(self) -> int | None:
        """For how many seconds HTML of this version is kept: for ever, or not without an index."""
        return 0 if self.indexed is None else None

    @property
    def is_settled(self) -> bool:
        """Whether the index holds every change."""
        return self.indexed == self.change


# For parts of pages that must not be kept.
UNKEPT = ArchiveVersion("", 0, None, None, None, "")


# Every request reads this row.
_SEQUENCE = PreparedValues(
    lambda: ChangeSequence.objects.annotate(
        newest_capture=Subquery(Capture.objects.order_by("-pk").values("pk")[:1])
    ).values_list("value", "archive", "newest_capture")
)


def current_version() -> ArchiveVersion:
    """The archive's version now. Answers that are made afterwards are of this version or later."""
    change, archive, capture = next(iter(_SEQUENCE.fetch()), (0, "", None))
    store, indexed = search.index_version() or (None, None)
    return ArchiveVersion(str(archive), change, capture, store, indexed, code_version())


def version_of(request: HttpRequest) -> ArchiveVersion:
    """The version that the answer to this request is made from; read once for each request.

    A view must ask for it before it reads anything else: what it then shows is of this version or
    a later one, and HTML of an earlier version is never given the name of a later one.
    """
    version: ArchiveVersion | None = getattr(request, "archive_version", None)
    if version is None:
        version = current_version()
        request.archive_version = version  # type: ignore[attr-defined]
    return version


@lru_cache(maxsize=2)
def _key(version: ArchiveVersion) -> str:
    return hashlib.sha256(json.dumps(version).encode()).hexdigest()[:20]


@cache
def code_version() -> str:
    """A hash of the code that makes answers and of the settings that they contain."""
    digest = hashlib.sha256(repr([getattr(settings, name) for name in _SETTINGS]).encode())
    digest.update(repr([importlib.metadata.version(name) for name in _PACKAGES]).encode())
    for directory in _CODE:
        for path in sorted(Path(settings.BASE_DIR, directory).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
