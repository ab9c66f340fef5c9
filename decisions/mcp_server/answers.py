"""What all answers share: addresses, errors, and the licence note."""

from typing import Any

from django.conf import settings
from mcp.server.mcpserver.exceptions import ToolError

from decisions.models import Decision, Erasure
from decisions.references import reference_asked_for
from decisions.serializers import LICENCE

Json = dict[str, Any]


def base_url() -> str:
    """Scheme and host of the site, or "" where SITE_URL is not set: addresses are then paths."""
    return str(settings.SITE_URL)


def with_licence(answer: Json) -> Json:
    """The answer with what may be done with the text."""
    return {**answer, "licence": LICENCE}


def published_decision(reference: str) -> Decision:
    """The decision with this reference or address. Raises ToolError, which says what is wrong."""
    canonical = reference_asked_for(reference)
    if canonical is None:
        raise ToolError(
            f"“{reference[:60]}” is not a reference. A reference looks like 21 019 030."
        )
    decision = Decision.objects.find(canonical)
    if decision is None:
        if erasure := Erasure.objects.of([canonical]).get(canonical):
            raise ToolError(erasure.in_words)
        near = Decision.objects.published().near_reference(canonical)
        offered = f" It has {', '.join(other.reference for other in near)}." if near else ""
        raise ToolError(f"This archive does not have decision {canonical}.{offered}")
    if decision.withdrawn_at:
        raise ToolError(
            f"Decision {decision.reference} was withdrawn from this archive on"
            f" {decision.withdrawn_at.date().isoformat()}. Its text cannot be read."
        )
    return decision
