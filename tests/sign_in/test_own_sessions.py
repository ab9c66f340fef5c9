"""Staff see where they are signed in, and end all of their other sessions."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice

from decisions.models import AuditEntry
from ombudsman.sign_in import devices
from ombudsman.sign_in.own_sessions import MAX_SESSIONS, browser_in_words
from ombudsman.sign_in.sessions import SEEN_AT, SIGNED_IN_AT
from tests.reading import text, texts
from tests.sign_in.test_sign_in import PASSWORD, ann, code_of, sign_in  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1"
)


def was_away(browser, seconds: int) -> None:
    """Set when a session was used last to so long before its sign-in."""
    session = browser.session
    session[SEEN_AT] = session[SIGNED_IN_AT] - seconds
    session.save()


def rows(page) -> list[str]:
    return texts(BeautifulSoup(page.content, "lxml"), "#result_list tbody th")


@pytest.mark.slow
def test_the_others_are_ended_with_the_password(client, ann, settings):  # noqa: F811
    settings.SECOND_FACTOR = False
    settings.SESSION_IDLE_MINUTES = 60
    phone, other, thief = (client.__class__() for _ in range(3))
    sign_in(client, headers={"User-Agent": FIREFOX})
    sign_in(phone, headers={"User-Agent": PHONE})
    settings.SECOND_FACTOR = True
    sign_in(thief)  # has the password alone
    assert thief.get(ADDRESS)["Location"].startswith("/admin/login/")
    settings.SECOND_FACTOR = False
    User.objects.create_superuser("bob", password=PASSWORD)
    sign_in(other, name="bob")

    page = client.get(ADDRESS)
    assert rows(page)[0] == "Firefox on Linux (this one)"
    assert sorted(rows(page)[1:]) == ["Another program", "Safari on iPhone"]
    assert "Your sessions" in client.get("/admin/").content.decode()
    wrong = client.post(ADDRESS, {"password": "no"})
    assert "That is not your password." in wrong.content.decode()
    assert Session.objects.count() == 4
    ended = client.post(ADDRESS, {"password": PASSWORD}, follow=True)
    assert "2 other sessions ended." in text(BeautifulSoup(ended.content, "lxml").body)
    assert rows(ended) == ["Firefox on Linux (this one)"]
    assert [one.get("/admin/").status_code for one in (client, phone, other)] == [200, 302, 200]
    entry = AuditEntry.objects.get(act="signed-out")
    assert (entry.user_name, entry.note) == ("ann", "2 other sessions ended")

    for _ in range(settings.AXES_FAILURE_LIMIT - 1):  # one was wrong above
        guessed = client.post(ADDRESS, {"password": "no"})
    assert guessed.status_code == 429


@pytest.mark.slow
def test_a_further_sign_in_ends_the_session_used_longest_ago(client, ann, settings):  # noqa: F811
    settings.SECOND_FACTOR = False
    browsers = [client.__class__() for _ in range(MAX_SESSIONS + 1)]
    for seconds, browser in zip(range(1_000, 0, -100), browsers, strict=False):
        sign_in(browser)
        was_away(browser, seconds)
    assert [one.get("/admin/").status_code for one in browsers] == [302, *[200] * MAX_SESSIONS]


@pytest.mark.slow
def test_a_password_alone_ends_no_session(client, ann):  # noqa: F811
    device = devices.new_device(ann)
    phone = client.__class__()
    for browser in (client, phone):
        sign_in(browser)
        TOTPDevice.objects.update(last_t=-1)  # the code of this half minute counts once more
        browser.post("/admin/second-factor/", {"code": code_of(device)})
    thieves = [client.__class__() for _ in range(MAX_SESSIONS)]
    for thief in thieves:
        sign_in(thief)
    assert Session.objects.count() == 2 + MAX_SESSIONS
    was_away(client, 1_000)

    phone.post("/admin/logout/")
    sign_in(phone)
    TOTPDevice.objects.update(last_t=-1)
    phone.post("/admin/second-factor/", {"code": code_of(device)})
    assert Session.objects.count() == MAX_SESSIONS
    assert [one.get(ADDRESS).status_code for one in (client, phone)] == [200, 200]


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/17 Safari/605", "Safari on Mac"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537", "Chrome on Android"),
        ("curl/8.0", "Another program"),
    ],
)
def test_browsers_in_words(user_agent, words):
    assert browser_in_words(user_agent) == words
