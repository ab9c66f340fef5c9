"""The proof of one capture: its entry, the way from there to a stamped head, and the stamp."""

from dataclasses import dataclass
from functools import lru_cache

from decisions.capture_log.entries import entry_text, head_text, to_base64
from decisions.capture_log.tree import levels_of, path_to_root
from decisions.models import Capture, CaptureLogEntry, CaptureLogHead

# Heads whose trees each process keeps. A tree of 57,500 entries has about 8 MB.
TREES = 2


@dataclass(frozen=True, slots=True)
class Proof:
    """A capture's entry, and the first stamped head that covers it, if there is one yet."""

    entry: CaptureLogEntry
    head: CaptureLogHead | None


def proof_of(capture: Capture) -> Proof | None:
    """What there is of a capture's proof; None if it is not in the log, as samples are not."""
    entry = CaptureLogEntry.objects.filter(sha256=capture.sha256).first()
    if entry is None:
        return None
    return Proof(entry, CaptureLogHead.objects.filter(size__gt=entry.position).first())


def proof_files(entry: CaptureLogEntry, head: CaptureLogHead) -> dict[str, bytes]:
    """The files of a proof by their names, without the received file itself."""
    path = path_to_root(_levels(head.size, bytes(head.root)), entry.position)
    lines = "".join(f"{side} {to_base64(other)}\n" for side, other in path)
    return {
        "entry.txt": entry_text(entry),
        "path.txt": lines.encode(),
        "head.txt": head_text(head),
        "head.tsr": bytes(head.reply),
        "authority.pem": head.certificates.encode(),
    }


@lru_cache(maxsize=TREES)
def _levels(size: int, root: bytes) -> list[list[bytes]]:
    """The tree of a head. Its root is an argument, so that no other archive's tree is used."""
    entries = CaptureLogEntry.objects.filter(position__lt=size)
    return levels_of([bytes(leaf) for leaf in entries.values_list("leaf", flat=True)])
