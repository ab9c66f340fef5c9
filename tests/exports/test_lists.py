"""A list as CSV, JSON Lines and XLSX: what the files say, and when there is none."""

import csv
import datetime
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from bs4 import BeautifulSoup

from decisions import search
from decisions.exports import running
from decisions.exports.xlsx import workbook_chunks
from decisions.models import Decision
from decisions.serializers import COLUMNS
from tests.factories import make_decision
from tests.reading import text
from tests.same_decisions import READERS, _content

pytestmark = pytest.mark.django_db

NASTY = '=HYPERLINK("https://evil.example") said “no”,\nthen\x0b _x0041_ <b> £5'


@pytest.fixture
def two():
    make_decision(
        "95 000 001",
        council="+Plus Council",
        summary=NASTY,
        payment=123_450,
        remedies=["apology", "payment"],
        source_url="https://www.lgo.org.uk/decisions/95-000-001",
    )
    make_decision("95 000 002", council=None, outcome=None, decided_on=None, is_sample=True)
    search.catch_up()


def test_csv_opens_in_spreadsheets_and_runs_nothing(two, client):
    content = _content(client, "/decisions/export.csv")
    assert content.startswith(b"\xef\xbb\xbfreference,council,")
    first, second = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert tuple(first) == COLUMNS
    assert (first["council"], first["summary"]) == ("'+Plus Council", f"'{NASTY}")
    assert (first["date"], first["payment_pounds"]) == ("2024-03-05", "1234.5")
    assert (first["kind_of_body"], first["subcategory"]) == ("Council", "School transport")
    assert first["remedies"] == "Apology; Payment"
    assert first["address"] == "http://testserver/decisions/95-000-001/"
    assert (second["council"], second["date"], second["payment_pounds"]) == ("", "", "")
    assert second["sample"].startswith("Invented sample")


def test_a_workbook_has_dates_numbers_and_texts_as_they_are(two, client):
    content = _content(client, "/decisions/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    header, first, second = sheet.iter_rows(values_only=True)
    assert header == COLUMNS
    row = dict(zip(COLUMNS, first, strict=True))
    assert row["date"] == datetime.datetime(2024, 3, 5)
    assert row["payment_pounds"] == 1234.5
    # A character that XML cannot hold is replaced; openpyxl leaves Excel's escape as it is.
    assert row["summary"] == NASTY.replace("\x0b", "\ufffd").replace("_x", "_x005F_x")
    assert sheet["L2"].data_type == "s"  # a text, not a formula
    assert dict(zip(COLUMNS, second, strict=True))["council"] is None
    assert sheet.auto_filter.ref == "A1:O3"
    assert sheet.freeze_panes == "A2"


def test_a_long_workbook_goes_on_in_another_sheet():
    rows = iter([[str(n), Decimal(n), datetime.date(1899, 1, n)] for n in range(1, 6)])
    content = b"".join(workbook_chunks(["a", "b", "c"], rows, max_rows=2))
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    assert workbook.sheetnames == ["Decisions", "Decisions 2", "Decisions 3"]
    assert [sheet.max_row for sheet in workbook.worksheets] == [3, 3, 2]
    assert [cell.value for cell in workbook.worksheets[2][2]] == ["5", 5, "1899-01-05"]
    empty = b"".join(workbook_chunks(["a"], iter([])))
    assert openpyxl.load_workbook(io.BytesIO(empty)).sheetnames == ["Decisions"]


def test_json_lines_have_codes_and_names(two, client):
    line, _ = _content(client, "/decisions/export.jsonl").splitlines()
    decision = json.loads(line)
    assert decision["remedies"][0] == {"code": "apology", "label": "Apology"}
    assert decision["summary"] == NASTY
    assert decision["category"]["parent"]["name"] == "Education"


def test_a_wrong_value_makes_no_file_but_says_what_is_wrong(two, client):
    response = client.get("/decisions/export.csv?date_from=soon&council=plus-council")
    assert response.status_code == 400
    page = BeautifulSoup(response.content, "lxml")
    assert "“soon” is not a date." in text(page.main)
    assert page.select_one('main a[href="/decisions/?council=plus-council"]')


def test_while_the_index_is_built_words_make_no_file(client):
    response = client.get("/decisions/export.csv?q=bus")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert client.get("/decisions/export.csv").status_code == 200  # filters need no index


def _go_away(*responses) -> None:
    """What closing a response does to its content; it would close the test's connection too."""
    for response in responses:
        for close in response._resource_closers:
            close()


def test_some_threads_are_kept_for_pages(two, client):
    """A file holds its place until its reader has it or has gone, begun or not."""
    begun = [client.get("/decisions/export.csv") for _ in range(running.MAX_RUNNING)]
    refused = client.get("/decisions/export.xlsx")
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    _go_away(begun[0])
    assert len(READERS["CSV"](client, "")) == 2
    assert len(READERS["CSV"](client, "")) == 2
    _go_away(*begun)
    assert client.head("/decisions/export.csv").headers["Content-Type"].startswith("text/csv")


def test_a_decision_withdrawn_since_the_index_changed_is_left_out(two, client):
    Decision.objects.filter(reference="95 000 001").update(withdrawn_at="2024-01-01T00:00:00Z")
    for name in ("CSV", "JSON Lines", "XLSX"):
        assert READERS[name](client, "") == ["95 000 002"]


def test_lists_and_pages_to_browse_by_link_to_their_files(two, see):
    for address, query in (
        ("/decisions/?q=council&sort=oldest&page=1&size=50", "?q=council&sort=oldest"),
        ("/councils/plus-council/", "?council=plus-council"),
        ("/categories/education/", "?category=education"),
    ):
        links = {text(link): link["href"] for link in see(address).select(".list-links a")}
        assert links["Spreadsheet"] == f"/decisions/export.xlsx{query}"
        assert links["CSV"] == f"/decisions/export.csv{query}"
        assert links["API"] == f"/api/decisions/{query}"
        assert links["Feed"].startswith("/decisions/feed.atom?")
