"""Why an invented complaint is closed: the codes of the closure-reason rules, with wordings.

The Summary and the Final decision state the reason; the powers section only quotes the rule.
"""

from collections.abc import Callable
from dataclasses import dataclass

from decisions.sample.data import read_blocks
from decisions.sample.topics import Topic


@dataclass(frozen=True, slots=True)
class Reason:
    """`powers` are keys of law.py; `topics` limits the reason to some subjects when not empty."""

    code: str
    weight: float
    verb: str
    topics: tuple[str, ...]
    powers: tuple[str, ...]
    summary: tuple[str, ...]
    assessment: tuple[str, ...]
    clause: tuple[str, ...]

    def suits(self, topic: Topic) -> bool:
        return not self.topics or f"{topic.category} > {topic.subcategory}" in self.topics


def _load() -> tuple[Reason, ...]:
    return tuple(
        Reason(
            block.title,
            float(block.settings[0]),
            block.lists.get("verb", ("will not",))[0],
            block.lists.get("topics", ()),
            tuple(key for line in block.lists["powers"] for key in line.split()),
            block.lists["summary"],
            block.lists["assessment"],
            block.lists["clause"],
        )
        for block in read_blocks("reasons")
    )


REASONS = _load()
BY_CODE = {reason.code: reason for reason in REASONS}

SECOND_SHARE = 0.3  # how often a complaint is closed for two reasons
# Reasons that explain only part of a decision go well beside another; the rest stand alone.
COMPANIONS = (
    "better-placed-body",
    "nothing-to-add",
    "no-worthwhile-outcome",
    "insufficient-injustice",
    "complaint-handling-only",
)


def pick_reasons(topic: Topic, chance: Callable[[], float]) -> tuple[Reason, ...]:
    """One or two reasons that suit the topic, the main one first."""
    main = _pick([reason for reason in REASONS if reason.suits(topic)], chance)
    if chance() >= SECOND_SHARE:
        return (main,)
    return main, _pick([BY_CODE[code] for code in COMPANIONS if code != main.code], chance)


def _pick(reasons: list[Reason], chance: Callable[[], float]) -> Reason:
    left = chance() * sum(reason.weight for reason in reasons)
    for reason in reasons:
        left -= reason.weight
        if left < 0:
            return reason
    return reasons[-1]
