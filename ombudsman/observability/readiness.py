"""`/readyz`: whether this host should be sent requests, and what is wrong with it, as JSON."""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from decisions import search
from decisions.ingest.job_locks import workers
from ombudsman.observability import figures

log = logging.getLogger(__name__)

# What each check answers. Only FAILED makes the host not ready: with a degraded part it still
# answers readers, and to take it away would help nobody.
OK, DEGRADED, FAILED, UNKNOWN = "ok", "degraded", "failed", "unknown"

# Bytes that must be free on the disk: below the first, nothing can be imported for long, and below
# the second PostgreSQL and the index may stop.
_LOW_DISK = 2 << 30
_NO_DISK = 100 << 20

# Most changes that the index may be behind, as during an import, and most seconds of a standby.
_MOST_BEHIND = 20_000
_MOST_LAG = 60.0

State = tuple[str, str]


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Every check with its state and what it found; 503 if one has failed."""
    checks = []
    has_database = True
    for name, check in _CHECKS.items():
        try:
            state, detail = check() if has_database or name == "disk" else (UNKNOWN, "")
        except (DatabaseError, OSError) as error:
            log.warning("Not ready: %s: %s", name, error)
            state, detail = FAILED, ""
            has_database = has_database and name != "database"
        checks.append({"name": name, "state": state, "detail": detail})
    is_ready = all(check["state"] != FAILED for check in checks)
    return JsonResponse({"ready": is_ready, "checks": checks}, status=200 if is_ready else 503)


def _database() -> State:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return OK, ""


# Set once every migration of this code has been run: to find out takes some 20 ms.
_migrated = threading.Event()


def _migrations() -> State:
    if not _migrated.is_set():
        executor = MigrationExecutor(connection)
        if pending := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return FAILED, f"{len(pending)} to be run"
        _migrated.set()
    return OK, ""


def _disk() -> State:
    free = figures.disk_free()
    state = FAILED if free < _NO_DISK else DEGRADED if free < _LOW_DISK else OK
    return state, f"{free >> 20} MB free"


def _worker() -> State:
    count = workers().count
    return (OK if count else DEGRADED), f"{count} running"


def _index() -> State:
    index = search.index_version()
    if index is None:
        return DEGRADED, "there is none"
    behind = search.database_state().change - index[1]
    return (DEGRADED if behind > _MOST_BEHIND else OK), f"{behind} changes behind"


def _replica() -> State:
    lag = figures.replica_lag()
    standbys = figures.standbys()
    said = [f"{lag:.0f} seconds behind", *(f"{count} {name}" for name, count in standbys.items())]
    is_degraded = lag > _MOST_LAG or standbys["lost"] > 0
    return (DEGRADED if is_degraded else OK), ", ".join(said)


_CHECKS: dict[str, Callable[[], State]] = {
    "database": _database,
    "migrations": _migrations,
    "disk": _disk,
    "worker": _worker,
    "index": _index,
    "replica": _replica,
}
