"""Ends sessions: after a time without a request, and after a working day in any case."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

# Keys of the session: when the user signed in, and when the last request was noted.
SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"

# Seconds between two notes of when the last request was: each writes to the database.
NOTE_INTERVAL = 60

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def end_sessions(get_response: GetResponse) -> GetResponse:
    """Sign out whoever was away for SESSION_IDLE_MINUTES, or signed in SESSION_HOURS ago."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            now = int(time.time())
            session = request.session
            signed_in_at = session.setdefault(SIGNED_IN_AT, now)
            seen_at = session.get(SEEN_AT, now)
            # A clock that was set back must not keep a session open: the note is renewed.
            if is_over(now, signed_in_at, seen_at):
                logout(request)
            elif SEEN_AT not in session or abs(now - seen_at) >= NOTE_INTERVAL:
                session[SEEN_AT] = now
        return get_response(request)

    return middleware


def is_over(now: int, signed_in_at: int, seen_at: int) -> bool:
    """Whether a session has ended; times are in seconds. 0 minutes are no limit."""
    idle = settings.SESSION_IDLE_MINUTES * 60
    return now - signed_in_at >= settings.SESSION_COOKIE_AGE or (0 < idle <= now - seen_at)
