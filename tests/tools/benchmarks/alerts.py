"""`python -m tests.tools.benchmarks.alerts`: new decisions against saved searches.

    DECISIONS=10000   how many sample decisions are new
    ALERTS=10000      how many alerts there are, each with a search of its own
    KEEP=/dir         keeps the data there, and uses what is there already

It measures what one process needs to write all messages, then counts each search anew with the
archive's own index: a message must have every decision that matches, once.
"""

import datetime
import os
import random
import resource
import time
from collections import Counter
from pathlib import Path

from tests.tools.benchmarks import archive


def main() -> None:
    kept = Path(os.environ["KEEP"]).resolve() if os.environ.get("KEEP") else None
    decisions = int(os.environ.get("DECISIONS") or 10_000)
    alerts = int(os.environ.get("ALERTS") or 10_000)
    with archive.opened(kept):
        _measure(decisions, alerts)


def _measure(decisions: int, alerts: int) -> None:
    from decisions import search
    from decisions.alerts.matching import write_messages
    from decisions.models import Alert, AlertMessage, Publication
    from tests.tools.benchmarks import loading

    loading.load(decisions)
    Alert.objects.all().delete()
    searches = _searches(alerts)
    _make_alerts(searches)
    assert Publication.objects.count() == decisions
    before, began = time.process_time(), time.monotonic()
    messages = write_messages()
    took, used = time.monotonic() - began, time.process_time() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    written: Counter[str] = Counter()
    rows = AlertMessage.objects.values_list("alert__description", "publications")
    for name, publications in rows:
        assert len(set(publications)) == len(publications), "a decision is in a message twice"
        written[name] += len(publications)
    assert write_messages() == 0
    search.catch_up()
    counted = search.count(searches)
    assert counted is not None
    wrong = [n for n, count in enumerate(counted) if written[str(n)] != count]
    print(
        f"{decisions:,} decisions, {alerts:,} searches: {messages:,} messages with"
        f" {sum(written.values()):,} decisions in {took:.1f} s ({used:.1f} s of one core),"
        f" {memory:,.0f} MB at most; {len(wrong)} searches wrong"
    )
    assert not wrong, [searches[n] for n in wrong[:5]]


def _searches(number: int) -> list["object"]:
    """Different searches as readers write them: words of decisions, with and without filters."""
    from decisions.models import Category, Council, Decision
    from decisions.search import SearchQuery

    chance = random.Random(1)
    words = sorted(_words(Decision.objects.published()[:500]))
    councils = list(Council.objects.values_list("slug", flat=True))
    categories = list(Category.objects.values_list("path", flat=True))
    made: dict[str, SearchQuery] = {}
    while len(made) < number:
        few = chance.sample(words, 3)
        text = chance.choice(
            (
                "",
                few[0],
                f"{few[0]} {few[1]}",
                f"{few[0]} {few[1]} {few[2]}",
                f"{few[0]} OR {few[1]}",
                f"“{few[0]} {few[1]}”",
                f"{few[0]} -{few[1]}",
                f"{few[0][:4]}*",
                f"{few[0]} w/10 {few[1]}",
            )
        )
        terms = {
            "council": tuple(chance.sample(councils, min(2, len(councils)))),
            "category": (chance.choice(categories),),
            "outcome": ("upheld",),
        }
        chosen = {name: values for name, values in terms.items() if chance.random() < 0.3}
        if text or chosen:
            searched = SearchQuery(text, terms=chosen, exact=True)
            made.setdefault(repr(searched), searched)
    return list(made.values())


def _words(decisions) -> set[str]:
    return {
        word
        for decision in decisions
        for word in (decision.summary or "").lower().split()
        if word.isalpha() and len(word) > 3
    }


def _make_alerts(searches: list) -> None:
    from decisions.alerts import queries
    from decisions.models import Alert

    past = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    Alert.objects.bulk_create(
        [
            Alert(
                channel="email",
                address=f"reader{number}@example.org",
                frequency="daily",
                query=queries.to_json(searched),
                description=str(number),
                site="http://archive.example",
                confirmed_at=past,
                confirmed_change=0,
                seen_change=0,
                next_at=past,
            )
            for number, searched in enumerate(searches)
        ],
        batch_size=1_000,
    )


if __name__ == "__main__":
    main()
