"""What all tests share: the database server's end, and a browser."""

import contextlib
import gc
import itertools
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from decisions import search
from decisions.ingest import uploads, worker
from decisions.search.index import sync
from ombudsman.runtime import postgres
from tests import browser as browsers
from tests import emptying, order, prepared_data, programs, real_files
from tests.page_types import Archive, sample_archive

# Not the profile that Hypothesis chooses where CI is set, which tries the same examples in every
# run. Without a deadline: no test fails because the machine is slow.
hypothesis.settings.register_profile(
    "archive", hypothesis.settings.get_profile("default"), deadline=None
)
hypothesis.settings.load_profile("archive")

# A test that uses one of these fixtures, directly or through another, has the mark.
MARKS_BY_FIXTURE = {
    "browser": {"playwright"},
    "processes": {"attacked", "data_dir", "others", "samples"},
    "slow": {"analysed"},  # the findings of 600 samples
}

TOOLS = Path(__file__).parent / "tools"

INDEX_NUMBERS = itertools.count()

# Seconds between two looks of a follower, and after a repair, which the end of a test waits for.
sync.POLL_INTERVAL = 0.05


def pytest_configure(config: pytest.Config) -> None:
    real_files.require_in_ci()
    programs.require_in_ci()
    emptying.install()


@pytest.hookimpl(wrapper=True)  # marks are set before `-m` selects by them
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Generator[None]:
    """Mark tests by their fixtures, leave out those of real files where there are none, and sort.

    A run of one process keeps the order of the files.
    """
    for item in items:
        used = set(getattr(item, "fixturenames", ()))
        for mark, fixtures in MARKS_BY_FIXTURE.items():
            if used & fixtures:
                item.add_marker(mark)
        if hypothesis.is_hypothesis_test(item.obj) or item.path.is_relative_to(TOOLS):
            item.add_marker("slow")
    for what in (real_files, programs):
        items[:], left_out = what.without(items)
        if left_out:
            config.hook.pytest_deselected(items=left_out)
    yield
    if workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 0)):
        items[:] = order.longest_first(items, workers)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep the garbage collector from going through all modules and tests again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not real_files.are_there():
        terminalreporter.write_line(
            f"Tests of real files are left out: {real_files.SHARED} has none (CONTRIBUTING.md)."
        )
    if names := programs.missing():
        terminalreporter.write_line(
            f"Tests of programs that are not installed are left out: {', '.join(names)}"
            " (CONTRIBUTING.md)."
        )


def pytest_unconfigure(config: pytest.Config) -> None:
    """At the end of the whole run, take its database server and its files away."""
    if not hasattr(config, "workerinput"):
        postgres.cluster(settings.DATA_DIR, durable=False).stop()
        shutil.rmtree(os.environ["TESTS_DATA_DIR"], ignore_errors=True)


@pytest.fixture
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A DATA_DIR that root's PostgreSQL user can reach; its server is stopped afterwards."""
    path = Path(os.environ["TESTS_DATA_DIR"]) / tmp_path_factory.mktemp("data").name
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    path = path.with_name(f"{worker}-{path.name}")
    path.mkdir()
    yield path
    postgres.Cluster(path).stop()


@pytest.fixture
def prepared_data_dir(data_dir: Path) -> Path:
    """A DATA_DIR of an empty archive that has been started before."""
    prepared_data.fill(data_dir)
    return data_dir


@pytest.fixture(autouse=True)
def index_dir(settings) -> Iterator[Path]:
    """Every test has a search index of its own: change numbers fall back with its transaction.

    A repair that the test began in the background ends before the next test has its index.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    path = Path(os.environ["TESTS_DATA_DIR"]) / f"{worker}-indexes" / str(next(INDEX_NUMBERS))
    settings.INDEX_DIR = path
    yield path
    with sync._background_lock:
        pass
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def immediate_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that asks for an upload's job does it after its commit, in place of a worker."""
    monkeypatch.setattr(uploads, "wake_workers", lambda: transaction.on_commit(worker.run_due))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright runs an event loop in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = browsers.launch(playwright)
    yield chromium
    chromium.close()


@pytest.fixture
def see(client):
    """Asks for a page once the index has caught up, and reads it."""

    def see(address: str, status: int = 200, headers: dict[str, str] | None = None):
        search.catch_up()
        response = client.get(address, headers=headers)
        assert response.status_code == status
        return BeautifulSoup(response.content, "lxml")

    return see


@contextlib.contextmanager
def watched_page(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """A page in a fresh browser context with that base address.

    It fails at its end if the page reported an error, or asked any other host for anything.
    """
    complaints: list[str] = []
    home = urlsplit(url).netloc

    def watch_request(request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != home:
            complaints.append(f"asked another host: {request.url}")

    def watch_console(message) -> None:
        # Browsers ask for this by themselves, and the admin has none. And a page of failure may
        # be what was asked for.
        address = message.location["url"]
        expected = address.endswith("/favicon.ico") or address == message.page.url
        if message.type == "error" and not expected:
            complaints.append(f"console: {message.text} ({message.location})")

    context = browser.new_context(base_url=url, **options)
    context.set_default_timeout(30_000)
    context.on("request", watch_request)
    context.on("console", watch_console)
    context.on("weberror", lambda error: complaints.append(f"error: {error.error}"))
    yield context.new_page()
    context.close()
    assert complaints == []


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    with watched_page(browser, live_server.url) as page:
        yield page


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """A running site with the types of pages that `tests/page_types.py` names."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    data = Path(os.environ["TESTS_DATA_DIR"]) / f"{worker}-samples"
    data.mkdir()
    prepared_data.fill(data)
    log = tmp_path_factory.mktemp("samples") / "log"
    with sample_archive(data, log, SEARCH_ENGINES_MAY_INDEX=1) as archive:
        yield archive
    postgres.Cluster(data).stop()
