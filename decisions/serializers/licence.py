"""What may be done with the text of a decision, in the words that go with every copy."""

from decisions.models import Decision

LICENCE = (
    "© Commission for Local Administration in England. If you use this text again, acknowledge"
    " the source and the copyright, reproduce it accurately and unamended, and do not use it in a"
    " misleading way or for advertising."
)
SAMPLE_NOTICE = "Invented sample. Made by this archive, not by the Ombudsman."


def licence_note(decision: Decision) -> str:
    """The terms for this decision; an invented one says that it is."""
    return SAMPLE_NOTICE if decision.is_sample else LICENCE
