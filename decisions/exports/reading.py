"""What every form of one decision says, in reading order: its title, its facts, its terms."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from decisions.documents import Section
from decisions.models import Decision
from decisions.serializers import SAMPLE_NOTICE, licence_note
from decisions.web.presenters.decision_title import DecisionTitle
from decisions.web.presenters.staff_changes import staff_notices
from decisions.web.text_format import day

OMBUDSMAN = "Local Government and Social Care Ombudsman"
NOT_STATED = "not stated"


@dataclass(frozen=True)
class ReadDecision:
    """A decision as it is read from beginning to end; `site` is scheme and host of this site."""

    decision: Decision
    site: str

    @cached_property
    def title(self) -> str:
        """`School transport: Kent County Council (21 019 030)`."""
        return DecisionTitle(self.decision).with_reference

    @property
    def address(self) -> str:
        """Where its page is."""
        return self.site + self.decision.get_absolute_url()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The text."""
        return self.decision.document_sections

    def facts(self) -> Iterator[tuple[str, str]]:
        """What the head of the decision states, each with its name."""
        decision = self.decision
        references = (decision.reference, *decision.other_references)
        yield "Reference", ", ".join(references)
        yield "Complaint about", str(decision.council or NOT_STATED)
        yield "Category", str(decision.category or NOT_STATED)
        yield "Outcome", str(decision.outcome or NOT_STATED)
        yield "Date", day(decision.decided_on) if decision.decided_on else NOT_STATED
        yield "Address", self.address
        if decision.source_url:
            yield "Source", decision.source_url

    @property
    def notices(self) -> list[str]:
        """What must be read before the text: that it is invented, and what staff changed."""
        sample = [SAMPLE_NOTICE] if self.decision.is_sample else []
        return sample + staff_notices(self.decision)

    @property
    def terms(self) -> list[str]:
        """What stands after the text: who wrote it, what may be done with it, what was added."""
        decision = self.decision
        added = "This archive restored the paragraph numbers and altered none of the words."
        if decision.is_redacted:
            added = added.replace("none of the", "no other")
        if decision.is_sample:  # `notices` says so
            return [added]
        return [f"{OMBUDSMAN}, {decision.reference}.", licence_note(decision), added]


def table_rows(text: str) -> list[list[str]]:
    """The cells of a text that is a table (`parsing.tables`); empty for any other text."""
    return [line.split("\t") for line in text.split("\n")] if "\t" in text else []
