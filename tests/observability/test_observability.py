"""What operators see, and that none of it has a reader's words."""

import io
import json
import logging
from unittest.mock import patch

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection

from decisions import search
from decisions.ingest import job_locks
from decisions.models import Decision
from ombudsman.observability import figures, json_logs, readiness
from tests.factories import begin_next_change, make_decision

pytestmark = pytest.mark.django_db

WORDS = "hyacinth"  # what a reader wrote


def ready(client) -> tuple[int, dict[str, str]]:
    response = client.get("/readyz")
    assert response["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    answer = response.json()
    assert answer["ready"] == (response.status_code == 200)
    return response.status_code, {check["name"]: check["state"] for check in answer["checks"]}


def test_ready_says_what_is_wrong(client, monkeypatch):
    make_decision()
    search.catch_up()
    status, states = ready(client)
    assert status == 200
    assert list(states) == ["database", "migrations", "disk", "worker", "index", "replica"]
    assert states.pop("worker") == "degraded"  # none runs here
    assert set(states.values()) == {"ok"}
    with connection.cursor() as cursor:  # as a worker does
        cursor.execute("SELECT pg_advisory_lock_shared(%s, 0)", [job_locks._WORKER])
        assert ready(client)[1]["worker"] == "ok"
        cursor.execute("SELECT pg_advisory_unlock_shared(%s, 0)", [job_locks._WORKER])

    for name, value, part, state, expected in (
        ("disk_free", lambda: 1 << 30, "disk", "degraded", 200),
        ("disk_free", lambda: 0, "disk", "failed", 503),
        ("replica_lag", lambda: 300.0, "replica", "degraded", 200),
        ("standbys", lambda: {"following": 1, "lost": 1}, "replica", "degraded", 200),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(figures, name, value)
            status, states = ready(client)
            assert (status, states[part]) == (expected, state)
    monkeypatch.setattr(readiness, "_MOST_BEHIND", 0)
    begin_next_change()
    Decision.objects.update(summary="Another.")
    assert ready(client)[1]["index"] == "degraded"

    readiness._migrated.clear()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'decisions' AND name ="
            " (SELECT max(name) FROM django_migrations WHERE app = 'decisions')"
        )
    status, states = ready(client)
    assert (status, states["migrations"]) == (503, "failed")


def test_without_a_database_it_is_not_ready_and_metrics_say_so(client):
    with patch.object(connection, "cursor", side_effect=OperationalError):
        status, states = ready(client)
        assert status == 503
        assert (states["database"], states["index"], states["disk"]) == ("failed", "unknown", "ok")
        assert "\narchive_database_up 0.0\n" in client.get("/metrics").text


def test_metrics_count_by_view_and_kind_and_have_no_words(client):
    make_decision()
    search.catch_up()
    before = numbers(client)
    for query in (f"q={WORDS}", f"q=%22{WORDS}+x%22", "council=kent", ""):
        client.get(f"/decisions/?{query}")
    client.get(f"/decisions/{WORDS}/")
    client.get(f"/{WORDS}")
    text = client.get("/metrics").text
    assert WORDS not in text
    after = numbers(client)
    counted = {name: after[name] - before.get(name, 0) for name in after}
    searches = 'archive_searches_total{kind="%s",view="decisions:list"}'
    assert [counted[searches % kind] for kind in ("words", "phrase", "filters", "all")] == [1.0] * 4
    answered = 'archive_requests_total{method="GET",status="%s",view="%s"}'
    assert counted[answered % (200, "decisions:list")] == 4
    assert counted[answered % (404, "decisions:decision")] == 1
    assert counted[answered % (404, "none")] == 1
    assert counted['archive_request_seconds_count{view="decisions:list"}'] == 4
    assert after['archive_decisions{state="published"}'] == 1
    assert after["archive_index_behind"] == 0
    assert after["archive_database_up"] == 1


def numbers(client) -> dict[str, float]:
    lines = [line for line in client.get("/metrics").text.splitlines() if line[0] != "#"]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_metrics_are_not_public(client, settings):
    def status(**extra: str) -> int:
        return client.get("/metrics", **extra).status_code

    assert status() == 200  # from this machine
    assert status(REMOTE_ADDR="203.0.113.9") == 403
    assert status(REMOTE_ADDR="") == 403
    assert status(HTTP_X_FORWARDED_FOR="127.0.0.1") == 403  # through a proxy on this machine
    settings.METRICS_NETWORKS = ["203.0.113.0/24"]
    assert (status(REMOTE_ADDR="203.0.113.9"), status()) == (200, 403)
    settings.METRICS_TOKEN = "secret-token"
    public = {"REMOTE_ADDR": "198.51.100.1"}
    assert status(**public, HTTP_AUTHORIZATION="Bearer secret-token") == 200
    assert status(**public, HTTP_AUTHORIZATION="Bearer other") == 403
    settings.METRICS_TOKEN = ""
    assert status(**public, HTTP_AUTHORIZATION="Bearer ") == 403


def test_a_request_has_one_id_in_its_answer_and_its_log_lines(client, settings):
    make_decision()
    search.catch_up()
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(json_logs.JsonFormatter())
    settings.LOG_FORMAT = "json"
    logger = logging.getLogger("archive.requests")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        for trusted, given, is_taken in (
            (0, "abcdefgh-1", False),
            (1, "abcdefgh-1", True),
            (1, 'a" b\n', False),
            (1, "x" * 65, False),
        ):
            settings.TRUSTED_PROXIES = trusted
            response = client.get(f"/decisions/?q={WORDS}", headers={"X-Request-ID": given})
            assert (response["X-Request-ID"] == given) == is_taken
            line = json.loads(stream.getvalue().splitlines()[-1])
            assert line["request_id"] == response["X-Request-ID"]
            assert (line["view"], line["status"]) == ("decisions:list", 200)
            assert line["milliseconds"] > 0
        try:
            raise ValueError("broken")
        except ValueError:
            logger.exception("It\nfailed")
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    assert WORDS not in stream.getvalue()
    line = json.loads(stream.getvalue().splitlines()[-1])
    assert (line["message"], line["level"]) == ("It\nfailed", "ERROR")
    assert "ValueError: broken" in line["exception"]
    assert "request_id" not in line


def test_administrators_see_slow_queries(client):
    client.force_login(User.objects.create_user("editor", is_staff=True))
    assert client.get("/admin/slow-queries/").status_code == 403
    client.force_login(User.objects.create_superuser("admin"))
    assert "/admin/slow-queries/" in client.get("/admin/").text
    Decision.objects.filter(summary=WORDS).exists()
    page = client.get("/admin/slow-queries/")
    assert page.status_code == 200
    assert "decisions_decision" in page.text
    assert WORDS not in page.text
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_stat_statements")
    page = client.get("/admin/slow-queries/")
    assert "shared_preload_libraries" in page.text
