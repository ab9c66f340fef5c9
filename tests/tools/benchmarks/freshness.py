"""How soon a new decision is found while very many others are taken in.

    python -m tests.tools.benchmarks.freshness [DECISIONS]

Everything as on a host: a follower, an ingest and a reader, each a process of its own, in an
archive of their own that is gone afterwards. A probe is one decision that is committed; it is
found when a search for its own word finds it, asked for every 20 ms.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[3]
BETWEEN_PROBES = 1.0  # seconds


def main(decisions: int) -> None:
    place = Path(tempfile.mkdtemp(prefix="ombudsman-freshness-"))
    place.chmod(0o711)
    os.environ |= {"DATA_DIR": str(place), "DJANGO_SETTINGS_MODULE": "ombudsman.settings"}
    os.environ.pop("DATABASE_URL", None)
    try:
        measure(decisions)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def measure(decisions: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from decisions import search
    from decisions.models import Decision

    call_command("migrate", verbosity=0)
    follower = manage("index", "follow", "--until-end-of-input")
    ingest = manage("sample", "--count", str(decisions))
    seconds = []
    began = time.monotonic()
    while ingest.poll() is None:
        word = f"probe{len(seconds)}"
        Decision.objects.create(reference=f"90 900 {len(seconds):03}", summary=f"A {word}.")
        committed = time.monotonic()
        while not ((results := search.search(search.SearchQuery(word))) and results.total):
            time.sleep(0.02)
        seconds.append(time.monotonic() - committed)
        time.sleep(BETWEEN_PROBES)
    took = time.monotonic() - began
    behind = search.status().behind
    follower.stdin.close()
    follower.wait()
    ordered = sorted(seconds)
    print(
        f"{len(ordered)} probes while {decisions:,} came in ({decisions / took:,.0f} a second)"
        f": found after {statistics.median(ordered):.2f} s (median), "
        f"{ordered[int(len(ordered) * 0.95)]:.2f} s (p95), {ordered[-1]:.2f} s (at most); "
        f"{behind:,} changes behind at the end"
    )


def manage(*arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
