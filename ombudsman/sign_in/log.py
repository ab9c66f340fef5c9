"""One line in the log for each sign-in, sign-out, failure and lock-out.

A line names the user by number and the network by a keyed hash: what somebody typed as a user name
may be a password.
"""

import logging
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from decisions.web.client_network import client_network

log = logging.getLogger(__name__)

# Characters of the network's hash that a line has: enough to tell lines of one network.
_NETWORK_LENGTH = 12


@receiver(user_logged_in)
def log_sign_in(sender: Any, request: HttpRequest, user: Any, **values: Any) -> None:
    """The password was right."""
    log.info("User %s signed in with a password, from network %s", user.pk, _network(request))


@receiver(user_logged_out)
def log_sign_out(sender: Any, request: HttpRequest, user: Any, **values: Any) -> None:
    """The user ended the session."""
    if user is not None:
        log.info("User %s signed out", user.pk)


@receiver(user_login_failed)
def log_failure(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **values: Any
) -> None:
    """The password was wrong, there is no such user, or the sign-in is locked."""
    who = _named(credentials.get("username"))
    log.warning("Sign-in of %s failed, from network %s", who, _network(request))


@receiver(user_locked_out)
def log_lock_out(
    sender: Any, request: HttpRequest, username: str | None = None, **values: Any
) -> None:
    """Too many failures: the network cannot sign in as this user for a while."""
    log.warning("Sign-in of %s is locked for network %s", _named(username), _network(request))


def log_second_factor(request: HttpRequest, succeeded: bool) -> None:
    """A code was right or wrong."""
    level = logging.INFO if succeeded else logging.WARNING
    result = "right" if succeeded else "wrong"
    network = _network(request)
    log.log(level, "User %s gave a %s code, from network %s", request.user.pk, result, network)


def _named(username: Any) -> str:
    key = get_user_model().objects.filter(username=username).values_list("pk", flat=True).first()
    return f"user {key}" if key else "an unknown user name"


def _network(request: HttpRequest | None) -> str:
    return client_network(request)[:_NETWORK_LENGTH] if request else "unknown"
