"""Checks that the log is whole: entries, heads, stamps, and that it has every capture."""

from collections.abc import Iterator

from django.db import connection
from rfc3161_client import VerificationError

from decisions.capture_log.entries import entry_text
from decisions.capture_log.stamping import check_stamp, checksum_of
from decisions.capture_log.tree import GrowingTree, leaf_of
from decisions.models import CaptureLogEntry, CaptureLogHead

_NOT_LOGGED = """
SELECT decision.reference, capture.sha256
FROM decisions_capture AS capture
JOIN decisions_decision AS decision ON decision.id = capture.decision_id AND NOT is_sample
LEFT JOIN decisions_capturelogentry AS logged ON logged.sha256 = capture.sha256
    AND logged.reference = decision.reference AND logged.received_at = capture.received_at
WHERE logged.position IS NULL ORDER BY capture.id
"""


def check_log() -> Iterator[str]:
    """Yield a sentence on everything that does not fit together."""
    heads = {head.size: head for head in CaptureLogHead.objects.all()}
    tree = GrowingTree()
    for entry in CaptureLogEntry.objects.order_by("position").iterator():
        if entry.position != tree.size:
            yield f"{entry.reference}: the log has no entry {tree.size}"
            return
        if bytes(entry.leaf) != leaf_of(entry_text(entry)):
            yield f"{entry.reference}: entry {entry.position} of the log was changed"
        tree.add(bytes(entry.leaf))
        if head := heads.pop(tree.size, None):
            yield from _check_head(head, tree.root)
    for size in heads:
        yield f"The log has {tree.size:,} entries, and a head says {size:,}"
    with connection.cursor() as cursor:
        cursor.execute(_NOT_LOGGED)
        for reference, sha256 in cursor.fetchall():
            yield f"{reference}: the received file {sha256} is not in the log as it is stored"


def _check_head(head: CaptureLogHead, root: bytes) -> Iterator[str]:
    if bytes(head.root) != root:
        yield f"The first {head.size:,} entries of the log have another root than was stamped"
    if bytes(head.checksum) != checksum_of(head):
        yield f"The stamp on the first {head.size:,} entries is not as it was received"
    try:
        reply = check_stamp(head)
        if reply.tst_info.gen_time != head.stamped_at:
            yield f"The head of {head.size:,} entries was stamped at another time than is stored"
    except (VerificationError, ValueError) as error:
        yield f"The stamp on the first {head.size:,} entries is not valid: {error}"
