"""Reads a capture again: the document that its file holds, by the current parser."""

from decisions.documents import Document, ParseError
from decisions.models import Capture
from decisions.parsing import parse


def captured_document(capture: Capture) -> Document | None:
    """The decision in the captured file; None if the parser cannot read it any more."""
    try:
        content = bytes(capture.content)
        return parse(content, capture.name, capture.url or None, capture.charset or None)
    except ParseError:
        return None
