"""Queries that take too long, searches that are too many, and the headers of every response."""

import re
import secrets

import pytest
from django.db import OperationalError, connection, transaction
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver

from decisions import search
from decisions.web import bodies, failures
from decisions.web.query_time import Bound


@pytest.mark.django_db
def test_a_query_that_takes_too_long_is_stopped_and_answered_with_504():
    request = RequestFactory().get("/decisions/")
    with connection.execute_wrapper(Bound(0.05)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(30)")
        except OperationalError:
            answer = failures.server_error(request)
    assert answer.status_code == 504
    assert "took too long" in answer.content.decode()
    with connection.execute_wrapper(Bound(60)), connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("1min",)


@pytest.mark.django_db
def test_a_network_that_searches_too_much_waits_and_others_do_not(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.SEARCHES_PER_MINUTE = 3
    search.catch_up()
    settings.TRUSTED_PROXIES = 1
    marked = {"X-Forwarded-For": f"{secrets.token_hex(4)}, 203.0.113.5"}
    for path in ("/suggest/?q=a", "/suggest/?q=b", "/decisions/?q=c"):
        assert client.get(path, headers=marked).status_code == 200
    marked["X-Forwarded-For"] = "198.51.100.1, 203.0.113.5"  # what a client wrote does not count
    refused = client.get("/decisions/?q=d", headers=marked)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 20
    assert "Too many requests" in refused.content.decode()
    assert client.get("/about/", headers=marked).status_code == 200
    other = {"X-Forwarded-For": "203.0.113.5, 203.0.113.6"}
    assert client.get("/decisions/?q=d", headers=other).status_code == 200


@pytest.mark.django_db
def test_every_response_has_the_headers_that_browsers_obey(client):
    for path, resource, cache in [
        ("/about/", "same-origin", None),
        ("/nowhere/", "same-origin", None),
        ("/api/councils/", "cross-origin", None),
        ("/admin/login/", "same-origin", "private, no-store"),
        ("/admin/", "same-origin", "private, no-store"),
    ]:
        headers = client.get(path).headers
        assert headers["Cross-Origin-Resource-Policy"] == resource
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        if cache:
            assert headers["Cache-Control"] == cache
    assert client.post("/admin/logout/").headers["Clear-Site-Data"] == '"cache"'


def addresses(resolver: URLResolver, start: str = "") -> set[str]:
    """The beginnings of all addresses, up to their first parameter."""
    found = set()
    for pattern in resolver.url_patterns:
        path = start + re.split(r"[<(\[\\]", str(pattern.pattern).replace("^", ""))[0]
        found |= addresses(pattern, path) if isinstance(pattern, URLResolver) else {f"/{path}"}
    return found


@pytest.mark.django_db
def test_only_the_addresses_that_are_named_take_a_body(client):
    """Whoever adds a view that takes a POST names its path in `bodies`."""
    for path in sorted(addresses(get_resolver())):
        if bodies.is_taken(path):
            continue
        answer = client.post(path, {"text": "a"})
        assert answer.status_code in {301, 404, 405}, path
        if answer.status_code == 405:
            assert "POST" not in answer["Allow"]


@pytest.mark.django_db
def test_long_bodies_are_for_staff_alone(client, django_user_model):
    text = {"text": "a" * (bodies.MAX_FORM_BYTES + 1)}
    assert client.post("/check/", text).status_code == 413
    assert client.post("/api/check/", text).headers["Content-Type"] == failures.PROBLEM
    assert client.post("/admin/decisions/upload/add/", text).status_code == 403
    client.force_login(django_user_model.objects.create_superuser("ann"))
    assert client.post("/admin/decisions/upload/add/", text).status_code == 200


@pytest.mark.django_db
def test_a_form_with_a_wrong_token_gets_a_page_of_ours(django_user_model):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    answer = client.post("/admin/login/", {"username": "ann"})
    assert answer.status_code == 403
    assert "your form was open for too long" in answer.content.decode()
