"""Alerts: searches that readers save, and what is sent to them when new decisions match.

In: a SearchQuery with an address and how often; the new decisions. Out: rows of `Alert` and
`AlertMessage`, e-mails, and signed requests to webhooks. `subscriptions` makes, confirms and stops
alerts, `matching` writes messages, `sending` sends them, `worker` does both until it is stopped.
May touch: the models, search, the mail server and, through `outgoing` alone, other web servers. It
knows nothing of requests and pages but for the addresses of its own.

A message is written in the transaction that moves its alert's watermark, so that each decision is
in exactly one message, whatever is killed. A message is sent at least once: if the worker is killed
between the mail server's answer and our commit, it is sent again with the same Message-ID (or
`webhook-id`), by which the receiver can drop it. To lose a message would be worse: nobody would
notice.
"""

from decisions.alerts.outgoing import InvalidAddress, check_address
from decisions.alerts.subscriptions import (
    MAX_REQUESTS,
    Search,
    TooManyRequestsError,
    confirm,
    emails_are_offered,
    sign_up,
    stop,
)
from decisions.alerts.tokens import alert_of, management_token
from decisions.alerts.worker import run, run_once

__all__ = [
    "MAX_REQUESTS",
    "InvalidAddress",
    "Search",
    "TooManyRequestsError",
    "alert_of",
    "check_address",
    "confirm",
    "emails_are_offered",
    "management_token",
    "run",
    "run_once",
    "sign_up",
    "stop",
]
