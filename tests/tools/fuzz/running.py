"""One format's run, in a process of its own. Nothing of `decisions` is imported before it begins:
atheris sees only what is imported under its eyes.
"""

import hashlib
import json
import os
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

KEPT = Path(".fuzz")
MOST_KINDS = 40
# Of the processor's time, for one input, guided or not; with that of the process of a PDF.
MAX_SECONDS = 2.0


class Run:
    """One format, in a process of its own: counts what happens, and keeps what fails."""

    def __init__(self, format: str, runs: int, seed: int, deadline: float) -> None:
        from tests.tools.fuzz.target import check

        self.format, self.runs, self.seed, self.deadline = format, runs, seed, deadline
        self.check = check
        self.count = 0
        self.slowest = 0.0
        self.outcomes: Counter[str] = Counter()
        self.failures: dict[str, str] = {}

    def one(self, data: bytes) -> None:
        started = sum(os.times()[:4])
        try:
            self.outcomes += self.check(data, self.format)
        except Exception as error:
            self._keep(data, error)
        seconds = sum(os.times()[:4]) - started
        self.slowest = max(self.slowest, seconds)
        if seconds > MAX_SECONDS:
            self._keep(data, TimeoutError(f"longer than {MAX_SECONDS:g} seconds"))
        self.count += 1
        if self.is_over:
            self.tell()

    @property
    def is_over(self) -> bool:
        return self.count >= self.runs or time.monotonic() > self.deadline

    def _keep(self, data: bytes, error: Exception) -> None:
        places = traceback.extract_tb(error.__traceback__)[-1:]
        place = "".join(f" in {Path(frame.filename).name}:{frame.lineno}" for frame in places)
        kind = f"{type(error).__name__}{place}: {error}"[:150]
        self.outcomes["FAILED"] += 1
        if kind not in self.failures and len(self.failures) < MOST_KINDS:
            path = KEPT / f"{self.format}-{hashlib.sha256(data).hexdigest()[:12]}"
            path.write_bytes(data)
            self.failures[kind] = str(path)

    def tell(self) -> None:
        result = {
            "count": self.count,
            "slowest": self.slowest,
            "outcomes": self.outcomes,
            "failures": self.failures,
        }
        (KEPT / f"{self.format}.json").write_text(json.dumps(result))


def run_guided(*arguments: Any) -> None:
    # libFuzzer tells a lot, and Python's own stderr is not where it does so.
    log = os.open(KEPT / f"{arguments[0]}.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 2)
    import atheris

    with atheris.instrument_imports(include=["decisions"]):
        run = Run(*arguments)
    from tests.tools.fuzz.mutate import MAX_BYTES, mutate
    from tests.tools.fuzz.seeds import seeds

    corpus = KEPT / f"corpus-{run.format}"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(seeds(run.format)):
        (corpus / f"seed-{number}").write_bytes(data)

    def one(data: bytes) -> None:
        run.one(data)
        if run.is_over:
            os._exit(0)  # libFuzzer knows no other way to stop at a count of ours

    def change(data: bytes, max_size: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < 0.3:
            return atheris.Mutate(data, len(data))
        return mutate(data, run.format, chance)[:max_size]

    options = [f"-max_len={MAX_BYTES}", f"-seed={run.seed}", "-timeout=60", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=change)
    atheris.Fuzz()


def run_random(*arguments: Any) -> None:
    from tests.tools.fuzz.mutate import mutant

    run = Run(*arguments)
    chance = random.Random(run.seed)
    while not run.is_over:
        run.one(mutant(run.format, chance))
