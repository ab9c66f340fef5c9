"""How staff sign in: password, second factor, lock-out, sessions that end, and what is logged."""

import logging
import re
import time

import pytest
from axes.models import AccessAttempt
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from ombudsman.sign_in import devices, lock_out, sessions

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
LOGIN = "/admin/login/?next=/admin/decisions/"


@pytest.fixture
def ann(settings) -> User:
    settings.SECOND_FACTOR = True
    return User.objects.create_superuser("ann", password=PASSWORD)


def sign_in(client, name: str = "ann", password: str = PASSWORD, **extra: str):
    data = {"username": name, "password": password}
    return client.post(LOGIN, data, follow=True, **extra)


def code_of(device: TOTPDevice, step: int = 0) -> str:
    """The code that the user's program shows now, or some steps of 30 seconds later."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time() + step * 30
    return f"{totp.token():06}"


@pytest.mark.slow
def test_a_second_factor_is_set_up_once_and_asked_for_ever_after(client, ann, caplog):
    caplog.set_level(logging.INFO, "ombudsman")
    page = sign_in(client)
    address = "/admin/second-factor/?next=%2Fadmin%2Fdecisions%2F"
    assert page.redirect_chain[-1][0] == address
    soup = BeautifulSoup(page.content, "lxml")
    assert soup.h1.text
    assert soup.find("img", class_="qr-code")["src"].startswith("data:image/svg+xml")
    assert not soup.find("script", src=False)
    device = TOTPDevice.objects.get(user=ann)
    assert devices.secret_in_words(device) == soup.find(class_="secret").text
    # Until then, nothing of the admin can be had.
    for path in ("/admin/decisions/decision/", "/admin/password_change/"):
        assert client.get(path, follow=True).redirect_chain[-1][0].startswith("/admin/second-f")
    wrong = client.post(address, {"code": "000000"})
    assert "not right" in wrong.content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0)
    first = code_of(device)
    page = client.post(address, {"code": first})
    codes = [item.text for item in BeautifulSoup(page.content, "lxml").select(".recovery-codes li")]
    assert len(set(codes)) == devices.RECOVERY_CODES
    assert not StaticToken.objects.filter(token__in=codes)  # only their hashes are stored
    assert client.get("/admin/decisions/decision/").status_code == 200
    client.post("/admin/logout/")

    page = sign_in(client)
    assert "Open the app" in page.content.decode()
    assert "qr-code" not in page.content.decode()
    again = client.post(address, {"code": first})
    assert "used already" in again.content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert client.post(address, {"code": code_of(device, 1)})["Location"] == "/admin/decisions/"
    client.post("/admin/logout/")

    for status in (302, 200):  # a recovery code counts once
        sign_in(client)
        assert (
            client.post(address, {"code": f" {codes[0].upper().replace(' ', '')}"}).status_code
            == status
        )
        client.post("/admin/logout/")
    call_command("reset_second_factor", "ann")
    assert "qr-code" in sign_in(client).content.decode()
    said = caplog.text
    assert f"User {ann.pk} signed in with a password, from network " in said
    assert f"User {ann.pk} gave a wrong code" in said
    assert f"User {ann.pk} gave a right code" in said
    assert f"User {ann.pk} signed out" in said
    assert PASSWORD not in said
    assert "ann" not in said.replace("channel", "")


def test_codes_of_somebody_else_count_for_nothing(client, ann):
    other = User.objects.create_superuser("bob", password=PASSWORD)
    device = TOTPDevice.objects.create(user=other, name="Codes")
    TOTPDevice.objects.create(user=ann, name="Codes")
    sign_in(client)
    client.post("/admin/second-factor/", {"code": code_of(device)})
    assert client.get("/admin/decisions/decision/").status_code == 302
    for next_address in ("https://elsewhere.example/", "//elsewhere.example/"):
        page = client.get("/admin/second-factor/", {"next": next_address})
        assert "elsewhere" not in page.content.decode()
    stranger = client.__class__()
    assert stranger.get("/admin/second-factor/")["Location"].startswith("/admin/login/")


def test_wrong_passwords_lock_a_user_name_for_one_network_alone(client, ann, settings, caplog):
    settings.TRUSTED_PROXIES = 1
    caplog.set_level(logging.INFO)
    here = {"X-Forwarded-For": "198.51.100.9, 203.0.113.5"}
    for number in range(settings.AXES_FAILURE_LIMIT):
        # What a client writes before the address that our proxy saw does not make it another.
        here["X-Forwarded-For"] = f"198.51.100.{number}, 203.0.113.5"
        answer = sign_in(client, password=f"marked-{number}", headers=here)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "1800"
    assert "Too many failed attempts" in answer.content.decode()
    assert sign_in(client, headers=here).status_code == 429  # with the right password
    elsewhere = {"X-Forwarded-For": "203.0.113.6"}
    assert sign_in(client, headers=elsewhere).redirect_chain[-1][0].startswith("/admin/second-f")
    assert f"Sign-in of user {ann.pk} failed" in caplog.text
    assert f"Sign-in of user {ann.pk} is locked" in caplog.text
    assert not re.search("marked|198.51|203.0", caplog.text)
    client.logout()
    sign_in(client, name="marked-name", headers=elsewhere)
    assert "Sign-in of an unknown user name failed" in caplog.text
    assert "marked-name" not in caplog.text


def test_failed_sign_ins_are_kept_for_a_day(client, ann):
    sign_in(client, password="wrong")
    attempt = AccessAttempt.objects.get()
    lock_out.delete_failed_sign_ins()
    assert AccessAttempt.objects.exists()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - lock_out.KEPT)
    lock_out.delete_failed_sign_ins()
    assert not AccessAttempt.objects.exists()


def test_a_network_tries_few_names_a_minute(client, ann, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.SIGN_INS_PER_MINUTE = 2
    answers = [sign_in(client, name=f"name-{number}").status_code for number in range(3)]
    assert answers == [200, 200, 429]


def test_sessions_end(client, ann, settings):
    settings.SECOND_FACTOR = False
    settings.SESSION_IDLE_MINUTES = 60
    now = int(time.time())
    sign_in(client)
    for signed_in_at, seen_at, status in [
        (now - 3600, now - 3500, 200),
        (now - 7200, now - 3601, 302),
        (now - settings.SESSION_COOKIE_AGE - 1, now - 1, 302),
    ]:
        client.force_login(ann)
        session = client.session
        session.update({sessions.SIGNED_IN_AT: signed_in_at, sessions.SEEN_AT: seen_at})
        session.save()
        assert client.get("/admin/").status_code == status, (signed_in_at, seen_at)
    assert client.session.get(sessions.SEEN_AT) is None
    client.force_login(ann)  # with a clock that was then set back
    session = client.session
    session[sessions.SEEN_AT] = now + 3600
    session.save()
    client.get("/admin/")
    assert now <= client.session[sessions.SEEN_AT] < now + 60
    client.force_login(ann)
    client.get("/admin/")
    assert client.session[sessions.SIGNED_IN_AT] == client.session[sessions.SEEN_AT] >= now


def test_without_the_setting_a_password_is_enough(client, ann, settings):
    settings.SECOND_FACTOR = False
    assert sign_in(client).redirect_chain[-1][0] == "/admin/decisions/"


@pytest.mark.parametrize(
    "password",
    [
        "short-1",
        "password1234",
        "123456789012",
        "ann-smith-1",
        "Ombudsman-2026!",
        "councilcomplaint1",
    ],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, User(username="ann-smith"))
    for good in (PASSWORD, "9$k2!x7#qz4&", "my council is far away", "x" * 64):
        validate_password(good, User(username="ann-smith"))
