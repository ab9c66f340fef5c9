"""The people in a decision: the complainant, and perhaps another person the complaint is about."""

from collections.abc import Callable

LETTERS = "XXXXXBBBCCCDDEEFFGHJKLMNPRSTVWZ"
WOMEN = ("Mrs", "Ms", "Miss", "Ms", "Mrs")
PARENTS = (
    # relation, whether a woman
    ("mother", True), ("father", False), ("mother", True), ("husband", False), ("wife", True),
    ("grandmother", True), ("aunt", True), ("uncle", False), ("brother", False), ("sister", True),
    ("partner", False), ("mother-in-law", True), ("late mother", True), ("late father", False),
)  # fmt: skip


def people(who: str, chance: Callable[[], float]) -> dict[str, str]:
    """Names, pronouns and relation of random people, by the slots that they fill.

    `who` is a topic's: "self", "parent" or "child". `{X}` is the complainant with `{he} {him}
    {his}`, `{Y}` the other person with `{heY} {himY} {hisY}`, and `{rel}` what Y is to X. A "self"
    complaint has no Y.
    """
    woman = chance() < 0.55
    letter = LETTERS[int(chance() * len(LETTERS))]
    doctor = chance() < 0.02
    title = "Dr" if doctor else WOMEN[int(chance() * len(WOMEN))] if woman else "Mr"
    facts = {"X": f"{title} {letter}", **_pronouns(woman, "")}
    if who == "self":
        return facts
    other = "Y" if chance() < 0.6 or letter == "Z" else "Z"
    if who == "child":
        girl = chance() < 0.4
        facts |= {"Y": other, "rel": "daughter" if girl else "son", **_pronouns(girl, "Y")}
    else:
        relation, female = PARENTS[int(chance() * len(PARENTS))]
        title = "Mrs" if female and chance() < 0.8 else "Ms" if female else "Mr"
        facts |= {"Y": f"{title} {other}", "rel": relation, **_pronouns(female, "Y")}
    return facts


def _pronouns(woman: bool, suffix: str) -> dict[str, str]:
    he, him, his = ("she", "her", "her") if woman else ("he", "him", "his")
    return {
        f"he{suffix}": he,
        f"him{suffix}": him,
        f"his{suffix}": his,
        f"He{suffix}": he.capitalize(),
        f"His{suffix}": his.capitalize(),
    }
