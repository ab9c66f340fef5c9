"""The invented bodies, and how often each is complained about.

No name is that of a real English authority; tests/sample/test_sample.py compares with a list.
"""

from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from decisions.sample.data import read_blocks

# The name of a place is a head and a tail. Pairs are taken with a fixed stride, not at random, so
# that every seed has the same bodies in the same order. Names of real places, and names that could
# be mistaken for one, are left out.
_PARTS = read_blocks("places")[0].lists
HEADS, TAILS, REAL = _PARTS["heads"], _PARTS["tails"], frozenset(_PARTS["real"])


@dataclass(frozen=True, slots=True)
class Body:
    """A body in the Ombudsman's jurisdiction; `short` is its name in the text: "the Trust"."""

    name: str
    kind: str
    short: str


def _places() -> list[str]:
    count = len(HEADS) * len(TAILS)
    names = []
    for step in range(count):
        position = step * 379 % count  # 379 is prime: every pair comes once
        name = HEADS[position // len(TAILS)] + TAILS[position % len(TAILS)]
        repeats = name[len(HEADS[position // len(TAILS)]) - 1] == TAILS[position % len(TAILS)][0]
        if name not in REAL and not repeats:
            names.append(name)
    return names


# (kind, how many, name, short). TIERS says which kinds a subject concerns.
KINDS = (
    ("county", 24, "{} County Council", "the Council"),
    ("london", 26, "London Borough of {}", "the Council"),
    ("metropolitan", 34, "{} Metropolitan Borough Council", "the Council"),
    ("unitary", 40, "{} Council", "the Council"),
    ("city", 16, "{} City Council", "the Council"),
    ("borough", 62, "{} Borough Council", "the Council"),
    ("district", 66, "{} District Council", "the Council"),
    ("trust", 14, "{} NHS Foundation Trust", "the Trust"),
    ("icb", 10, "NHS {} Integrated Care Board", "the ICB"),
    ("care", 26, "{} Care Ltd", "the Care Provider"),
    ("park", 1, "{} National Park Authority", "the Authority"),
    ("fire", 2, "{} Fire and Rescue Authority", "the Authority"),
    ("transport", 1, "{} Integrated Transport Authority", "the Authority"),
    ("parish", 2, "{} Parish Council", "the Parish Council"),
)

# Names in forms that are hard to parse; the real archive has each form.
TRICKY = (
    Body("NHS Greyfell Clinical Commissioning Group (Enderholt)", "icb", "the CCG"),
    Body("Basset & Wyke District Council", "district", "the Council"),
    Body("St. Orrin’s Borough Council", "borough", "the Council"),
    Body("Royal Borough of Queen’s Mere", "london", "the Council"),
    Body("Brightholme Homecare Ltd AKA Brightholme at Home", "care", "the Care Provider"),
    Body("Sorrel & Vale Partnership NHS Trust", "trust", "the Trust"),
    Body("Marrick-with-Thornhowe Council", "unitary", "the Council"),
    Body("Stour Quay (Incorporating Fernlea) Care Homes Ltd", "care", "the Care Provider"),
    Body("Isles of Carrow Council", "unitary", "the Council"),
    Body("East Pellow District Council", "district", "the Council"),
    Body("West Pellow District Council", "district", "the Council"),
    Body("Upper Wensbeck Borough Council", "borough", "the Council"),
    Body("Hallam Rise Residential Homes Limited", "care", "the Care Provider"),
    Body("City of Averham", "city", "the Council"),
    Body("Tarrow and Lune Valley Council", "unitary", "the Council"),
    Body("Vernham upon Ouze City Council", "city", "the Council"),
)


def _bodies() -> tuple[Body, ...]:
    places = iter(_places())
    queues = [
        [Body(pattern.format(next(places)), kind, short) for _ in range(number)]
        for kind, number, pattern, short in KINDS
    ]
    bodies = [(0.5 + rank, body) for rank, body in enumerate(TRICKY, 3)]
    for queue in queues:
        # Each kind is spread over the whole ranking, so that it has large and small bodies.
        spread = 340 / len(queue)
        bodies += [(spread * (place + 0.3), body) for place, body in enumerate(queue)]
    return tuple(body for _, body in sorted(bodies, key=lambda pair: (pair[0], pair[1].name)))


BODIES = _bodies()
# Names for streets, schools and homes: the places after which no body is named.
PLACES = tuple(_places()[340:])

TIERS = {
    "upper": ("county", "london", "metropolitan", "unitary", "city"),
    "lower": ("london", "metropolitan", "unitary", "city", "borough", "district"),
    "care": ("county", "london", "metropolitan", "unitary", "city", "care"),
    "health": ("icb", "trust", "county", "london", "metropolitan"),
    "planning": ("london", "metropolitan", "unitary", "city", "borough", "district", "park"),
    "any": ("county", "london", "metropolitan", "unitary", "city", "borough", "district", "fire"),
    "highway": ("county", "london", "metropolitan", "unitary", "city", "transport"),
    "parish": ("borough", "district", "unitary", "parish"),
    "nhs": ("icb", "trust"),
}


@cache
def _ranking(tier: str) -> tuple[tuple[Body, ...], list[float]]:
    chosen = [(rank, body) for rank, body in enumerate(BODIES) if body.kind in TIERS[tier]]
    weights = accumulate(1 / (rank + 4) for rank, _ in chosen)  # Zipf's law with a flatter head
    return tuple(body for _, body in chosen), list(weights)


def pick_body(tier: str, chance: Callable[[], float]) -> Body:
    """A random body of one of the tier's kinds; those high in the ranking are the most frequent."""
    bodies, weights = _ranking(tier)
    return bodies[bisect(weights, chance() * weights[-1])]
