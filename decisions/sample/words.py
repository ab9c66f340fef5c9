"""Fills the slots of sentences: `"{When} {X} wrote to the Council.".format_map(words)`.

A slot is filled with the first of these that exists:

1. a fact of the case, which `drafting` sets;
2. a value that is new at every use: a date, a sum, a number (FRESH);
3. a word from the topic's pools, else from the lexicon. It is chosen once for the whole decision:
   the street of the first paragraph is the street of the last.

`{street2}` is a second street, `{any_street}` a new one at every use, `{a_tool}` a tool with its
article, `{Tool}` a tool at the beginning of a sentence.
"""

from collections.abc import Callable, Mapping

from decisions.sample.bodies import PLACES
from decisions.sample.data import read_blocks
from decisions.sample.dates import NUMBERS, Clock

LEXICON: dict[str, tuple[str, ...]] = dict(read_blocks("lexicon")[0].lists)
LEXICON["place"] = PLACES
NAMES = frozenset(("place", "street_name", "street", "street_end"))


class Words(dict[str, str]):
    """The words for the slots of one decision. `chance` gives its random numbers from 0 to 1."""

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
        # The draw is squared, so that words at the end of a pool are rare, as in real text. Names
        # are equally likely.
        draw_value = self.chance()
        index = int((draw_value if base in NAMES else draw_value * draw_value) * len(pool))
        if pool[index] == self.get(base):
            index = (index + 1) % len(pool)
        return self.fill(pool[index])

    def fill(self, template: str) -> str:
        """The sentence with its slots filled."""
        return template.format_map(self) if "{" in template else template

    def draw(self, options: tuple[str, ...], count: int) -> list[str]:
        """At most `count` different options at random, filled, in their own order."""
        left, taken = len(options), []
        for option in options:
            if self.chance() * left < count:
                taken.append(self.fill(option))
                count -= 1
            left -= 1
        return taken

    def choose(self, options: tuple[str, ...]) -> str:
        """One option at random, filled."""
        return self.fill(options[int(self.chance() * len(options))])


def _article(noun: str) -> str:
    """`an` or `a`, by the sound of the pools' words: `an uncle`, `a unit`."""
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
