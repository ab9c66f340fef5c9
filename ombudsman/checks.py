"""Checks of an installation's settings: `manage.py check`, and before every other command.

`settings` itself refuses values that it cannot parse, and PRODUCTION without a secret key, host
names or a database. These checks find values that are valid by themselves, but contradict each
other or would fail later.
"""

import ipaddress
import os
from collections.abc import Callable, Iterator, Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.http.request import validate_host

# Fewest characters of SECRET_KEY with PRODUCTION; Django warns below the same number.
MIN_SECRET_KEY_LENGTH = 50

# The lowest value of each setting that is a number.
MINIMUMS = {
    "DATABASE_POOL": 0,
    "HSTS_SECONDS": 0,
    "REPORT_RETENTION_DAYS": 1,
    "SAMPLE": 0,
    "SEARCHES_PER_MINUTE": 0,
    "SESSION_HOURS": 1,
    "SESSION_IDLE_MINUTES": 0,
    "TRUSTED_PROXIES": 0,
    "VERSION_PORT": 0,
    "WEB_CONCURRENCY": 1,
}

# Alerts are sent once these are set and, with REPORT_RECIPIENTS, reports to staff as well.
MAIL_SETTINGS = ("EMAIL_HOST", "DEFAULT_FROM_EMAIL")

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
def check_metrics(app_configs: Sequence[Any] | None, **options: Any) -> Iterator[CheckMessage]:
    """METRICS_NETWORKS are networks."""
    for network in settings.METRICS_NETWORKS:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            yield Error(
                f"METRICS_NETWORKS has what is not a network: {network}",
                hint="Write networks like 10.0.0.0/8,::1/128.",
                id="ombudsman.E011",
            )


@register("ombudsman")
def check_operator(app_configs: Sequence[Any] | None, **options: Any) -> Iterator[CheckMessage]:
    """Readers of a site for the public can see who runs it; links to that lead somewhere."""
    for name in ("OPERATOR", "CONTACT"):
        if settings.PRODUCTION and not getattr(settings, name):
            yield Warning(
                f"{name} is not set, and readers cannot see who runs the archive.",
                hint="Set OPERATOR to a name, and CONTACT to an e-mail address or a web page.",
                id="ombudsman.W004",
            )
    if settings.CONTACT and not (_is_email(settings.CONTACT) or _is_web_page(settings.CONTACT)):
        yield Error(
            f"CONTACT is neither an e-mail address nor a web page: {settings.CONTACT}",
            hint="Write it like archive@example.org or https://example.org/contact.",
            id="ombudsman.E007",
        )
    if settings.PRIVACY_NOTICE and not _is_web_page(settings.PRIVACY_NOTICE):
        yield Error(
            f"PRIVACY_NOTICE is not the address of a web page: {settings.PRIVACY_NOTICE}",
            hint="Write it like https://example.org/privacy.",
            id="ombudsman.E008",
        )


@register("ombudsman")
def check_mail(app_configs: Sequence[Any] | None, **options: Any) -> Iterator[CheckMessage]:
    """E-mail is set up as a whole, or not at all."""
    missing = [name for name in MAIL_SETTINGS if not getattr(settings, name)]
    if missing and (len(missing) < len(MAIL_SETTINGS) or settings.REPORT_RECIPIENTS):
        yield Warning(
            f"No e-mail is sent to staff or readers: {' and '.join(missing)} not set.",
            hint=f"Set {' and '.join(MAIL_SETTINGS)}, or none of them and no REPORT_RECIPIENTS.",
            id="ombudsman.W005",
        )
    addresses = [*settings.REPORT_RECIPIENTS, settings.DEFAULT_FROM_EMAIL]
    for address in filter(None, addresses):
        if not _is_email(parseaddr(address)[1]):
            yield Error(
                f"This is not an e-mail address: {address}",
                hint="Correct it in REPORT_RECIPIENTS or DEFAULT_FROM_EMAIL.",
                id="ombudsman.E009",
            )
    if settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL:
        yield Error(
            "EMAIL_USE_TLS and EMAIL_USE_SSL are both set, and no e-mail can be sent.",
            hint="Set EMAIL_USE_TLS for STARTTLS (port 587), or EMAIL_USE_SSL (port 465).",
            id="ombudsman.E010",
        )


@register("ombudsman")
def check_directories(app_configs: Sequence[Any] | None, **options: Any) -> Iterator[CheckMessage]:
    """DATA_DIR can be written; STATIC_ROOT can be written or holds the collected files."""
    if not _can_write(settings.DATA_DIR):
        yield Error(
            f"The archive cannot write to DATA_DIR: {settings.DATA_DIR}",
            hint="Set DATA_DIR to a directory that the user who runs the archive may write to.",
            id="ombudsman.E005",
        )
    static_root = Path(settings.STATIC_ROOT)
    if not (os.access(static_root / STATIC_MANIFEST, os.R_OK) or _can_write(static_root)):
        yield Error(
            "STATIC_ROOT has no collected files, and the archive cannot write to it:"
            f" {static_root}",
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


def _is_email(text: str) -> bool:
    return _is_valid(validate_email, text)


def _is_web_page(text: str) -> bool:
    return _is_valid(URLValidator(["http", "https"]), text)


def _is_valid(validate: Callable[[str], None], text: str) -> bool:
    try:
        validate(text)
    except ValidationError:
        return False
    return True


def _can_write(path: Path) -> bool:
    """Tell whether `path` is a directory that we can write to, or that we can create."""
    while not os.access(path, os.F_OK) and path != path.parent:
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK | os.X_OK)
