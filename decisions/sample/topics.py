"""The subjects of complaints: one Topic for each subcategory of the real archive."""

from dataclasses import dataclass
from itertools import accumulate

from decisions.sample.data import SENTENCES, read_blocks

FILES = (
    "adult_care",
    "childrens_care",
    "education",
    "housing",
    "planning",
    "tax",
    "environment",
    "transport",
    "health",
    "other",
)

PARTS = ("issue", "about", "law", "event", "fault", "nofault", "harm", "action")


@dataclass(frozen=True, slots=True)
class Topic:
    """The sentences of one subcategory.

    `who` is the person whom the complaint concerns: "self", "parent" (or another adult) or
    "child". `weight` is how often it is complained about, `tier` a key of `bodies.TIERS`.
    `issue` says what the Council did (the words after "the Council"), `about` names the
    subject, `event` tells the story in order, `fault` and `nofault` are findings, `harm` is the
    injustice, and `action` is what the Council should do besides paying. `pools` are the words
    for slots that only this topic has.
    """

    category: str
    subcategory: str
    weight: float
    tier: str
    who: str
    monthly: bool  # whether lost provision is paid for by the month
    pools: dict[str, tuple[str, ...]]
    issue: tuple[str, ...]
    about: tuple[str, ...]
    law: tuple[str, ...]
    event: tuple[str, ...]
    fault: tuple[str, ...]
    nofault: tuple[str, ...]
    harm: tuple[str, ...]
    action: tuple[str, ...]


def _load() -> tuple[Topic, ...]:
    topics = []
    for name in FILES:
        for block in read_blocks(name):
            category, subcategory = (part.strip() for part in block.title.split(">"))
            weight, tier, who, *flags = block.settings
            lists = block.lists
            pools = {key: words for key, words in lists.items() if key not in SENTENCES}
            topics.append(
                Topic(
                    category,
                    subcategory,
                    float(weight),
                    tier,
                    who,
                    "monthly" in flags,
                    pools,
                    *(lists[key] for key in PARTS),
                )
            )
    return tuple(topics)


TOPICS = _load()
TOPIC_WEIGHTS = list(accumulate(topic.weight for topic in TOPICS))
