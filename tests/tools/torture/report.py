"""How each kind of harm went: a line each, JSON, and a table in Markdown."""

import datetime
import json
import os
import platform
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median


@dataclass
class Tally:
    """One kind: how often, what differed afterwards, what readers got, seconds to recover."""

    kind: str
    times: int = 0
    failures: list[str] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        recovered = ""
        if self.seconds:
            recovered = (
                f"; recovered in {median(self.seconds):.1f} s, at most {max(self.seconds):.1f} s"
            )
        answers = ", ".join(f"{count:,} {kind}" for kind, count in self.answers.most_common())
        failures = f"{len(self.failures)} failures{recovered}"
        return f"{self.kind}: {self.times} times, {failures}; answers: {answers or 'none'}"


def write(tallies: Iterable[Tally], seed: int, directory: Path) -> None:
    """Write `torture.json` and `torture.md`."""
    tallies = list(tallies)
    about = {
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "load": [round(value, 1) for value in os.getloadavg()],
        "seed": seed,
    }
    directory.mkdir(parents=True, exist_ok=True)
    values = {**about, "kinds": [vars(tally) for tally in tallies]}
    (directory / "torture.json").write_text(json.dumps(values, indent=1) + "\n")
    lines = [
        ", ".join(f"{name} {value}" for name, value in about.items()),
        "",
        "| harm | times | failures | recovered, median | at most"
        " | right | 503 | dropped | 5xx | wrong |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for tally in tallies:
        seconds = [
            f"{value(tally.seconds):.1f} s" if tally.seconds else "" for value in (median, max)
        ]
        answers = (
            f"{tally.answers[kind]:,}"
            for kind in ("right", "unavailable", "dropped", "error", "wrong")
        )
        cells = [tally.kind, str(tally.times), str(len(tally.failures)), *seconds, *answers]
        lines.append(f"| {' | '.join(cells)} |")
    (directory / "torture.md").write_text("\n".join(lines) + "\n")
