"""Entries and heads as the texts that are hashed and stamped; a reader's shell reads them too."""

import base64
import datetime

from decisions.models import CaptureLogEntry, CaptureLogHead
from decisions.references import reference_slug


def entry_text(entry: CaptureLogEntry) -> bytes:
    """An entry as the line that its leaf is the hash of; migration 0017 writes the same."""
    at = entry.received_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return f"{entry.position} {entry.sha256} {reference_slug(entry.reference)} {at}\n".encode()


def head_text(head: CaptureLogHead) -> bytes:
    """A head as the two lines that the authority stamps."""
    return f"size {head.size}\nroot {to_base64(bytes(head.root))}\n".encode()


def to_base64(data: bytes) -> str:
    """A hash as `openssl base64` writes it."""
    return base64.b64encode(data).decode()
