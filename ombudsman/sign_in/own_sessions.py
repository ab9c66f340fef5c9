"""A user's own sessions: lists them, limits their number, and ends all but one.

Django's table of sessions does not name users, so that all are read. Only staff have one: there are
as many as staff signed in within SESSION_HOURS.
"""

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, authenticate
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from decisions.models import AuditEntry
from ombudsman.sign_in.sessions import SEEN_AT, SIGNED_IN_AT, is_over

log = logging.getLogger(__name__)

# Most sessions of one user at a time; a further sign-in ends the one that was used longest ago.
MAX_SESSIONS = 5

# Key of the session: the browser that signed in, in words.
BROWSER = "browser"

# Each pair has a word of the User-Agent header and the browser's common name. The first pair whose
# word occurs counts.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class OwnSession:
    """One session of a user. Times are None where the user has asked for no page of the admin.

    `is_verified` says whether a code was given as well as the password.
    """

    key: str
    is_this: bool
    browser: str
    signed_in_at: datetime.datetime | None
    seen_at: datetime.datetime | None
    is_verified: bool


class EndForm(forms.Form):
    """The password, which is asked for once more before sessions are ended."""

    password = forms.CharField(
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@receiver(user_logged_in)
def note_browser(request: HttpRequest | None = None, **signal: Any) -> None:
    """Note in a new session which browser it is in."""
    if request is not None:
        request.session[BROWSER] = browser_in_words(request.headers.get("User-Agent", ""))


@receiver(user_logged_in)
def end_oldest_without_second_factor(
    user: User, request: HttpRequest | None = None, **signal: Any
) -> None:
    """End the sessions above the limit, unless a code is still to be given."""
    if request is not None and not settings.SECOND_FACTOR:
        end_oldest(user, request.session.session_key)


def end_oldest(user: User, this: str | None) -> None:
    """End a user's sessions beyond MAX_SESSIONS after a sign-in; `this` is the key of the new one.

    Sessions without a code go first: whoever knows the password alone cannot end the others.
    """
    others = [one for one in sessions_of(user, this) if not one.is_this]
    others.sort(key=lambda one: one.is_verified, reverse=True)
    if surplus := [one.key for one in others[MAX_SESSIONS - 1 :]]:
        Session.objects.filter(session_key__in=surplus).delete()
        log.info("User %s signed in once more: %d older sessions ended", user.pk, len(surplus))


def browser_in_words(user_agent: str) -> str:
    """`Firefox on Windows`; nothing else of the header is kept."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "Another program")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser


def sessions_of(user: Any, this: str | None) -> list[OwnSession]:
    """The user's sessions that have not ended, the latest used first; `this` is the key of one."""
    found = [*_sessions_of(user, this)]
    first = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return sorted(found, key=lambda one: (one.is_this, one.seen_at or first), reverse=True)


def _sessions_of(user: Any, this: str | None) -> Iterator[OwnSession]:
    now = timezone.now()
    for row in Session.objects.filter(expire_date__gt=now):
        values = row.get_decoded()
        signed_in_at, seen_at = values.get(SIGNED_IN_AT), values.get(SEEN_AT)
        if values.get(SESSION_KEY) != str(user.pk):
            continue
        if signed_in_at and is_over(int(now.timestamp()), signed_in_at, seen_at or signed_in_at):
            continue
        yield OwnSession(
            row.session_key,
            row.session_key == this,
            values.get(BROWSER, "Another program"),
            _time(signed_in_at),
            _time(seen_at),
            DEVICE_ID_SESSION_KEY in values,
        )


def own_sessions_page(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The user's sessions as a list; a POST with the password ends all but this one."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 -- `admin_view` lets in nobody else
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # By the backends, so that wrong passwords count and lock as they do at the sign-in.
        given = {"username": user.get_username(), "password": form.cleaned_data["password"]}
        if authenticate(request, **given) == user:
            messages.success(request, f"{_end_others(user, request.session.session_key)}.")
            return HttpResponseRedirect(request.path)
        form.add_error("password", "That is not your password.")
    values = {
        **context,
        "title": "Your sessions",
        "sessions": sessions_of(user, request.session.session_key),
        "form": form,
        "second_factor": settings.SECOND_FACTOR,
    }
    return TemplateResponse(request, "admin/sign_in/sessions.html", values)


def _end_others(user: User, this: str | None) -> str:
    """End them; returns how many in words."""
    keys = [one.key for one in sessions_of(user, this) if not one.is_this]
    Session.objects.filter(session_key__in=keys).delete()
    name = user.get_username()
    note = f"{len(keys)} other session{'' if len(keys) == 1 else 's'} ended"
    AuditEntry.objects.record(AuditEntry.Act.SIGNED_OUT, user, kind="user", key=name, note=note)
    return note


def _time(seconds: int | None) -> datetime.datetime | None:
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC) if seconds else None
