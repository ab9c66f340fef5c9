"""Tells whether a request has arrived as far as a thread needs it, without parsing it.

gunicorn parses it afterwards, and refuses what is malformed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

# Most bytes of a request's head, and of its first line: gunicorn's own limit is 4,094 for the line.
MAX_HEAD = 32 * 1024
MAX_LINE = 4096

_END = b"\r\n\r\n"
_BARE_LF = re.compile(rb"(?<!\r)\n")
_LINE = re.compile(rb"([A-Z]{1,20}) ([^ ?#\r\n]*)")
_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECT = re.compile(rb"\r\nexpect[ \t]*:[ \t]*100-continue[ \t]*\r\n", re.IGNORECASE)


@dataclass
class Arrival:
    """How far a request has arrived.

    `size` is the number of bytes of head and body together, as soon as it is known. A request
    whose `is_ready` can be handled; its `size` is None if its body is not waited for.
    """

    searched: int = 0
    head_ended: bool = False
    is_ready: bool = False
    size: int | None = None
    refusal: int | None = None
    expects_continue: bool = False

    def look(self, received: bytearray, is_awaited: Callable[[str, int], bool]) -> None:
        """Look at what has been received so far.

        `is_awaited` tells whether a body of that length is waited for at that path. Another body
        is left to the thread, which refuses it or reads it.
        """
        if not self.head_ended:
            self._look_for_end(received, is_awaited)
        if self.head_ended and self.size is not None and len(received) >= self.size:
            self.is_ready = True

    def _look_for_end(self, received: bytearray, is_awaited: Callable[[str, int], bool]) -> None:
        start = 2 if received.startswith(b"\r\n") else 0  # RFC 9112: one empty line may come first
        end = received.find(_END, max(start, self.searched - len(_END)))
        has_bare_lf = _BARE_LF.search(received, self.searched, end if end >= 0 else len(received))
        self.searched = len(received)
        if has_bare_lf:
            self.head_ended = self.is_ready = True  # gunicorn refuses it without reading on
        elif (end if end >= 0 else len(received)) > MAX_HEAD:
            self.refusal = 431
            if b"\r\n" not in received[start : start + MAX_LINE]:
                self.refusal = 414
        elif end >= 0:
            self.head_ended = True
            self._read_head(bytes(received[start : end + len(_END)]), start, is_awaited)
        elif len(received) > MAX_LINE and b"\r\n" not in received[start:MAX_LINE]:
            self.refusal = 414

    def _read_head(self, head: bytes, start: int, is_awaited: Callable[[str, int], bool]) -> None:
        size = start + len(head)
        lengths = _LENGTH.findall(head)
        if _CHUNKED.search(head):
            self.is_ready = True
        elif not lengths:
            self.size = size
        else:
            length = int(lengths[0])
            line = _LINE.match(head)
            if line and is_awaited(line[2].decode("latin-1"), length):
                self.size = size + length
                self.expects_continue = bool(_EXPECT.search(head))
            else:
                self.is_ready = True
