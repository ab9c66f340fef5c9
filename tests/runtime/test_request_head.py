"""How much of a request must have arrived before a thread gets it."""

import pytest

from decisions.web.bodies import MAX_FORM_BYTES, is_short_form
from ombudsman.runtime.request_head import MAX_HEAD, MAX_LINE, Arrival

FORM = b"POST /check/ HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"


def arrival(received: bytes, step: int) -> Arrival:
    """What is known of bytes that arrive in pieces of this size."""
    found = Arrival()
    for end in range(step, len(received) + step, step):
        found.look(bytearray(received[:end]), is_short_form)
    return found


@pytest.mark.parametrize(
    ("received", "is_ready", "unread_body", "refusal"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\n", False, True, None),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r", False, True, None),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", True, False, None),
        (b"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", True, False, None),
        (b"GET / HTTP/1.1\nHost", True, True, None),  # gunicorn refuses it
        (FORM % 4 + b"abc", False, False, None),
        (FORM % 4 + b"abcd", True, False, None),
        (FORM % MAX_FORM_BYTES, False, False, None),
        (FORM % (MAX_FORM_BYTES + 1), True, True, None),
        (FORM.replace(b"/check/", b"/decisions/?a") % 4, True, True, None),
        (FORM.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked"), True, True, None),
        (b"GET /" + b"a" * MAX_LINE, False, True, 414),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * MAX_HEAD, False, True, 431),
    ],
)
def test_a_request_is_handled_once_its_head_and_a_short_form_are_there(
    received, is_ready, unread_body, refusal
):
    for step in (1, 7, len(received)):
        found = arrival(received, step)
        assert (found.is_ready, found.size is None, found.refusal) == (
            is_ready, unread_body, refusal,
        )  # fmt: skip
