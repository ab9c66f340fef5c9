"""Questions as nobody would ask them, from a vocabulary that the archive knows."""

import datetime
import random
from collections.abc import Iterator, Sequence

from decisions import search
from decisions.search.query_language import NAMED

# Words that no archive has, signs that mean something, and signs that mean nothing.
_STRANGE = [*"\u202ea0§ↈ'_", "zzyzx", "ünïcödé", "Ωmega", "日本語", "1/2", "’s"]
_SIGNS = [*'"“”()-*~:?\t\0', "--", "~5", "OR", "AND", "NOT"]
_NAMES = [*(f"{name}:" for name in (*NAMED, "in", "x")), "in:findings", "in:remedy"]
_SORTS = ["relevance", "newest", "oldest", "payment"]


class Questions:
    """An endless row of them, the same for one seed."""

    def __init__(self, words: Sequence[str], values: dict[str, Sequence[str]], seed: int) -> None:
        """`words` are the archive's, the most frequent first; `values` those of each filter."""
        self.words = words
        self.values = values
        self.chance = random.Random(seed)

    def __iter__(self) -> Iterator[search.SearchQuery]:
        while True:
            yield self.question()

    def question(self) -> search.SearchQuery:
        chance = self.chance
        filters: dict = {"terms": self._terms()}
        if chance.random() < 0.2:
            day = datetime.date(2013, 1, 1) + datetime.timedelta(chance.randrange(4800))
            filters[chance.choice(["date_from", "date_to"])] = day
        if chance.random() < 0.1:
            filters[chance.choice(["payment_min", "payment_max"])] = chance.choice(
                [0, 1, 500, 10**8]
            )
        page = chance.choice([1, 1, 1, 1, 2, 7, 60, 2_000, 10**6])
        return search.SearchQuery(
            self._text(),
            standard=chance.random() < 0.1,
            sort=chance.choice(_SORTS),
            page=page,
            **filters,
        )

    def _terms(self) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(self.chance.choices(values, k=self.chance.choice([1, 1, 2, 5])))
            for name, values in self.values.items()
            if values and self.chance.random() < 0.12
        }

    def _text(self) -> str:
        size = self.chance.choice([0, 1, 1, 2, 2, 3, 4, 6, 12, 60])
        between = self.chance.choice([" ", " ", " ", ""])
        return between.join(self._piece() for _ in range(size))[:1_000]

    def _piece(self) -> str:
        kind = self.chance.random()
        if kind < 0.5:
            return self._word()
        if kind < 0.62:
            return f'"{" ".join(self._word() for _ in range(self.chance.randint(1, 5)))}"' + (
                self.chance.choice(["", "", "~3", "~20", "~999"])
            )
        if kind < 0.7:
            return self._word()[: self.chance.randint(1, 5)] + "*"
        if kind < 0.78:
            return self.chance.choice(_NAMES) + self._word()
        if kind < 0.95:
            return self.chance.choice(_SIGNS)
        return self.chance.choice(_STRANGE)

    def _word(self) -> str:
        """Common words as often as rare ones: by their rank, not by their number."""
        if self.chance.random() < 0.03:
            letters = [chr(self.chance.choice([self.chance.randrange(32, 0x250), 0x1F600]))]
            return "".join(letters * self.chance.randint(1, 9))
        return self.words[int(len(self.words) ** self.chance.random()) - 1]
