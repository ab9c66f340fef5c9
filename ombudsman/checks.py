"""Checks of an installation's settings: `manage.py check`, and before every other command.

`settings` itself refuses values that it cannot parse, and PRODUCTION without a secret key, host
names or a database. These checks find values that are valid by themselves, but contradict each
other or would fail later.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.http.request import validate_host

# Fewest characters of SECRET_KEY with PRODUCTION; Django warns below the same number.
MIN_SECRET_KEY_LENGTH = 50

# The lowest value of each setting that is a number.
MINIMUMS = {"DATABASE_POOL": 0, "HSTS_SECONDS": 0, "SAMPLE": 0, "WEB_CONCURRENCY": 1}

# The file that `collectstatic` writes last into STATIC_ROOT; pages cannot be shown without it.
STATIC_MANIFEST = "staticfiles.json"


@register("ombudsman")
def check_site_url(app_configs: Sequence[Any] | None, **options: Any) -> Iterator[CheckMessage]:
    """SITE_URL is a scheme and a host, and visitors can reach the site at it."""
    if not settings.SITE_URL:
        return
    host = _host_of(settings.SITE_URL)
    if host is None:
        yield Error(
            f"SITE_URL is not the address of a site: {settings.SITE_URL}",
            hint="Give the scheme and the host only, like https://decisions.example.org.",
            id="ombudsman.E001",
        )
    elif settings.PRODUCTION:
        if not validate_host(host, settings.ALLOWED_HOSTS):
            yield Warning(
                f"SITE_URL names {host}, and ALLOWED_HOSTS refuses requests to that host.",
                hint=f"Add {host} to ALLOWED_HOSTS, or correct SITE_URL.",
                id="ombudsman.W001",
            )
        if not settings.SITE_URL.startswith("https:"):
            yield Warning(
                "SITE_URL starts with http:, and with PRODUCTION the site redirects to https:.",
                hint=f"Set SITE_URL to https:{settings.SITE_URL.partition(':')[2]}.",
                id="ombudsman.W002",
            )


@register("ombudsman")
def check_numbers(app_configs: Sequence[Any] | None, **options: Any) -> Iterator[CheckMessage]:
    """Numbers are not below their minimum, and DATABASE_POOL has an effect."""
    for name, minimum in MINIMUMS.items():
        if (value := getattr(settings, name)) < minimum:
            yield Error(
                f"{name} is {value}, and must be {minimum} or more.",
                hint=f"docs/deploy.md says what {name} means.",
                id="ombudsman.E002",
            )
    if settings.DATABASE_POOL > 0 and not settings.DATABASE_URL:
        yield Warning(
            "DATABASE_POOL has no effect: the embedded PostgreSQL is used without a pool.",
            hint="Set DATABASE_URL as well, or unset DATABASE_POOL.",
            id="ombudsman.W003",
        )


@register("ombudsman")
def check_production(app_configs: Sequence[Any] | None, **options: Any) -> Iterator[CheckMessage]:
    """A site for the public has a long secret key and no debug pages."""
    if not settings.PRODUCTION:
        return
    if len(settings.SECRET_KEY) < MIN_SECRET_KEY_LENGTH:
        yield Error(
            f"SECRET_KEY has {len(settings.SECRET_KEY)} characters, and PRODUCTION needs"
            f" {MIN_SECRET_KEY_LENGTH}: a short key can be guessed, and signs sessions.",
            hint="python3 -c 'import secrets; print(secrets.token_urlsafe(64))' prints a new one.",
            id="ombudsman.E003",
        )
    if settings.DEBUG:
        yield Error(
            "DEBUG and PRODUCTION are both set: debug pages show settings and code to the public.",
            hint="Unset DEBUG.",
            id="ombudsman.E004",
        )


@register("ombudsman")
def check_directories(app_configs: Sequence[Any] | None, **options: Any) -> Iterator[CheckMessage]:
    """DATA_DIR can be written; STATIC_ROOT can be written or holds the collected files."""
    if not _can_write(settings.DATA_DIR):
        yield Error(
            f"DATA_DIR cannot be written: {settings.DATA_DIR}",
            hint="Set DATA_DIR to a directory that the user who runs the archive may write to.",
            id="ombudsman.E005",
        )
    static_root = Path(settings.STATIC_ROOT)
    if not (os.access(static_root / STATIC_MANIFEST, os.R_OK) or _can_write(static_root)):
        yield Error(
            f"STATIC_ROOT holds no collected files and cannot be written: {static_root}",
            hint="Run `deploy/build.sh static` as a user who may write there, or set STATIC_ROOT"
            " to another directory.",
            id="ombudsman.E006",
        )


def _host_of(address: str) -> str | None:
    """Return the host of `https://HOST` or `http://HOST:PORT`; None for any other address."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # raises ValueError if it is not a port number
    except ValueError:
        return None
    has_more = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in {"http", "https"} or has_more or any(map(str.isspace, address)):
        return None
    return parts.hostname


def _can_write(path: Path) -> bool:
    """Tell whether `path` is a directory that we can write to, or that we can create."""
    while not os.access(path, os.F_OK) and path != path.parent:
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)
