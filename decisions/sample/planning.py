"""Plans the case of each decision, from only the seed and the decision's number."""

import datetime
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from decisions.sample.bodies import Body, pick_body
from decisions.sample.dates import pick_date
from decisions.sample.numbering import reference, reference_numbers
from decisions.sample.reasons import BY_CODE, Reason, pick_reasons
from decisions.sample.topics import TOPIC_WEIGHTS, TOPICS, Topic

# Upper bounds of a draw between 0 and 1 for upheld and for not upheld; above both it is closed.
UPHELD = 0.34
NOT_UPHELD = 0.52
# Share of "Report issued: …" in investigated decisions before the year REPORT_ISSUED_UNTIL.
REPORT_ISSUED = 0.06
REPORT_ISSUED_UNTIL = 2019
# Share of upheld decisions closed because the body had already put things right.
ALREADY_REMEDIED = 0.08
# Share of decisions that are not upheld where the investigation was discontinued.
DISCONTINUED = 0.07

LAYOUTS = (
    # (share, layout); writer.py describes the layouts
    (0.66, "full"),
    (0.10, "flush"),
    (0.16, "compact"),
    (0.08, "html"),
)
# Share of investigated decisions in the layout "report".
REPORT_SHARE = 0.03
# Share of upheld decisions in the layout "record".
RECORD_SHARE = 0.06
# Share of health cases that two Ombudsmen decide together (a letter follows the reference).
JOINT_SHARE = 0.3
# Shares of text files whose header gives no date, and no outcome.
NO_DATE = 0.006
NO_OUTCOME = 0.006

REPORT_ISSUED_WORDING = {
    "upheld": "Report issued: Upheld; maladministration and injustice",
    "not upheld": "Report issued: Not upheld; no maladministration",
}


@dataclass(frozen=True, slots=True)
class Case:
    """The subject and outcome of one decision; `drafting.draft` turns it into a document.

    `verdict` selects the text: upheld, not upheld, closed, remedied or discontinued. `outcome` is
    the outcome in the header, None where the header leaves it out; `dated` says whether the header
    gives the date. `chance` gives the decision's own random numbers between 0 and 1; planning has
    already drawn some of them.
    """

    reference: str
    topic: Topic
    body: Body
    verdict: str
    outcome: str | None
    reasons: tuple[Reason, ...]
    decided: datetime.date
    dated: bool
    layout: str
    joint: bool
    chance: Callable[[], float]


def plan(seed: int, number: int) -> Case:
    """The case of decision `number` (from 0) of a seed.

    Raises ValueError for an unknown seed, IndexError beyond the seed's last decision.
    """
    # A text seed is hashed by SHA-512: the same on every machine, whatever PYTHONHASHSEED says.
    chance = Random(f"{seed}:{number}").random  # noqa: S311 - nothing here is secret
    topic = TOPICS[bisect(TOPIC_WEIGHTS, chance() * TOPIC_WEIGHTS[-1])]
    decided = pick_date(chance)
    verdict, outcome = _verdict(decided, chance)
    reasons: tuple[Reason, ...] = ()
    if verdict == "remedied":
        reasons = (BY_CODE["already-remedied"],)
    elif verdict in ("closed", "discontinued"):
        reasons = pick_reasons(topic, chance)
    joint = topic.category == "Health" and chance() < JOINT_SHARE
    suffix = "ab"[int(chance() * 2)] if joint else ""
    layout = _layout(verdict, joint, chance)
    complete = layout in ("full", "compact", "flush")
    return Case(
        reference(reference_numbers(seed)[number]) + suffix,
        topic,
        pick_body(topic.tier, chance),
        verdict,
        None if complete and chance() < NO_OUTCOME else outcome,
        reasons,
        decided,
        not (complete and chance() < NO_DATE),
        layout,
        joint,
        chance,
    )


def _verdict(decided: datetime.date, chance: Callable[[], float]) -> tuple[str, str]:
    draw, inner = chance(), chance()
    if draw >= NOT_UPHELD:
        return "closed", "Closed after initial enquiries"
    verdict, outcome = ("upheld", "Upheld") if draw < UPHELD else ("not upheld", "Not upheld")
    if decided.year < REPORT_ISSUED_UNTIL and inner > 1 - REPORT_ISSUED:
        return verdict, REPORT_ISSUED_WORDING[verdict]
    if verdict == "upheld" and inner < ALREADY_REMEDIED:
        return "remedied", outcome
    if verdict == "not upheld" and inner < DISCONTINUED:
        return "discontinued", outcome
    return verdict, outcome


def _layout(verdict: str, joint: bool, chance: Callable[[], float]) -> str:
    draw = chance()
    if not joint and verdict in ("upheld", "not upheld"):
        if verdict == "upheld" and draw < RECORD_SHARE:
            return "record"
        if draw > 1 - REPORT_SHARE:
            return "report"
    draw = chance()
    for share, layout in LAYOUTS:
        draw -= share
        if draw < 0:
            return layout
    return LAYOUTS[0][1]
