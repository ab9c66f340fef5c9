"""Tells the kind of a body from its name alone.

    "Kent County Council"                        → council
    "NHS Greyfell Clinical Commissioning Group"  → nhs
    "Harebell Care Homes Ltd"                    → care-provider

Rules are tried in order; the first that matches decides. If none matches, the kind is None.
"""

import re

from decisions.analysis import lazy_regex

# Parish and town councils come first: they are councils by name but outside the Act (section 25).
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, lazy_regex.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("parish", r"\b(parish|town|community) council\b"),
        (
            "nhs",
            r"\bNHS\b|\bclinical commissioning\b|\bintegrated care board\b|\bhealthcare trust\b",
        ),
        ("park", r"\bnational park\b|\bbroads authority\b"),
        ("fire", r"\bfire\b.*\b(authority|service)\b"),
        ("transport", r"\btransport for\b|\b(passenger )?transport (authority|executive)\b"),
        ("council", r"\bcouncil\b|\blondon borough\b|\bcity of london\b|\bcombined authority\b"),
        ("care-provider", r"\b(ltd|limited|llp|plc|cic)\b|\bcare (home|group|services)\b"),
    )
)


def kind_of_body(name: str) -> str | None:
    """The kind of the body with this name; None if no rule matches."""
    for kind, pattern in _RULES:
        if pattern.search(name):
            return kind
    return None
