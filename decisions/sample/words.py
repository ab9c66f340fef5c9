"""Fills the slots of a sentence: `"{When} {X} wrote to the Council.".format_map(words)`.

A slot stands for, in this order: a fact of the case (put in by the drafter), a value made new at
every use (a date, a sum, a number), or a word picked once and kept for the whole decision (from
the topic's pools, else the lexicon): the street of the first paragraph is the street of the last.

`{street2}` is another street, `{any_street}` a new one at every use; `{a_tool}` sets the article;
`{Tool}` begins a sentence.
"""

from collections.abc import Callable, Mapping

from decisions.sample.bodies import PLACES
from decisions.sample.data import read_blocks
from decisions.sample.dates import NUMBERS, Clock

LEXICON: dict[str, tuple[str, ...]] = dict(read_blocks("lexicon")[0].lists)
LEXICON["place"] = PLACES
NAMES = frozenset(("place", "street_name", "street", "street_end"))


class Words(dict[str, str]):
    """The facts and words of one decision. `chance` is the decision's own random()."""

    def __init__(
        self,
        facts: Mapping[str, str],
        pools: Mapping[str, tuple[str, ...]],
        clock: Clock,
        chance: Callable[[], float],
    ) -> None:
        super().__init__(facts)
        self.pools = pools
        self.clock = clock
        self.chance = chance

    def __missing__(self, slot: str) -> str:
        fresh = FRESH.get(slot)
        if fresh:
            return fresh(self)
        if slot.startswith("any_"):
            return self._pick(slot[4:])
        if slot.startswith("a_"):
            noun = self[slot[2:]]
            return f"{_article(noun)} {noun}"
        if slot[0].isupper():
            word = self[slot[0].lower() + slot[1:]]
            return word[0].upper() + word[1:]
        value = self._pick(slot)
        self[slot] = value
        return value

    def _pick(self, slot: str) -> str:
        base = slot.rstrip("23")
        pool = self.pools.get(base) or LEXICON[base]
        # Squared, so that the end of a pool is rare: words thin out into a long tail.
        # Names are drawn evenly: there is always another street.
        dice = self.chance()
        index = int((dice if base in NAMES else dice * dice) * len(pool))
        if pool[index] == self.get(base):
            index = (index + 1) % len(pool)
        return self.fill(pool[index])

    def fill(self, template: str) -> str:
        return template.format_map(self) if "{" in template else template

    def draw(self, options: tuple[str, ...], count: int) -> list[str]:
        """`count` different options (or all there are), filled, in the order they stand."""
        left, taken = len(options), []
        for option in options:
            if self.chance() * left < count:
                taken.append(self.fill(option))
                count -= 1
            left -= 1
        return taken

    def choose(self, options: tuple[str, ...]) -> str:
        return self.fill(options[int(self.chance() * len(options))])


def _article(noun: str) -> str:
    """`an uncle`, `a unit`: by the sound, for the words the pools hold."""
    sounded_as_consonant = noun.lower().startswith(("uni", "use", "eu", "one"))
    return "an" if noun[0] in "aeiouAEIOU" and not sounded_as_consonant else "a"


def _pounds(low: float, high: float) -> Callable[[Words], str]:
    def amount(words: Words) -> str:
        pounds = low + (high - low) * words.chance() ** 2
        return f"£{pounds:,.2f}" if words.chance() < 0.35 else f"£{round(pounds, -1):,.0f}"

    return amount


def _count(low: int, high: int, unit: str = "") -> Callable[[Words], str]:
    def count(words: Words) -> str:
        number = low + int(words.chance() * (high - low + 1))
        name = NUMBERS[number] if number < 10 else str(number)
        return name + unit

    return count


def _clock_time(words: Words) -> str:
    half = "am" if words.chance() < 0.5 else "pm"
    return f"{int(words.chance() * 9) + 1}.{int(words.chance() * 12) * 5:02}{half}"


def _file_number(words: Words) -> str:
    letters = "ABCDEFGHKLMNPRSTVW"
    first, second = (letters[int(words.chance() * len(letters))] for _ in "ab")
    return f"{first}{second}/{int(words.chance() * 90000) + 10000}"


def _house(words: Words) -> str:
    return str(int(words.chance() ** 2 * 240) + 1)


FRESH: dict[str, Callable[[Words], str]] = {
    "When": lambda words: words.clock.opening(),
    "when": lambda words: words.clock.inside(),
    "sum": _pounds(30, 900),
    "bigsum": _pounds(1000, 24000),
    "smallsum": _pounds(12, 140),
    "payment": lambda words: f"£{25 * (2 + int(words.chance() ** 2 * 26))}",
    "n": _count(2, 9),
    "N": lambda words: _count(2, 9)(words).capitalize(),
    "days": _count(6, 45, " working days"),
    "weeks": _count(3, 16, " weeks"),
    "months": _count(2, 9, " months"),
    "years": _count(2, 9, " years"),
    "hours": _count(2, 28, " hours"),
    "minutes": _count(5, 45, " minutes"),
    "metres": _count(2, 60, " metres"),
    "miles": _count(2, 19, " miles"),
    "percent": _count(10, 75, "%"),
    "time": _clock_time,
    "file": _file_number,
    "house": _house,
}
