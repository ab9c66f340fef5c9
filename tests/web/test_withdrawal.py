"""A decision that is withdrawn is gone at once from everything that readers and programs get."""

import io
import json
import sqlite3
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from mcp.server.mcpserver.exceptions import ToolError

from decisions import dumps, search
from decisions.mcp_server import server as mcp_server
from decisions.models import Decision, Provision
from decisions.quotations import Status, check
from tests.alerts.conftest import mail, make_alert, pass_when_due
from tests.factories import make_decision, make_decisions

__all__ = ["mail"]  # a fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

REFERENCE = "90 000 001"
PATH = "/decisions/90-000-001/"
# Each names the decision: a word that only it has, its council, its reference in either form.
TRACES = ("zanzibar", "quixborough", REFERENCE, "90-000-001")
TEXT = "The Council lost the zanzibar file of Mr X and did not say so."

# Lists, files, feeds and parts of pages, each as an address.
LISTS = (
    "/",
    "/decisions/",
    "/decisions/?q=file",
    "/decisions/options/?filter=council",
    "/decisions/export.csv",
    "/decisions/export.jsonl",
    "/decisions/feed.atom",
    "/decisions/feed.json",
    "/suggest/?q=quixb",
    "/suggest/?q=90-000",
    "/decisions/90-000-002/",  # similar decisions
    "/councils/",
    "/categories/education/",
    "/laws/care-act-2014/",
    "/api/decisions/",
    "/api/decisions/?q=zanzibar",
    "/api/councils/",
    "/api/facets/",
    "/api/paragraphs/",
    "/sitemap-pages.xml",
    "/sitemap-decisions-0.xml",
)
# What counts it among five.
COUNTS = ("/decisions/charts/", "/decisions/charts.csv?table=years", "/reasons/late/")
# What is about this one decision, and what it answers afterwards.
OWN = {
    PATH: 410,
    f"{PATH}quote/": 404,
    f"{PATH}history/": 404,
    "/api/decisions/90-000-001/": 410,
    **{f"/decisions/90-000-001.{kind}": 410 for kind in ("txt", "md", "json", "xml", "pdf")},
    "/timegate/http://testserver/decisions/90-000-001/": 404,
    "/timemap/http://testserver/decisions/90-000-001/": 404,
    "/oembed/?url=http://testserver/decisions/90-000-001/": 404,
}


@pytest.fixture
def site(client, settings, mail, tmp_path) -> Client:
    settings.SEARCH_ENGINES_MAY_INDEX = True
    settings.DUMP_DIR = tmp_path / "dumps"
    Provision.objects.create(key="care-act-2014", label="Care Act 2014", short="Care Act 2014")
    make_decisions(
        {"council": "Wexcombe Council", "paragraphs": ("The Council lost a file of Mrs Y.",)}
        for _ in range(3)
    )
    make_decision("90 000 002", paragraphs=("The Council lost another file of Mr X.",))
    make_alert()
    make_decision(
        REFERENCE,
        council="Quixborough Council",
        category=("Education", "School transport"),
        summary=TEXT,
        paragraphs=(TEXT,),
        reasons=["late"],
        provisions=["care-act-2014"],
    )
    search.catch_up()
    call_command("dump", "--publish")
    return client


def content(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return body.decode(errors="replace").casefold()


def named(site: Client) -> Iterator[str]:
    """Every place that names the decision, and `LISTS` that answer with an error."""
    for address in LISTS:
        response = site.get(address)
        body = content(response)
        if response.status_code != 200 or any(trace in body for trace in TRACES):
            yield address
    sheet = openpyxl.load_workbook(
        io.BytesIO(b"".join(site.get("/decisions/export.xlsx").streaming_content))
    ).active
    if any(REFERENCE in map(str, row) for row in sheet.iter_rows(values_only=True)):
        yield "spreadsheet"
    if REFERENCE in json.dumps(tool("search", {"q": "file"})):
        yield "MCP search"
    [verdict] = check(f"“{TEXT}” (90 000 001)")
    if verdict.status is Status.EXACT:
        yield "quotation with its reference"
    [verdict] = check(f"“{TEXT}”")
    if verdict.status is Status.EXACT:
        yield "quotation alone"


def tool(name: str, arguments: dict[str, object]) -> object:
    function: Callable[..., object] = mcp_server.TOOLS[name]
    return function(**arguments)


def test_a_withdrawn_decision_is_gone_from_everything(site, mail, tmp_path):
    before = set(named(site))
    assert set(LISTS) - before == set(), "these tell nothing"
    assert {"spreadsheet", "MCP search", "quotation with its reference"} <= before
    for address in OWN:
        assert site.get(address).status_code in (200, 302, 404), address
    counted = {address: content(site.get(address)) for address in COUNTS}
    seen = site.get("/api/decisions/")["ETag"]
    files = list(dumps.current().files)

    Decision.objects.filter(reference=REFERENCE).update(withdrawn_at=timezone.now())
    search.catch_up()

    assert set(named(site)) & (before | set(LISTS)) == set()
    for address, status in OWN.items():
        response = site.get(address)
        assert response.status_code == status, address
        assert "zanzibar" not in content(response), address
    for address, body in counted.items():
        assert content(site.get(address)) != body, address
    # A cache that asks again is given a new answer.
    for address in ("/api/decisions/", "/decisions/feed.atom"):
        assert site.get(address, headers={"If-None-Match": seen}).status_code == 200
    with pytest.raises(ToolError, match="was withdrawn"):
        tool("read_decision", {"reference": REFERENCE, "section": None, "part": 1})
    pass_when_due()
    assert mail.received == []
    directory = dumps.current().directory.name if dumps.current() else "latest"
    for name in files:
        assert site.get(f"/data/{directory}/{name}").status_code in (410, 503), name

    call_command("dump", tmp_path / "new", "--sqlite")
    held = sqlite3.connect(tmp_path / "new" / "decisions.sqlite")
    text = "\n".join(held.iterdump()).casefold()
    assert "another file" in text
    assert "zanzibar" not in text
