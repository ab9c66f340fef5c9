"""Reads a capture again: the document that its file holds, by the current parser."""

from decisions.documents import Document, ParseError
from decisions.models import Capture, Decision
from decisions.parsing import parse


def captured_document(decision: Decision, capture: Capture) -> Document | None:
    """The decision in the captured file; None if the parser cannot read it any more.

    Words of the decision that are redacted are redacted here too.
    """
    try:
        content = bytes(capture.content)
        document = parse(content, capture.name, capture.url or None, capture.charset or None)
    except ParseError:
        return None
    return decision.redactor().document(document) if decision.is_redacted else document
