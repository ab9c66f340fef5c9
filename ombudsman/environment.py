"""Readers for those settings that need more than one step."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

EXAMPLE_URL = "postgresql://USER:PASSWORD@HOST:5432/NAME"


def database(url: str, pool_size: int) -> dict[str, Any]:
    """Return Django's settings for the PostgreSQL server at `url`.

    Raises ImproperlyConfigured, without repeating the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: signs like / : @ in a password must be percent-encoded."
            f" It should look like {EXAMPLE_URL}"
        ) from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"DATABASE_URL starts with {parts.scheme!r}, and the archive needs PostgreSQL:"
            f" it should look like {EXAMPLE_URL}"
        )
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"DATABASE_URL names no database: it should look like {EXAMPLE_URL}"
        )
    config: dict[str, Any] = dict(
        dj_database_url.parse(url, engine="ombudsman.database", conn_health_checks=True)
    )
    config["PORT"] = port or ""
    if pool_size:
        config.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": pool_size}
    else:
        config["CONN_MAX_AGE"] = 60
    return config


def kept_secret(path: Path) -> str:
    """Return the secret kept in the file `path`; make one at the first time.

    Raises ImproperlyConfigured if that cannot be done.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(64))
            try:
                os.link(fresh, path)
            except FileExistsError:
                pass  # another process was faster: its secret counts
            finally:
                fresh.unlink()
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot keep a secret key in {path}: {error.strerror}."
            " Set SECRET_KEY, or DATA_DIR to a directory of yours."
        ) from None
