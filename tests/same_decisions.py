"""Which decisions an address holds, as a page, as files, as anything else that shows a list.

READERS has a line for each form. `tests/exports/test_same_decisions.py` draws random filters and
compares them all: a new form of a list is one more line here.
"""

import csv
import io
import json
import re
from collections.abc import Callable

import openpyxl
from django.test import Client
from hypothesis import strategies as st

from decisions.models import NOT_STATED
from decisions.references import read_reference
from decisions.web.filters import SORTS

# Reads the references that an address holds, from its parameters ("q=bus&sort=oldest").
Reader = Callable[[Client, str], list[str]]


_RESULT = re.compile(r'<article class="result">\s*<h2><a href="/decisions/([^/]+)/')


def _some(*values: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([*values, NOT_STATED]), max_size=2)


# Parameters for the archive of `tests/varied.py`: words that find many, few (the closest matches
# follow) and none.
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["bus", "cold OR bus", "late cold zebra", "zebra", '"bus was late"']),
        "council": _some("wexcombe-district-council", "ashmere-council"),
        "category": _some("education", "education/school-transport"),
        "outcome": _some("upheld", "not-upheld"),
        "reason": _some("late", "premature"),
        "remedy": st.lists(st.sampled_from(["apology", "payment"]), max_size=2),
        "date_from": st.sampled_from(["2016-06-01", "2018-01-01"]),
        "payment_min": st.sampled_from(["100", "250"]),
        "standard": st.just("true"),
        "sort": st.sampled_from(list(SORTS)),
    },
)


def read_pages(client: Client, query: str) -> list[str]:
    """Of all pages of the list."""
    references: list[str] = []
    for page in range(1, 1_000):
        response = client.get(f"/decisions/?size=50&page={page}&{query}")
        assert response.status_code == 200
        found = _RESULT.findall(response.content.decode())
        references += map(str, map(read_reference, found))
        if len(found) < 50:
            return references
    raise AssertionError("the list does not end")


def _content(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def read_csv(client: Client, query: str) -> list[str]:
    text = _content(client, f"/decisions/export.csv?{query}").decode("utf-8-sig")
    return [row["reference"] for row in csv.DictReader(io.StringIO(text, newline=""))]


def read_json_lines(client: Client, query: str) -> list[str]:
    lines = _content(client, f"/decisions/export.jsonl?{query}").splitlines()
    return [json.loads(line)["reference"] for line in lines]


def read_xlsx(client: Client, query: str) -> list[str]:
    content = _content(client, f"/decisions/export.xlsx?{query}")
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return [
        str(reference) for (reference,) in sheet.iter_rows(min_row=2, max_col=1, values_only=True)
    ]


def read_api(client: Client, query: str) -> list[str]:
    references: list[str] = []
    address = f"/api/decisions/?{query}"
    while address:
        page = client.get(address).json()
        references += [result["reference"] for result in page["results"]]
        address = page["next"]
    return references


def read_feed(client: Client, query: str) -> list[str]:
    """Of all pages of the feed, which has an order of its own and no closest matches."""
    references: list[str] = []
    address = f"/decisions/feed.json?{query}"
    while address:
        page = client.get(address).json()
        references += [str(read_reference(item["id"].split("/")[-1])) for item in page["items"]]
        address = page.get("next_url")
    return references


READERS: dict[str, Reader] = {
    "pages": read_pages,
    "CSV": read_csv,
    "JSON Lines": read_json_lines,
    "XLSX": read_xlsx,
    "API": read_api,
}
