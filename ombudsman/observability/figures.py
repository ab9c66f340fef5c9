"""Numbers that say how the archive is: what it holds, what waits, how far the index is."""

import logging
import shutil
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.db.models import Count, Q

from decisions import search
from decisions.ingest.job_locks import workers
from decisions.models import (
    Alert,
    AlertMessage,
    Capture,
    Decision,
    IngestFailure,
    MistakeReport,
    Upload,
)

log = logging.getLogger(__name__)

# How far this server is behind its primary: 0 on a primary, and on a standby that has applied all
# that it received.
_REPLICA_LAG = """
    SELECT CASE
        WHEN NOT pg_is_in_recovery() THEN 0
        WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)
    END::float8
"""

# The standbys that this server sends its changes to, and the replication slots of those that it
# cannot: it keeps all changes for them, so that they fill its disk in the end.
_STANDBYS = """
    SELECT
        (SELECT count(*) FROM pg_stat_replication),
        (SELECT count(*) FROM pg_replication_slots WHERE slot_type = 'physical' AND NOT active)
"""


@dataclass(frozen=True)
class Figure:
    """One number, or one for each value of its labels. `name` is that of the gauge."""

    name: str
    description: str
    values: dict[tuple[str, ...], float]
    labels: tuple[str, ...] = field(default=())


def figures() -> list[Figure]:
    """All figures; without PostgreSQL, only those that need none."""
    found = [
        _one("archive_disk_free_bytes", "Free bytes on the disk of DATA_DIR.", disk_free()),
    ]
    try:
        found += _of_database()
        is_up = True
    except DatabaseError as error:
        log.warning("The figures of the archive cannot be read: %s", error)
        is_up = False
    found.append(_one("archive_database_up", "Whether PostgreSQL answers.", is_up))
    return found


def disk_free() -> int:
    """Free bytes on the disk of DATA_DIR."""
    return shutil.disk_usage(settings.DATA_DIR).free


def replica_lag() -> float:
    """Seconds that this PostgreSQL server is behind its primary; 0 if it is one."""
    return _value(_REPLICA_LAG)


def standbys() -> dict[str, int]:
    """How many standbys follow this PostgreSQL server, and how many replication slots are lost."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDBYS)
        following, lost = cursor.fetchone()
    return {"following": following, "lost": lost}


def _of_database() -> list[Figure]:
    state = search.database_state()
    index = search.index_version()
    decisions = Decision.objects.aggregate(
        published=Count("pk", filter=Q(withdrawn_at=None)),
        withdrawn=Count("pk", filter=~Q(withdrawn_at=None)),
    )
    uploads = {
        "waiting": Upload.objects.due().count(),
        "failed": Upload.objects.exclude(failure="").count(),
    }
    latest = Capture.objects.order_by("-pk").values_list("received_at", flat=True).first()
    return [
        _by("archive_decisions", "Decisions.", "state", decisions),
        _one("archive_captures", "Received files.", _count(Capture)),
        _one("archive_last_received", "Unix time of the last new file.", _time(latest)),
        _one("archive_ingest_failures", "Files that were not imported.", _count(IngestFailure)),
        _by("archive_uploads", "Uploads at a worker, waiting, or failed.", "state", uploads),
        _one("archive_workers", "Workers of uploads.", workers().count),
        _one("archive_alerts", "Confirmed alerts.", Alert.objects.confirmed().count()),
        _one(
            "archive_alert_messages_waiting",
            "Messages of alerts that are not sent.",
            AlertMessage.objects.pending().count(),
        ),
        _one(
            "archive_reports_open",
            "Reports of mistakes that wait for staff.",
            MistakeReport.objects.open().count(),
        ),
        _one("archive_change", "Number of the archive's last change.", state.change),
        _one("archive_index_up", "Whether there is a search index.", index is not None),
        _one(
            "archive_index_behind",
            "Changes that the search index does not hold.",
            state.change - (index[1] if index else 0),
        ),
        _one("archive_replica_lag_seconds", "Seconds behind the primary.", replica_lag()),
        _by(
            "archive_standbys", "Standbys that follow, and slots of lost ones.", "state", standbys()
        ),
        _one(
            "archive_database_bytes",
            "Bytes of the database.",
            _value("SELECT pg_database_size(current_database())"),
        ),
        _one(
            "archive_database_connections",
            "Connections to the database.",
            _value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"),
        ),
    ]


def _one(name: str, description: str, value: float) -> Figure:
    return Figure(name, description, {(): float(value)})


def _by(name: str, description: str, label: str, values: dict[str, int]) -> Figure:
    counted: dict[tuple[str, ...], float] = {(key,): float(value) for key, value in values.items()}
    return Figure(name, description, counted, (label,))


def _count(model: type[models.Model]) -> int:
    return model._default_manager.count()


def _time(at: object) -> float:
    return float(at.timestamp()) if hasattr(at, "timestamp") else 0.0


def _value(sql: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (value,) = cursor.fetchone()
    return float(value)
