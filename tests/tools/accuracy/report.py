"""Runs parsing and analysis on the labelled texts and prints how accurate they are."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from decisions.analysis import analyse
from decisions.documents import ParseError
from decisions.parsing import parse
from tests.tools.accuracy.labels import FIELDS, Label, found_facts
from tests.tools.accuracy.measure import Score


def report(
    labels: Iterable[Label], texts: Path, *, listed: bool, write: Callable[[str], None] = print
) -> None:
    """Print the scores of each field, overall and by half, outcome and what was seen.

    `texts` holds one file for each label, `21-019-030.txt`. `listed`: print each difference with
    its reference too. Texts that are missing or that the parser refuses are named and not scored.
    """
    scores: dict[str, dict[str, Score]] = {field: defaultdict(Score) for field in FIELDS}
    differences: list[str] = []
    not_scored: list[str] = []
    count, seconds = 0, 0.0
    for label in labels:
        path = texts / f"{label.reference.replace(' ', '-')}.txt"
        if not path.is_file():
            not_scored.append(f"{label.reference}: no text")
            continue
        data, started = path.read_bytes(), time.perf_counter()
        try:
            document = parse(data, path.name)
            findings = analyse(document)
        except ParseError as error:
            not_scored.append(f"{label.reference}: refused, {error}")
            continue
        finally:
            seconds += time.perf_counter() - started
        count += 1
        found = found_facts(document, findings)
        for field, expected in label.facts.items():
            for group in _groups(label):
                scores[field][group].add(expected, found[field])
            if expected != found[field]:
                differences.append(
                    f"{field} {label.reference} ({label.half}, {label.seen}):"
                    + "".join(f" -{fact}" for fact in (expected - found[field]).elements())
                    + "".join(f" +{fact}" for fact in (found[field] - expected).elements())
                )
    write(f"{count} decisions, {len(not_scored)} not scored, {seconds:.2f} seconds")
    for line in not_scored:
        write(f"  {line}")
    for field in FIELDS:
        write(f"\n{field:38}  precision   recall   right  missed  extra")
        for group, score in sorted(scores[field].items()):
            write(
                f"  {group:36}  {_share(score.precision):>9}  {_share(score.recall):>7}"
                f"  {score.right:6}  {score.missed:6}  {score.extra:5}"
            )
    if listed:
        write("\nDifferences: - missed, + extra")
        for line in sorted(differences):
            write(line)


def _groups(label: Label) -> tuple[str, ...]:
    outcome = label.outcome or "no outcome stated"
    return ("all", f"half: {label.half}", f"outcome: {outcome}", f"seen: {label.seen}")


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"
