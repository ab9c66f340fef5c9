"""The log of received files: proves that a file was here at a time, and has not changed since.

In: the entries that PostgreSQL adds for captures, and a time-stamping authority. Out: stamped
heads, the proof of one capture as files, and what does not fit together. May touch: PostgreSQL, and
the authority that the settings name.
"""

from decisions.capture_log.checking import check_log
from decisions.capture_log.proofs import Proof, proof_files, proof_of
from decisions.capture_log.stamping import StampError, stamp

__all__ = ["Proof", "StampError", "check_log", "proof_files", "proof_of", "stamp"]
