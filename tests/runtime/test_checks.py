"""The checks of the settings: each finds its fault, and a sound installation has none."""

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks

from tests.processes import manage

LONG_KEY = "a-key-for-tests-that-is-long-enough-to-please-0123456789"
PUBLIC = {
    "PRODUCTION": True,
    "SECRET_KEY": LONG_KEY,
    "ALLOWED_HOSTS": [".archive.example", "localhost"],
    "DATABASE_URL": "postgresql://u:p@db.example/archive",
    "OPERATOR": "Example Trust",
    "CONTACT": "archive@example.org",
}
MAIL = {
    "EMAIL_HOST": "mail.example",
    "DEFAULT_FROM_EMAIL": "Archive <archive@example.org>",
    "REPORT_RECIPIENTS": ["one@example.org"],
}


def check_ids(settings: LazySettings, **values: object) -> list[str]:
    """Return the ids of what the checks find with these settings; each must have a hint."""
    for name, value in values.items():
        setattr(settings, name, value)
    messages = run_checks(tags=["ombudsman"])
    assert all(message.hint for message in messages)
    return [message.id.removeprefix("ombudsman.") for message in messages]


def test_a_valid_installation_passes_every_check(settings):
    assert check_ids(settings) == []
    assert check_ids(settings, **PUBLIC) == []
    assert check_ids(settings, **PUBLIC, SITE_URL="https://www.archive.example:8443") == []


@pytest.mark.parametrize(
    "address",
    [
        "decisions.example.org",
        "ftp://decisions.example.org",
        "https://",
        "https://decisions.example.org/archive",
        "https://decisions.example.org?page=1",
        "https://decisions.example.org#top",
        "https://user@decisions.example.org",
        "https://decisions.example.org:port",
        "https://two words.example.org",
        "https://[decisions.example.org",
    ],
)
def test_an_address_that_is_more_or_less_than_a_site(settings, address):
    assert check_ids(settings, SITE_URL=address) == ["E001"]
    assert check_ids(settings, **PUBLIC, SITE_URL=address) == ["E001"]


def test_a_site_url_whose_host_is_not_allowed(settings):
    assert check_ids(settings, **PUBLIC, SITE_URL="https://elsewhere.example") == ["W001"]
    assert check_ids(settings, **PUBLIC, SITE_URL="http://archive.example") == ["W002"]
    assert check_ids(settings, PRODUCTION=False, SITE_URL="http://elsewhere.example") == []


@pytest.mark.parametrize(
    ("name", "lowest"),
    [("DATABASE_POOL", 0), ("HSTS_SECONDS", 0), ("SAMPLE", 0), ("WEB_CONCURRENCY", 1)],
)
def test_a_number_below_its_minimum(settings, name, lowest):
    assert check_ids(settings, **{name: lowest}) == []
    assert check_ids(settings, **{name: lowest - 1}) == ["E002"]


def test_a_pool_without_a_database_url_is_a_warning(settings):
    assert check_ids(settings, DATABASE_POOL=4, DATABASE_URL="") == ["W003"]
    assert check_ids(settings, DATABASE_POOL=4, DATABASE_URL=PUBLIC["DATABASE_URL"]) == []


def test_a_short_secret_key_and_debug_pages_on_a_site_for_the_public(settings):
    assert check_ids(settings, **PUBLIC | {"SECRET_KEY": LONG_KEY[:49]}) == ["E003"]
    assert check_ids(settings, **PUBLIC, DEBUG=True) == ["E004"]
    assert check_ids(settings, PRODUCTION=False, DEBUG=True, SECRET_KEY="short") == []


@pytest.mark.parametrize("name", ["OPERATOR", "CONTACT"])
def test_a_site_for_the_public_that_does_not_say_who_runs_it(settings, name):
    assert check_ids(settings, **{**PUBLIC, name: ""}) == ["W004"]
    assert check_ids(settings, PRODUCTION=False) == []


@pytest.mark.parametrize("contact", ["Example Trust", "ask@", "example.org", "javascript:alert(1)"])
def test_a_contact_that_leads_nowhere(settings, contact):
    assert check_ids(settings, **{**PUBLIC, "CONTACT": contact}) == ["E007"]


def test_contacts_that_lead_somewhere(settings):
    for contact in ("archive@example.org", "https://example.org/contact"):
        assert check_ids(settings, **{**PUBLIC, "CONTACT": contact}) == []


def test_a_privacy_notice_is_a_web_page(settings):
    assert check_ids(settings, PRIVACY_NOTICE="We keep nothing.") == ["E008"]
    assert check_ids(settings, PRIVACY_NOTICE="https://example.org/privacy") == []


@pytest.mark.parametrize("missing", MAIL)
def test_mail_that_is_set_up_in_part(settings, missing):
    assert check_ids(settings, **MAIL) == []
    nothing = type(MAIL[missing])()
    # Alerts are sent to readers without anybody who gets reports.
    expected = [] if missing == "REPORT_RECIPIENTS" else ["W005"]
    assert check_ids(settings, **{missing: nothing}) == expected


def test_reports_without_a_mail_server(settings):
    recipients = MAIL["REPORT_RECIPIENTS"]
    assert check_ids(settings, REPORT_RECIPIENTS=recipients) == ["W005"]


@pytest.mark.parametrize(
    "wrong", [{"REPORT_RECIPIENTS": ["one@example.org", "two"]}, {"DEFAULT_FROM_EMAIL": "Archive"}]
)
def test_addresses_that_no_mail_can_be_sent_to_or_from(settings, wrong):
    assert check_ids(settings, **{**MAIL, **wrong}) == ["E009"]


def test_two_ways_to_encrypt_mail(settings):
    assert check_ids(settings, **MAIL, EMAIL_USE_TLS=True) == []
    assert check_ids(settings, EMAIL_USE_SSL=True) == ["E010"]


def test_directories_that_cannot_be_made(settings, tmp_path):
    (tmp_path / "file").touch()
    assert check_ids(settings, DATA_DIR=tmp_path / "new" / "data") == []
    assert check_ids(settings, DATA_DIR=tmp_path / "file" / "data") == ["E005"]
    settings.DATA_DIR = tmp_path
    assert check_ids(settings, STATIC_ROOT=tmp_path / "file") == ["E006"]


def test_collected_static_files_need_not_be_written_again(settings, tmp_path, monkeypatch):
    (tmp_path / "staticfiles.json").touch()
    monkeypatch.setattr("ombudsman.checks._can_write", lambda path: path != tmp_path)
    assert check_ids(settings, STATIC_ROOT=tmp_path) == []
    (tmp_path / "staticfiles.json").unlink()
    assert check_ids(settings, STATIC_ROOT=tmp_path) == ["E006"]


@pytest.mark.processes
def test_a_wrong_setting_prevents_the_start(data_dir):
    for command in ("run", "worker"):
        result = manage(command, DATA_DIR=data_dir, SITE_URL="decisions.example.org")
        assert result.returncode == 1
        assert "(ombudsman.E001) SITE_URL is not the address of a site" in result.stderr
        assert not (data_dir / "postgres").exists()
