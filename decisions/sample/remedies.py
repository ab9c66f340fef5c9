"""Chooses what the Council agrees to do when a complaint is upheld."""

from dataclasses import dataclass

from decisions.sample.dates import NUMBERS
from decisions.sample.topics import Topic
from decisions.sample.words import Words

# Amounts in pounds: a month of lost provision, distress, and time and trouble. A value that is
# listed twice is drawn twice as often.
MONTHLY_RATES = (100, 150, 200, 250, 300, 400, 600)
PAYMENTS = (100, 150, 150, 200, 250, 250, 300, 300, 350, 400, 500, 500, 600, 750, 1000, 1500)
TROUBLE = (50, 75, 100, 100, 150, 200, 250)

APOLOGIES = (
    "apologise to {X} for the faults I have found",
    "write to {X} with a full apology",
    "apologise in writing to {X} and explain what it will do differently",
)


@dataclass(frozen=True, slots=True)
class Remedy:
    """The agreed action: `personal` for the complainant, `service` for the Council's service.

    Both are items of lists. `brief` is the summary's version: "apologise and pay £300".
    """

    brief: str
    personal: tuple[str, ...]
    service: tuple[str, ...]


def agree_remedy(topic: Topic, services: tuple[str, ...], words: Words) -> Remedy:
    """An apology, usually payments, and one or two of the changes in `services`."""
    chance = words.chance
    name, him, his = words["X"], words["him"], words["his"]
    personal = [words.choose(APOLOGIES)]
    brief = ["apologise"]
    if chance() < 0.88:
        pounds = PAYMENTS[int(chance() * len(PAYMENTS))]
        cause = ("the distress", "the distress and uncertainty", "the frustration and worry")
        personal.append(
            f"pay {name} £{pounds:,} for {cause[int(chance() * 3)]} its fault caused {him}"
        )
        total = pounds
        if chance() < 0.45:
            pounds = TROUBLE[int(chance() * len(TROUBLE))]
            personal.append(
                f"pay {him} £{pounds} for {his} time and trouble in bringing the complaint"
            )
            total += pounds
        if topic.monthly and chance() < 0.6:
            rate = MONTHLY_RATES[int(chance() * len(MONTHLY_RATES))]
            months = 2 + int(chance() * 9)
            whose = words["Y"] + "’s" if topic.who != "self" else "the"
            personal.append(
                f"pay {name} £{rate} a month for the {NUMBERS[months]} months of lost provision, a "
                f"total of £{rate * months:,}, to be used for {whose} benefit"
                if topic.who != "self"
                else f"pay {him} £{rate} a month for {NUMBERS[months]} months without a service, "
                f"£{rate * months:,} in all"
            )
            total += rate * months
        brief.append(f"pay {him} £{total:,}")
    own = words.draw(topic.action, 1 + int(chance() * 2))
    personal += own
    service = words.draw(services, 1 + int(chance() * 2))
    if len(brief) == 1 or chance() < 0.4:
        brief.append(
            "review how it works" if chance() < 0.5 else "act to prevent it happening again"
        )
    joined = " and ".join(brief) if len(brief) < 3 else f"{brief[0]}, {brief[1]} and {brief[2]}"
    return Remedy(joined, tuple(personal), tuple(service))
