"""A decision with a name in all its parts, and everything that readers and programs get of it."""

import io
import json
from collections.abc import Callable, Iterator

import openpyxl
from django.contrib.auth.models import User
from django.test import Client

from decisions.ingest import ingest_all
from decisions.mcp_server import server as mcp_server
from decisions.models import Decision
from decisions.quotations import Status, check
from decisions.sources import Source
from decisions.web.mementos import version_address
from tests.texts import decision_text

REFERENCE = "90 000 001"
PATH = "/decisions/90-000-001/"
TRACE = "zanzibar"
SENTENCE = "Ms Quentina Zanzibar complains that the bus of the school never came."

OWN = (
    PATH,
    f"{PATH}?q=bus",
    f"{PATH}quote/?paragraph=1",
    f"{PATH}history/",
    "/api/decisions/90-000-001/",
    *(f"/decisions/90-000-001.{kind}" for kind in ("txt", "md", "json", "xml")),
)
LISTS = (
    "/decisions/?q=bus",
    "/decisions/export.csv",
    "/decisions/export.jsonl",
    "/decisions/feed.atom",
    "/decisions/feed.json",
    "/api/decisions/",
    "/api/decisions/?q=bus",
    "/api/paragraphs/",
)


def file(version: int, reference: str = REFERENCE, name: str = "Zanzibar") -> Source:
    """A version of the decision, with the name in its text, its file's name and its address."""
    text = decision_text(
        reference,
        summary=f"Quentina {name} waited {version} days for the council to say sorry.",
        paragraphs=(SENTENCE.replace("Zanzibar", name), f"Version {version} for Ms Q {name}."),
    )
    address = f"https://web.archive.org/web/202{version}0101000000/https://x.org/{name}"
    return Source(f"{name}-{version}.txt", text.encode(), url=address)


def import_versions(*versions: int) -> str:
    """Import versions of the decision; returns the counts of what was done."""
    return str(ingest_all(file(version) for version in versions))


def staff(name: str) -> User:
    return User.objects.create_superuser(name)


def content(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return body.decode(errors="replace").casefold()


def naming(site: Client) -> Iterator[str]:
    """Every page, list, file and answer that has the name."""
    decision = Decision.objects.filter(reference=REFERENCE).first()
    captures = decision.captures.all() if decision else ()
    versions = [version_address(decision, capture) for capture in captures]
    for address in (*OWN, *LISTS, *versions):
        if TRACE in content(site.get(address)):
            yield "version" if address in versions else address
    workbook = io.BytesIO(b"".join(site.get("/decisions/export.xlsx").streaming_content))
    rows = openpyxl.load_workbook(workbook).active.iter_rows(values_only=True)
    if TRACE in str([*rows]).casefold():
        yield "spreadsheet"
    for name, arguments in (
        ("search", {"q": "bus"}),
        ("read_decision", {"reference": REFERENCE, "section": None, "part": 1}),
    ):
        if decision and TRACE in json.dumps(tool(name, arguments)).casefold():
            yield f"MCP {name}"
    for text in (f"“{SENTENCE}” (90 000 001)", f"“{SENTENCE}”"):
        [verdict] = check(text)
        if verdict.status is Status.EXACT:
            yield f"check of {text}"


def tool(name: str, arguments: dict[str, object]) -> object:
    function: Callable[..., object] = mcp_server.TOOLS[name]
    return function(**arguments)
