"""`make lighthouse`: every score of the pages that must be best, as a table."""

import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests import browser
from tests.e2e.lighthouse import PAGES, SPEED, STEADY, audit, install
from tests.page_types import sample_archive

RUNS = 3


def main() -> None:
    django.setup()
    install()
    with sync_playwright() as playwright:
        chromium = browser.find(playwright)
    categories = (*STEADY, SPEED)
    print(f"| page | {' | '.join(categories)} (of {RUNS} runs) |")
    print("|---|" + "---|" * len(categories))
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as directory:
        root = Path(directory)
        root.chmod(0o711)  # as root, the database runs as another user, who must be able to pass
        data = root / "data"
        with sample_archive(data, root / "log", count=600, SEARCH_ENGINES_MAY_INDEX=1) as archive:
            for page_type in PAGES:
                runs = [audit(archive, page_type, chromium, categories) for _ in range(RUNS)]
                told = [
                    ", ".join(str(score) for score in sorted({scores[name] for scores, _ in runs}))
                    for name in categories
                ]
                print(f"| {page_type} | {' | '.join(told)} |", flush=True)
                for wanting in sorted({line for _, lines in runs for line in lines}):
                    print(f"  {page_type}: {wanting}", file=sys.stderr)


if __name__ == "__main__":
    main()
