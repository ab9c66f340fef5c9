"""What staff do to decisions and councils: each act in one transaction with its audit entry.

In: the rows, the user, a reason (`models.Reason`) and a note.
Out: changed rows, from which index, pages, feeds and dumps follow by their change numbers.
The room may touch PostgreSQL and, through search, the index; who may do what is for the admin.
"""

from decisions.stewardship.correcting import CorrectionError, correct, remove_corrections
from decisions.stewardship.erasing import (
    ErasureError,
    cancel_erasure,
    confirm_erasure,
    request_erasure,
)
from decisions.stewardship.redacting import RedactionError, redact, remove_redaction
from decisions.stewardship.withdrawing import restore, withdraw

__all__ = [
    "CorrectionError",
    "ErasureError",
    "RedactionError",
    "cancel_erasure",
    "confirm_erasure",
    "correct",
    "redact",
    "remove_corrections",
    "remove_redaction",
    "request_erasure",
    "restore",
    "withdraw",
]
