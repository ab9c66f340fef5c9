"""What the settings make of the environment, asked of real commands."""

import json
import re

import pytest
from django.core.management import call_command

from tests.processes import manage

SITE = {
    "PRODUCTION": "1",
    "SECRET_KEY": "a-key-for-tests-that-is-long-enough-to-please-0123456789",
    "ALLOWED_HOSTS": "archive.example,.archive.example",
    "DATABASE_URL": "postgresql://u:p%40ss@db.example:5433/archive",
    "OPERATOR": "Example Trust",
    "CONTACT": "archive@example.org",
}


def settings(*names: str, **variables: object):
    """Return these settings in a fresh process with this environment."""
    code = (
        "import json; from django.conf import settings;"
        f"print(json.dumps([getattr(settings, name) for name in {names!r}], default=str))"
    )
    result = manage("shell", "-v0", "-c", code, **variables)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.mark.processes
def test_a_site_for_the_public_insists_on_https():
    assert settings(
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_SECONDS",
        "SEARCH_ENGINES_MAY_INDEX",
        "DEBUG",
        "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
        "SESSION_COOKIE_DOMAIN",
        "CSRF_COOKIE_DOMAIN",
        "SESSION_COOKIE_PATH",
        "CSRF_COOKIE_PATH",
        **SITE,
    ) == [
        True, True, True, 31536000, False, False,
        "__Host-sessionid", "__Host-csrftoken", None, None, "/", "/",
    ]  # fmt: skip


def test_on_this_machine_the_site_speaks_http(data_dir):
    ssl, cookie, hosts, debug = settings(
        "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "ALLOWED_HOSTS", "DEBUG", DATA_DIR=data_dir
    )
    assert (ssl, cookie, debug) == (False, False, False)
    assert hosts == ["127.0.0.1", "localhost", "[::1]"]


@pytest.mark.processes
def test_the_database_address_is_read_whole():
    (databases,) = settings("DATABASES", **SITE)
    found = databases["default"]
    assert [found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "u", "p@ss", "db.example", 5433, "archive",
    ]  # fmt: skip
    assert found["CONN_MAX_AGE"] == 60
    (databases,) = settings("DATABASES", **SITE, DATABASE_POOL=4)
    assert databases["default"]["OPTIONS"]["pool"]["max_size"] == 4
    assert databases["default"]["CONN_MAX_AGE"] == 0


@pytest.mark.processes
@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL"])
def test_a_site_for_the_public_does_not_guess(name):
    result = manage("check", **{**SITE, name: ""})
    assert result.returncode == 1
    assert result.stderr == f"PRODUCTION is set, so {name} must be set as well.\n"


@pytest.mark.processes
def test_the_deployment_check_reports_nothing():
    result = manage("check", "--deploy", "--fail-level=WARNING", **SITE)
    assert (result.returncode, result.stdout) == (
        0,
        "System check identified no issues (0 silenced).\n",
    ), result.stderr


@pytest.mark.processes
@pytest.mark.parametrize(
    ("name", "value"), [("LOG_LEVEL", "chatty"), ("DATABASE_POOL", "few"), ("DEBUG", "perhaps")]
)
def test_a_setting_that_cannot_be_read_is_one_clear_line(data_dir, name, value):
    result = manage("check", DATA_DIR=data_dir, **{name: value})
    assert result.returncode == 1
    (line,) = result.stderr.splitlines()
    assert name in line


def test_the_secret_key_is_kept_from_others(data_dir):
    (first,) = settings("SECRET_KEY", DATA_DIR=data_dir)
    assert settings("SECRET_KEY", DATA_DIR=data_dir) == [first]
    assert (data_dir / "secret_key").stat().st_mode & 0o777 == 0o600
    assert len(first) >= 50


def test_a_data_dir_that_cannot_be_used_is_one_clear_line(data_dir):
    (data_dir / "file").touch()
    result = manage("check", DATA_DIR=data_dir / "file")
    assert result.returncode == 1
    assert re.fullmatch(r"Cannot store a secret key in .*/file/secret_key: .*\n", result.stderr)


def test_the_content_security_policy_allows_only_this_site(client, db):
    policy = client.get("/admin/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_health_needs_no_cookie(client, db):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


def test_the_models_have_their_migrations(db):
    assert call_command("makemigrations", check=True, dry_run=True, verbosity=0) is None


def test_the_admin_works_in_a_browser(page, admin_user):
    page.goto("/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Log out").wait_for()
    assert page.evaluate("getComputedStyle(document.querySelector('#header')).display") == "flex"


@pytest.mark.processes
def test_the_address_of_the_site_ends_with_its_host():
    assert settings("SITE_URL", **SITE, SITE_URL="https://a.example/") == ["https://a.example"]


@pytest.mark.processes
def test_who_runs_the_archive_and_its_mail_server_are_read(data_dir):
    given = {
        "ARCHIVE_NAME": " Complaints Archive ",
        "OPERATOR": "Example Trust",
        "CONTACT": "archive@example.org",
        "PRIVACY_NOTICE": "https://example.org/privacy",
        "REPORT_RETENTION_DAYS": 30,
        "TRUSTED_PROXIES": 2,
        "REPORT_RECIPIENTS": "one@example.org,two@example.org",
        "DEFAULT_FROM_EMAIL": "archive@example.org",
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "user",
        "EMAIL_HOST_PASSWORD": "secret",
        "EMAIL_USE_TLS": "on",
    }
    expected = given | {
        "ARCHIVE_NAME": "Complaints Archive",
        "REPORT_RECIPIENTS": ["one@example.org", "two@example.org"],
        "EMAIL_USE_TLS": True,
    }
    assert settings(*given, DATA_DIR=data_dir, **given) == list(expected.values())


def test_a_site_on_this_machine_has_a_name_and_no_proxy(data_dir):
    names = ("ARCHIVE_NAME", "TRUSTED_PROXIES", "REPORT_RECIPIENTS", "EMAIL_HOST")
    assert settings(*names, DATA_DIR=data_dir) == ["Ombudsman Decisions", 0, [], ""]


@pytest.mark.processes
def test_a_site_for_the_public_is_behind_one_proxy():
    assert settings("TRUSTED_PROXIES", **SITE) == [1]
