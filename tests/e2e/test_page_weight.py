"""How light pages are: what goes over the wire, from where, and whether anything jumps."""

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.conftest import watched_page
from tests.page_types import Archive

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}

PAGES = ["decision", "decision, found by words", "results", "home", "council"]
# Bytes of a page and all that it asks for, compressed and with headers.
AT_MOST = 60_000

# Everything that moved without anybody's doing, since the page began.
JUMPS = """() => new Promise((tell) => {
  const jumps = [];
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      const moved = shift.sources.map(({node}) => node?.outerHTML?.slice(0, 120) ?? "?");
      jumps.push(`${shift.value}: ${moved}`);
    }
  }).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => tell(jumps)));
})"""


def weigh(page: Page) -> dict[str, int]:
    """From now on, collect what each address that is asked for weighs on the wire."""
    weights: dict[str, int] = {}
    addresses: dict[str, str] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent",
        lambda event: addresses.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: weights.update(
            {addresses[event["requestId"]]: int(event["encodedDataLength"])}
        ),
    )
    return weights


@pytest.mark.parametrize("page_type", PAGES)
def test_a_page_is_small_and_sends_no_third_party_requests(
    browser: Browser, samples: Archive, page_type
):
    # The page is watched for requests to other hosts.
    with watched_page(browser, samples.url, viewport=DESKTOP) as page:
        weights = weigh(page)
        samples.visit(page, page_type)
        page.wait_for_load_state("networkidle")
        assert samples.url + samples.address(page_type) in weights
        assert any("/static/base." in address for address in weights)
        results_page = "\n".join(f"{weight:7,} {address}" for address, weight in weights.items())
        print(f"{page_type}: {sum(weights.values()):,} bytes\n{results_page}")
        assert sum(weights.values()) < AT_MOST, results_page
        assert page.evaluate("document.fonts.size") == 0


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("page_type", PAGES)
def test_the_layout_does_not_shift(browser: Browser, samples: Archive, page_type, size):
    with watched_page(browser, samples.url, viewport=size) as page:
        samples.visit(page, page_type)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(JUMPS) == []


@pytest.mark.parametrize(
    ("page_type", "last_words", "selector", "around", "display"),
    [
        ("council", "</figure>", "figure", ".charts", "grid"),
        ("decision", "Decisions</b></a>", ".brand", ".masthead .wrap", "flex"),
    ],
    ids=["chart", "name of the site"],
)
def test_what_came_first_does_not_move(
    browser: Browser, samples: Archive, page_type, last_words, selector, around, display
):
    """However slowly the rest of the page comes."""
    with watched_page(browser, samples.url, viewport=DESKTOP) as page:
        page.goto("/about/")
        html = page.request.get(samples.address(page_type)).text()
        end = html.index(last_words) + len(last_words)
        page.evaluate("(part) => { document.open(); document.write(part) }", html[:end])
        # Not `wait_for_function`: what it repeats in the page, the security policy blocks.
        expect(page.locator(around)).to_have_css("display", display)
        first = page.locator(selector).bounding_box()
        page.evaluate("(part) => { document.write(part); document.close() }", html[end:])
        expect(page.locator(".site-footer")).to_be_attached()
        assert page.locator(selector).first.bounding_box() == first


def test_a_decision_can_be_read_before_any_script(browser: Browser, samples: Archive):
    with watched_page(browser, samples.url, viewport=PHONE, java_script_enabled=False) as page:
        samples.visit(page, "decision")
        assert page.locator("#para-1").is_visible()
        assert page.locator(".summary p").is_visible()
        assert page.get_by_role("search").first.is_visible()


def test_all_is_compressed_and_files_are_kept_for_ever(browser: Browser, samples: Archive):
    with watched_page(browser, samples.url) as page:
        answers: list[Response] = []
        page.on("response", lambda response: answers.append(response))
        samples.visit(page, "results")
        page.wait_for_load_state("networkidle")
        files = [search_results for search_results in answers if "/static/" in search_results.url]
        assert len(files) > 3
        for search_results in files:
            assert "immutable" in search_results.header_value("cache-control"), search_results.url
        for search_results in answers:
            if not search_results.url.startswith("data:"):
                assert search_results.header_value("content-encoding") in ("br", "gzip"), (
                    search_results.url
                )
