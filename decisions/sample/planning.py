"""Decides, for each decision, what kind of case it is. Everything follows from (seed, number)."""

import datetime
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from decisions.sample.bodies import Body, pick_body
from decisions.sample.dates import pick_date
from decisions.sample.reasons import BY_CODE, Reason, pick_reasons
from decisions.sample.topics import TOPIC_WEIGHTS, TOPICS, Topic

FIRST_REFERENCE = 90_000_001  # real references begin with the year of the complaint, from 07

# Shares of all decisions, each the upper bound of its band in a draw between 0 and 1.
UPHELD = 0.34
NOT_UPHELD = 0.52
REPORT_ISSUED = 0.06  # of the upheld and not upheld before REPORT_ISSUED_UNTIL
REPORT_ISSUED_UNTIL = 2019
ALREADY_REMEDIED = 0.08  # of the upheld: "will not investigate", since it is put right
DISCONTINUED = 0.07  # of the not upheld

LAYOUTS = (
    # share, layout: see writer.py
    (0.66, "full"),
    (0.10, "flush"),
    (0.16, "compact"),
    (0.08, "html"),
)
REPORT_SHARE = 0.03  # of the upheld and not upheld: a report, its numbers running through
RECORD_SHARE = 0.06  # of the upheld: a report summary as a JSON record
JOINT_SHARE = 0.3  # of health cases: both Ombudsmen, a letter after the reference
NO_DATE = 0.006
NO_OUTCOME = 0.006

REPORT_ISSUED_WORDING = {
    "upheld": "Report issued: Upheld; maladministration and injustice",
    "not upheld": "Report issued: Not upheld; no maladministration",
}


@dataclass(frozen=True, slots=True)
class Case:
    """`verdict` steers the text: upheld, not upheld, closed, remedied or discontinued.

    `outcome` is what the header says, None where it is left out; `dated` whether it gives a date.
    `chance` is the decision's own source of random numbers, already advanced by the planning.
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
    """The case of decision `number` (from 0) in the archive of `seed`."""
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
    reference = f"{FIRST_REFERENCE + number:08}"
    reference = f"{reference[:2]} {reference[2:5]} {reference[5:]}"
    if joint:
        reference += "ab"[int(chance() * 2)]
    layout = _layout(verdict, joint, chance)
    complete = layout in ("full", "compact", "flush")
    return Case(
        reference,
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
    dice, inner = chance(), chance()
    if dice >= NOT_UPHELD:
        return "closed", "Closed after initial enquiries"
    verdict, outcome = ("upheld", "Upheld") if dice < UPHELD else ("not upheld", "Not upheld")
    if decided.year < REPORT_ISSUED_UNTIL and inner > 1 - REPORT_ISSUED:
        return verdict, REPORT_ISSUED_WORDING[verdict]
    if verdict == "upheld" and inner < ALREADY_REMEDIED:
        return "remedied", outcome
    if verdict == "not upheld" and inner < DISCONTINUED:
        return "discontinued", outcome
    return verdict, outcome


def _layout(verdict: str, joint: bool, chance: Callable[[], float]) -> str:
    dice = chance()
    if not joint and verdict in ("upheld", "not upheld"):
        if verdict == "upheld" and dice < RECORD_SHARE:
            return "record"
        if dice > 1 - REPORT_SHARE:
            return "report"
    dice = chance()
    for share, layout in LAYOUTS:
        dice -= share
        if dice < 0:
            return layout
    return LAYOUTS[0][1]
