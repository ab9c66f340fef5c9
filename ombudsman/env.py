"""Settings that take more than one step to read: the database and the secret key."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

EXAMPLE_URL = "postgresql://USER:PASSWORD@HOST:5432/NAME"

# Seconds that a thread keeps its database connection if there is no pool.
CONNECTION_MAX_AGE = 60

# Seconds to wait for a connection to PostgreSQL, and for a free one in the pool: while PostgreSQL
# is away, requests must fail soon, and a pool must try again soon after.
CONNECT_TIMEOUT = 5
POOL_TIMEOUT = 5


def database_settings(url: str, pool_size: int) -> dict[str, Any]:
    """Return Django's `DATABASES["default"]` for the PostgreSQL server at `url`.

    `pool_size` is the number of connections in a process's pool; 0 is one connection per thread.
    Raises ImproperlyConfigured, with a message that does not show the password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: percent-encode characters like / : @ in the password."
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
        dj_database_url.parse(url, engine="ombudsman.runtime.database", conn_health_checks=True)
    )
    config["PORT"] = port or ""
    options = config.setdefault("OPTIONS", {})
    options.setdefault("connect_timeout", CONNECT_TIMEOUT)
    # Pages send several statements at once, which PostgreSQL takes only without parameters.
    options["server_side_binding"] = False
    if pool_size:
        options["pool"] = {
            "min_size": 1,
            "max_size": pool_size,
            "timeout": POOL_TIMEOUT,
            "reconnect_timeout": POOL_TIMEOUT,
        }
    else:
        config["CONN_MAX_AGE"] = CONNECTION_MAX_AGE
    return config


def stored_secret_key(path: Path) -> str:
    """Return the secret key in the file `path`; write a random one if there is no such file.

    Raises ImproperlyConfigured if the file cannot be read or written.
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
                pass  # another process has written a key meanwhile: use that one
            finally:
                fresh.unlink()
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Cannot store a secret key in {path}: {error.strerror}."
            " Set SECRET_KEY, or DATA_DIR to a directory that you can write to."
        ) from None
