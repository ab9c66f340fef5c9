"""Lighthouse gives the best score for all that does not depend on the machine.

How fast it says pages are, `make lighthouse` prints.
"""

from playwright.sync_api import Playwright

from tests import browser as browsers
from tests.e2e.lighthouse import PAGES, STEADY, audit, install
from tests.page_types import Archive


def test_lighthouse_scores_are_high_enough(samples: Archive, playwright: Playwright):
    install()
    chromium = browsers.find(playwright)
    for page_type in PAGES:
        scores, wanting = audit(samples, page_type, chromium, STEADY)
        assert scores == dict.fromkeys(STEADY, 100), (page_type, wanting)
