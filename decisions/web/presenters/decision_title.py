"""The title of a decision: what it is about, and whom."""

from decisions.models import Decision
from decisions.web.text_format import day

# Subcategories with this name, in lower case, say nothing without their main category.
_CATCH_ALL = "other"


class DecisionTitle:
    """The title of one decision; reads its council and its category with the parent."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision

    @property
    def subject(self) -> str:
        """The category's own name, `School transport`; for “Other”, its main category's name."""
        category = self.decision.category
        if category is None:
            return "Subject not stated"
        if category.parent and category.name.casefold() == _CATCH_ALL:
            return category.parent.name
        return category.name

    @property
    def text(self) -> str:
        """`School transport: Kent County Council`."""
        return f"{self.subject}: {self.decision.council or 'Council not stated'}"

    @property
    def facts(self) -> str:
        """`Upheld, 20 April 2021, Education › School transport`, without what is not stated."""
        decision = self.decision
        decided = decision.decided_on and day(decision.decided_on)
        facts = (decision.outcome or "Outcome not stated", decided, decision.category)
        return ", ".join(str(fact) for fact in facts if fact)

    @property
    def with_reference(self) -> str:
        """`School transport: Kent County Council (21 019 030)`; no other decision has it."""
        return f"{self.text} ({self.decision.reference})"
