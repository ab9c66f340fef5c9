"""Charts: what they say, and that every bar leads to exactly as many decisions as it says."""

import csv
import re

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from decisions import search
from decisions.analysis.closure import ClosureReason
from decisions.analysis.passages import Evidence
from decisions.search import SearchQuery
from decisions.web.charts import Table, draw_charts, table_to_csv
from decisions.web.charts.chart import Cell
from decisions.web.charts.uphold_rate import UpholdRate, compare_in_words, percent
from decisions.web.facet_labels import FacetLabels
from decisions.web.filters import DecisionFilterSet
from decisions.web.querystring import to_querydict
from tests.factories import make_decision
from tests.reading import text
from tests.varied import make_varied_archive

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "",
    "council=ashmere-council",
    "category=education&date_from=2017-03-01&date_to=2021-06-30",
    "reason=late&reason=premature",
    "outcome=upheld&payment_min=200&payment_max=600",
    "q=bus",
)


@pytest.fixture
def archive():
    make_varied_archive()


def found_at(address: str) -> int:
    """How many decisions a link leads to, by the filters on PostgreSQL where it has no words."""
    search_query = DecisionFilterSet(QueryDict(address.partition("?")[2])).search_query
    total = search.search(search_query).total
    if not search_query.text:
        assert DecisionFilterSet(to_querydict(search_query)).qs.count() == total
    return total


def number(words: str) -> int:
    return int(words.replace(",", ""))


@pytest.mark.slow
@pytest.mark.parametrize("asked", ADDRESSES)
def test_every_link_leads_to_as_many_decisions_as_it_says(see, archive, asked):
    page = see(f"/decisions/charts/?{asked}")
    bars = page.select(".row-bars a")
    assert len(bars) > 5
    for bar in bars:
        said = re.search(r"([\d,]+) decisions?$", text(bar.title))
        assert found_at(bar["href"]) == number(said[1]), bar
    for key in page.select(".legend li"):
        assert found_at(key.a["href"]) == number(text(key.select_one(".n"))), key
    for row in page.select(".chart:not(.chart-uphold-rate) .rows li"):
        if row.a:
            value = text(row.select_one(".row-value")).split()[0]
            assert found_at(row.select_one("a.row-name")["href"]) == number(value), row
    cells = page.select("td a")
    assert len(cells) > 5
    for cell in cells:
        assert found_at(cell["href"]) == number(text(cell)), cell


def test_the_csv_file_is_the_table(client, see, archive):
    pages = [see(f"/decisions/charts/?{asked}") for asked in ADDRESSES]
    assert all(page.select(".chart") for page in pages)
    for chart in (chart for page in pages for chart in page.select(".chart")):
        response = client.get(chart.select_one(".csv")["href"])
        assert response["Content-Type"].startswith("text/csv; charset=utf-8")
        name = chart["class"][1].removeprefix("chart-")
        assert response["Content-Disposition"] == f'attachment; filename="decisions-{name}.csv"'
        assert response.content.count(b"\r\n") == len(chart.select("tr"))
        head, *rows = csv.reader(response.content.decode("utf-8-sig").splitlines())
        assert head == [text(cell) for cell in chart.select("thead th")]
        assert rows == [
            [text(row.th), *(text(cell).replace(",", "").replace("–", "") for cell in row("td"))]
            for row in chart.select("tbody tr")
        ]


def test_years_stand_in_order_without_gaps_and_the_undated_in_the_table_alone(see):
    for day in ("2016-05-01", "2018-05-01", "2018-06-01", None):
        make_decision(decided_on=day)
    chart = see("/decisions/charts/").select_one(".chart-years")
    assert text(chart.figcaption.p) == (
        "4 decisions from 2016 to 2018, the most in 2018 (2). 1 does not state a date."
    )
    rows = [text(row.select_one(".row-name")) for row in chart.select(".rows li")]
    assert rows == ["2016", "2017", "2018"]
    assert [text(row) for row in chart.select("tbody tr")] == [
        "2016 1 1",
        "2017 0 0",
        "2018 2 2",
        "Not stated 1 1",
    ]


def test_a_distant_date_adds_no_rows_for_the_years_between(see):
    for day in ("0216-05-01", "2016-05-01"):
        make_decision(decided_on=day)
    chart = see("/decisions/charts/").select_one(".chart-years")
    assert [text(row.select_one(".row-name")) for row in chart.select(".rows li")] == [
        "216",
        "2016",
    ]
    assert [found_at(link["href"]) for link in chart.select("a.row-name")] == [1, 1]


def test_the_uphold_rate_counts_only_investigated_complaints(see):
    for outcome, count in (("Upheld", 3), ("Not upheld", 1), ("Closed after initial enquiries", 5)):
        for _ in range(count):
            make_decision(outcome=outcome)
    make_decision(outcome="Upheld", decided_on="2021-01-01")
    page = see("/decisions/charts/")
    assert text(page.select_one(".chart-uphold-rate figcaption p")) == (
        "80% of 5 investigated were upheld (95% interval: 38% to 96%)."
    )
    assert page.select_one(".uphold-rate") is None
    # One year compares nothing: the sentence is enough.
    page = see("/decisions/charts/?date_from=2022-01-01")
    assert page.select_one(".chart-uphold-rate") is None
    assert text(page.select_one(".uphold-rate")) == (
        "75% of 4 investigated were upheld (95% interval: 30% to 95%)."
    )


def test_a_chart_that_compares_nothing_is_left_out_but_has_its_numbers_as_csv(see, client):
    for outcome in ("Upheld", "Not upheld"):
        make_decision(council="Quiet Council", outcome=outcome)
    make_decision(council="Busy Council")
    make_decision(council="Busy Council", decided_on="2020-01-01")
    page = see("/decisions/charts/?council=quiet-council")
    assert page.select(".chart") == []
    assert "There is nothing to compare in a chart here." in text(page.main)
    assert see("/councils/quiet-council/").select(".chart") == []
    numbers = client.get("/decisions/charts.csv?table=years&council=quiet-council").text
    assert numbers.startswith("\ufeffYear,Upheld,Not upheld")
    drawn = [chart["class"][1] for chart in see("/councils/busy-council/").select(".chart")]
    assert drawn == ["chart-years", "chart-uphold-rate"]


def test_no_share_where_nothing_was_investigated_or_the_search_chooses_by_outcome(see, archive):
    closed = see("/decisions/charts/?outcome=closed-after-initial-enquiries")
    assert closed.select_one(".chart-uphold-rate") is None
    page = see("/decisions/charts/?outcome=upheld")
    assert page.select_one(".chart-uphold-rate") is None
    assert "Uphold rate hidden" in text(page.main)
    make_decision(outcome="Closed after initial enquiries", council="Quiet Council")
    assert see("/councils/quiet-council/").select_one(".chart-uphold-rate, .uphold-rate") is None


def test_a_search_without_results_has_no_charts(see, archive):
    page = see("/decisions/charts/?q=zebra")
    assert page.select(".chart") == []
    assert "No decisions match everything in your search" in text(page.main)
    assert "nothing to show" in text(see("/decisions/charts.csv?table=years&q=zebra", 404))


def test_invalid_values_are_reported(see, archive):
    page = see("/decisions/charts/?council=nowhere&date_from=soon")
    assert "There is no council “nowhere” in this archive." in text(page.select_one(".problems"))
    assert "There is no table called “moons”" in text(see("/decisions/charts.csv?table=moons", 404))


@pytest.mark.django_db(transaction=True)
def test_while_the_index_is_missing_charts_are_counted_by_postgresql(client):
    make_decision(council="Ashmere Council")
    make_decision(council="Ashmere Council", decided_on="2020-01-01")
    make_decision(council="Wexcombe District Council", outcome="Not upheld")
    for address in ("/councils/ashmere-council/", "/decisions/charts/?council=ashmere-council"):
        page = BeautifulSoup(client.get(address).content, "lxml")
        assert text(page.select_one(".chart-years .row-value")) == "1"
        assert page.select(".notice") == []
    assert client.get("/decisions/charts.csv?table=years").status_code == 200
    # Words would have to be searched for: no number is shown.
    unavailable = client.get("/decisions/charts/?q=bus")
    assert (unavailable.status_code, unavailable["Retry-After"]) == (503, "60")
    page = BeautifulSoup(unavailable.content, "lxml")
    assert text(page.h1) == "The search index is being rebuilt"
    assert page.select("[class^=chart]") == []
    numbers = client.get("/decisions/charts.csv?table=years&q=bus")
    assert (numbers.status_code, numbers["Retry-After"]) == (503, "60")


def test_the_list_leads_to_its_chart(see, archive):
    page = see("/decisions/?q=bus&council=ashmere-council&sort=oldest")
    [link] = [link for link in page.select("#results a") if text(link) == "Charts"]
    chart = see(link["href"])
    assert text(chart.h1) == text(page.h1)
    assert [text(chip) for chip in chart.select(".chip")] == ["Remove Ashmere Council"]


def test_council_category_and_home_pages_have_charts(see, archive):
    for address in ("/councils/ashmere-council/", "/categories/education/"):
        drawn = [chart["class"][1] for chart in see(address).select(".chart")]
        assert drawn == [
            "chart-years",
            "chart-uphold-rate",
            "chart-reasons",
            "chart-payments",
        ]
    [home] = see("/").select(".chart")
    assert home["class"][1] == "chart-years"


def test_a_category_page_shows_payments_and_links_to_the_largest(see):
    for pence in (10_000, 50_000, 120_000):
        make_decision(payment=pence)
    make_decision(payment=None)
    paid = see("/categories/education/school-transport/").select_one(".chart-payments")
    assert text(paid.figcaption.p) == (
        "3 decisions have a payment. Median £500, from £100 to £1,200, £1,800 in total."
    )
    link = paid.select_one(".more a")
    assert found_at(link["href"]) == 3
    assert "£1,200" in text(see(link["href"]).select_one(".result"))


def test_the_page_of_a_reason_explains_counts_and_quotes(see):
    reason = ClosureReason("late", "decision", (Evidence(0, 0, (), 1, 30, 48),))
    make_decision(
        "90 000 801",
        outcome="Closed after initial enquiries",
        paragraphs=("We looked at this with care. The complaint is late now. That is all.",),
        reasons=["late"],
        findings={"closure_reasons": [reason.to_json()]},
    )
    for _ in range(3):
        make_decision(outcome="Closed after initial enquiries", reasons=["premature"])
    page = see("/reasons/late/")
    assert text(page.h1) == "Late"
    assert "more than 12 months" in text(page.select_one(".lead"))
    assert text(page.select_one(".subtitle")) == (
        "1 decision gives this reason: 25% of the 4 complaints that were closed."
    )
    assert page.select_one(".subtitle a")["href"] == "/decisions/?reason=late"
    [example] = page.select(".result")
    assert text(example.select_one(".snippet > span")) == "The complaint is late now."
    assert example.select_one(".num")["href"] == "/decisions/90-000-801/#para-1"
    assert text(see("/reasons/nonsense/", 404).select_one(".lead")) == (
        "There is no such reason for closing a complaint."
    )
    listed = see("/reasons/")
    assert [text(entry) for entry in listed.select(".reasons dt")][:2] == [
        "The council had not yet replied 3 75%",
        "Late 1 25%",
    ]
    assert listed.select_one(".reasons dt a")["href"] == "/reasons/premature/"
    assert "No decision in this archive" in text(see("/reasons/contract/").main)


def test_laws_by_a_part_of_the_name(see):
    from decisions.models import Provision

    act = Provision.objects.create(key="the-act", label="Bus Act 1999", short="Bus Act 1999")
    for section in ("1", "2"):
        label = f"Bus Act 1999, section {section}"
        Provision.objects.create(key=f"the-act-{section}", label=label, short=label, parent=act)
    make_decision(provisions=["the-act", "the-act-1", "the-act-2"])
    for section in ("66", "8"):
        label = f"Bus Act 1999, section {section}"
        Provision.objects.create(key=f"the-act-{section}", label=label, short=label, parent=act)
    make_decision(provisions=["the-act-66", "the-act-8"])
    named = [text(link) for link in see("/laws/").select("#laws li a")]
    assert [name.split()[-1] for name in named] == ["1", "2", "8", "66"]
    shown = [text(link) for link in see("/laws/?name=SECTION+2").select("#laws a")]
    assert shown == ["Bus Act 1999", "Bus Act 1999 section 2"]
    assert "No name contains “zz”" in text(see("/laws/?name=zz").main)


# Shares and sentences ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("upheld", "investigated", "least", "most"),
    [  # as Wilson's formula gives them: checked by hand for the first, tables for the others
        (51, 84, 0.5003, 0.7046),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_confidence_interval_of_an_uphold_rate(upheld, investigated, least, most):
    interval = UpholdRate(upheld, investigated).interval
    assert interval == pytest.approx((least, most), abs=0.0001)


def test_a_share_needs_something_investigated():
    assert UpholdRate.of({"closed-after-initial-enquiries": 5}) is None
    assert UpholdRate.of({"upheld": 1, "report-issued": 7}) == UpholdRate(1, 1)
    assert UpholdRate(5, 9).without(UpholdRate(5, 9)) is None


@pytest.mark.parametrize(
    ("share", "rest", "says"),
    [
        (UpholdRate(9, 9), UpholdRate(500, 1000), "too few to compare"),
        (UpholdRate(51, 84), UpholdRate(550, 1000), "not clearly different from the 55% of 1,000"),
        (UpholdRate(70, 84), UpholdRate(550, 1000), "more than the 55% of 1,000"),
        (UpholdRate(20, 84), UpholdRate(550, 1000), "less than the 55% of 1,000"),
        # The others are few as well: nothing can be said.
        (UpholdRate(15, 20), UpholdRate(4, 10), "not clearly different"),
    ],
)
def test_a_share_is_compared_with_care(share, rest, says):
    assert says in compare_in_words(share, rest, "about others")


def test_a_council_is_compared_with_all_others(see):
    for council, upheld, not_upheld in (("Ashmere Council", 14, 1), ("Ostley Council", 5, 25)):
        for outcome, count in (("Upheld", upheld), ("Not upheld", not_upheld)):
            for _ in range(count):
                make_decision(council=council, outcome=outcome)
    assert text(see("/councils/ashmere-council/").select_one(".uphold-rate")) == (
        "93% of 15 investigated were upheld (95% interval: 70% to 99%). That is more than the 17%"
        " of 30 about all other bodies in this archive, and chance is unlikely to explain the"
        " difference."
    )


def test_percent_shows_0_and_100_only_when_exact():
    assert [percent(part) for part in (0, 0.004, 0.5, 0.996, 1)] == [
        "0%",
        "<1%",
        "50%",
        ">99%",
        "100%",
    ]


def test_no_cell_is_a_formula():
    table = Table(("=1+1", "n"), ((Cell("@cmd"), Cell(-1)), (Cell('a, “b”\n"c"'), Cell(None))))
    assert table_to_csv(table) == '\ufeff\'=1+1,n\r\n\'@cmd,-1\r\n"a, “b”\n""c""",\r\n'


def test_the_chart_shows_the_most_frequent_reasons_and_its_table_all(db):
    from decisions.analysis.closure_rules import REASONS

    for code in REASONS:
        make_decision(outcome="Closed after initial enquiries", reasons=[code])
    search.catch_up()
    [chart] = draw_charts(
        search.aggregate(SearchQuery()), SearchQuery(), FacetLabels(), ["reasons"]
    )
    assert len(chart.rows) == 10
    assert len(chart.table.rows) == len(REASONS)
    assert f"The {len(REASONS) - 10} least common are only in the table." in chart.sentence
