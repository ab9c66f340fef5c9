"""A few samples give the same record in every form that the machine's programs can make."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.tools.forms.comparing import compare, write_pages
from tests.tools.forms.programs import MAKERS, WITHOUT_PROGRAMS

SAMPLES = 6


def check(form, tmp_path):
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    out.mkdir()
    result = compare(write_pages(SAMPLES, pages), MAKERS[form], pages, out)
    assert result.differences == {}
    assert result.alike == SAMPLES


@pytest.mark.parametrize("form", WITHOUT_PROGRAMS)
def test_a_form_gives_the_same_record(form, tmp_path):
    check(form, tmp_path)


@pytest.mark.browser
@pytest.mark.parametrize("form", ["MHTML (Chromium)", "PDF (Chromium)"])
def test_a_form_of_the_browser_gives_the_same_record(form, tmp_path):
    # Playwright runs once a thread, and in this one it runs for the other tests of the browser.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(check, form, tmp_path).result()
