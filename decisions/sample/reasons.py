"""The closure reasons of invented complaints, with wordings; analysis/closure.py finds the codes.

The summary and the final decision state the reason; the powers section only quotes the law.
"""

from collections.abc import Callable
from dataclasses import dataclass

from decisions.sample.data import read_blocks
from decisions.sample.topics import Topic


@dataclass(frozen=True, slots=True)
class Reason:
    """A closure reason and its sentences.

    `powers` are keys of `law.PARAGRAPHS`. `topics`, unless empty, are the only subjects that have
    this reason, each as "category > subcategory".
    """

    code: str
    weight: float
    verb: str
    topics: tuple[str, ...]
    powers: tuple[str, ...]
    summary: tuple[str, ...]
    assessment: tuple[str, ...]
    clause: tuple[str, ...]

    def suits(self, topic: Topic) -> bool:
        """Whether a complaint about this subject can be closed for this reason."""
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

# Share of closed complaints that have a second reason.
SECOND_SHARE = 0.3
# Reasons that can be the second reason.
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
