"""Readers who ask for pages without end, and judge each answer."""

import http.client
import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.tools.torture.site import Archive, slug, word

# Most wrong answers that are kept in words.
MAX_KEPT = 20


class Readers:
    """Threads that ask for a decision, for its word, and for the list.

    `counts` has the answers by kind: "right"; "unavailable" (503, which says so); "dropped" (no
    answer, or only a part); "error" (another 5xx); "wrong" (a page that lacks what it must have).
    """

    def __init__(self, archive: Archive, seed: int) -> None:
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._archive = archive
        self._seed = seed
        self._stopped = threading.Event()
        self._lock = threading.Lock()

    @contextmanager
    def reading(self, count: int) -> Iterator[None]:
        """`count` readers read during the block."""
        self._stopped.clear()
        threads = [
            threading.Thread(target=self._read, args=[number], daemon=True)
            for number in range(count)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            for thread in threads:
                thread.join()

    def _read(self, reader: int) -> None:
        chance = random.Random(self._seed * 1_000 + reader)
        while not self._stopped.wait(chance.uniform(0, 0.05)):
            number = chance.choice([*self._archive.searchable])
            path, expected = chance.choice(
                (
                    (f"/decisions/{slug(number)}/", word(number)),
                    (f"/decisions/?q={word(number)}", slug(number)),
                    ("/decisions/", "/decisions/90-"),
                )
            )
            kind = self._ask(path, expected)
            with self._lock:
                self.counts[kind] += 1

    def _ask(self, path: str, expected: str) -> str:
        try:
            status, page = self._archive.get(path)
        except (OSError, http.client.HTTPException):
            return "dropped"
        if status == 200 and expected in page:
            return "right"
        if status == 503:
            return "unavailable"
        if status >= 500:
            return "error"
        if len(self.wrong) < MAX_KEPT:
            self.wrong.append(f"{status} {path}")
        return "wrong"
