"""What analysis found: kept, counted, found again, shown, and brought up to newer rules."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from decisions import search
from decisions.ingest import ingest_all, reanalysis
from decisions.ingest.reanalysis import reanalyse
from decisions.models import Capture, Decision, IngestFailure, Provision, StandardWording
from decisions.sources import Source
from tests.real_files import LAYOUTS
from tests.texts import decision_text

pytestmark = pytest.mark.django_db(transaction=True)

LATE = (
    "We will not investigate this late complaint. There are no good reasons why Mr X did not "
    "complain sooner."
)
POWERS = (
    "We cannot investigate late complaints unless we decide there are good reasons. "
    "(Local Government Act 1974, sections 26B and 34D, as amended)"
)


def statement(
    reference: str = "20 000 001",
    outcome: str = "Closed after initial enquiries",
    summary: str = LATE,
    powers: str = POWERS,
    found: str = "The events are more than 12 months old.",
    action: str | None = None,
    final: str = "We will not investigate this complaint because it is late.",
    **fields,
) -> bytes:
    """A statement with the sections that the rules read."""
    text = decision_text(reference, outcome=outcome, summary=summary, **fields)
    sections = {
        "The complaint": "Mr X complains about a bus.",
        "The Ombudsman’s role and powers": powers,
        "What I found": found,
        **({"Agreed action": action} if action else {}),
        "Final decision": final,
    }
    body = "".join(
        f"{heading}\n\n  1. {words}\n\nBack to top\n\n" for heading, words in sections.items()
    )
    return (text[: text.index("The complaint")] + body).encode()


def take_in(*files: bytes) -> None:
    report = ingest_all(Source(f"{number}.txt", data) for number, data in enumerate(files))
    assert not report.failures, report.failures


def see(client, address: str) -> BeautifulSoup:
    response = client.get(address, headers={"host": "localhost"})
    assert response.status_code == 200, address
    return BeautifulSoup(response.content, "lxml")


def references(client, query: str) -> list[str]:
    results = see(client, f"/decisions/?{query}").select("#results .reference")
    return [result.get_text(strip=True) for result in results]


@pytest.fixture
def upheld() -> bytes:
    return statement(
        "20 000 002",
        outcome="Upheld",
        summary="There was fault. The Council has agreed to apologise and pay Mr X £500.",
        powers="We investigate complaints of fault. (Local Government Act 1974, section 26(1))",
        found="It offered Mr X £900 earlier. For the reasons in paragraph two, there was fault.",
        action="Within one month the Council will apologise to Mr X and pay him £500 for distress.",
        final="I have completed my investigation and uphold the complaint.",
    )


def test_findings_are_kept_with_what_filters_need(upheld):
    take_in(statement(), upheld)
    closed = Decision.objects.get(reference="20 000 001")
    assert closed.reasons == ["late"]
    assert {"lga-1974-s-26b", "lga-1974-s-34d", "lga-1974"} <= set(closed.provisions)
    assert (closed.remedies, closed.payment) == ([], None)
    assert closed.typed_findings.closure_reasons[0].evidence[0].anchor == "summary"

    other = Decision.objects.get(reference="20 000 002")
    assert other.reasons == []
    assert {"apology", "payment"} <= set(other.remedies)
    assert other.payment == 50_000
    section = Provision.objects.get(key="lga-1974-s-26b")
    assert section.parent.key == "lga-1974"
    assert section.label == "Local Government Act 1974, section 26B"
    assert section.url == "https://www.legislation.gov.uk/ukpga/1974/7/section/26B"


def test_filters_by_reason_remedy_law_and_payment(client, upheld):
    take_in(statement(), upheld)
    assert references(client, "reason=late") == ["20 000 001"]
    assert references(client, "remedy=payment") == ["20 000 002"]
    assert references(client, "provision=lga-1974-s-26b") == ["20 000 001"]
    assert references(client, "provision=lga-1974") == ["20 000 002", "20 000 001"]
    assert references(client, "payment_min=500") == ["20 000 002"]
    assert references(client, "payment_min=501") == []
    assert references(client, "payment_max=500") == ["20 000 002"]
    assert references(client, "sort=payment")[0] == "20 000 002"
    page = see(client, "/decisions/")
    assert page.select_one("label:has(#reason-late) .n").get_text() == "1"
    assert page.select_one("label:has(#remedy-apology) .n").get_text() == "1"
    assert page.select_one("label:has(#provision-lga-1974) .n").get_text() == "2"
    chips = see(client, "/decisions/?reason=late&payment_min=1000").select(".chip")
    assert [re.sub("^Remove ", "", chip.get_text()) for chip in chips] == [
        "Late" if chip.get_text() == "Remove Late" else "£1,000 or more" for chip in chips
    ]
    assert len(chips) == 2


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("reason=sloth", "There is no reason for closing “sloth” in this archive."),
        ("provision=x", "There is no law “x” in this archive."),
        ("payment_min=lots", "“lots” is not a number of pounds. Write whole pounds, like 500."),
        ("payment_max=-1", "“-1” is not a number of pounds. Write whole pounds, like 500."),
        ("payment_min=9&payment_max=5", "“At least” is more than “At most”, so neither was used."),
    ],
)
def test_invalid_values_are_reported_and_the_others_apply(client, query, says):
    take_in(statement())
    page = see(client, f"/decisions/?{query}")
    assert says in page.select_one(".problems").get_text()
    assert says in page.select_one("#filters").get_text()
    assert page.h1.get_text(strip=True).startswith("1 decision")


def test_a_closed_decision_without_a_known_reason_says_so_and_is_counted(client):
    take_in(statement(summary="Closed.", found="Nothing.", final="Closed."))
    assert Decision.objects.get().reasons == ["not-stated"]
    assert references(client, "reason=not-stated") == ["20 000 001"]
    assert (
        "Not stated"
        in see(client, "/decisions/20-000-001/").select_one(".decision-summary").get_text()
    )


def test_the_decision_page_shows_findings_that_lead_to_their_paragraphs(client, upheld):
    take_in(statement(), upheld)
    page = see(client, "/decisions/20-000-001/")
    decision_summary = page.select_one(".decision-summary")
    assert "The reason given: late" in " ".join(decision_summary.get_text().split())
    assert decision_summary.select_one('a[href="#para-4"]').get_text(strip=True).endswith("4")
    assert (
        decision_summary.select_one('a[href="/laws/lga-1974-s-26b/"]').get_text()
        == "LGA 1974 s 26B"
    )
    assert page.select_one('#para-2 a[href="/laws/lga-1974-s-34d/"]').get_text() == "34D"

    page = see(client, "/decisions/20-000-002/")
    assert "payment of £500 for distress" in page.select_one(".decision-summary").get_text()
    assert page.select_one('#para-3 p a[href="#para-2"]').get_text() == "paragraph two"
    assert "£900" not in page.select_one(".decision-summary").get_text()


@pytest.mark.real_files
def test_a_reference_to_a_part_leads_to_that_item(client):
    path = LAYOUTS / "99-011-568.txt"  # "parts c) to g) and some of parts a) and b)"
    ingest_all([Source(path.name, path.read_bytes())])
    page = see(client, "/decisions/99-011-568/")
    links = [link["href"] for link in page.select("#para-2 p a")]
    assert links[:2] == ["#para-1-c", "#para-1-a"]
    assert "a blanket policy" in page.select_one("#para-1-c").get_text()


def test_a_reference_to_another_decision_is_a_link_once_that_is_in_the_archive(client):
    take_in(statement(found="We decided this in our earlier decision 19 000 009."))
    assert not see(client, "/decisions/20-000-001/").select("#para-3 p a")
    take_in(statement("19 000 009"))
    link = see(client, "/decisions/20-000-001/").select_one("#para-3 p a")
    assert (link.get_text(), link["href"]) == ("19 000 009", "/decisions/19-000-009/")


def test_laws_lead_to_the_decisions_that_cite_them(client, upheld):
    take_in(statement(), upheld)
    page = see(client, "/laws/")
    assert page.select_one('a[href="/laws/lga-1974/"]')
    page = see(client, "/laws/lga-1974-s-26b/")
    assert page.h1.get_text() == "Local Government Act 1974, section 26B: 12-month limit"
    assert page.select_one('a[href="https://www.legislation.gov.uk/ukpga/1974/7/section/26B"]')
    assert [one.get_text(strip=True) for one in page.select(".result .reference")] == ["20 000 001"]
    assert client.get("/laws/nope/", headers={"host": "localhost"}).status_code == 404


def test_reasons_are_explained_and_counted(client):
    take_in(statement())
    page = see(client, "/reasons/")
    assert page.select_one('a[href="/reasons/late/"]').get_text() == "Late"
    assert "12 months" in page.get_text()
    page = see(client, "/reasons/late/")
    assert page.select_one('a[href="/decisions/?reason=late"]').get_text() == "1 decision"
    quoted = page.select_one(".result .snippet > span:last-child").get_text()
    assert quoted in see(client, page.select_one(".result a")["href"]).get_text()
    assert "late" in quoted


# Standard wording ----------------------------------------------------------------------------


def test_wording_becomes_standard_when_enough_decisions_share_it(client):
    take_in(
        *(statement(f"20 000 {number:03}") for number in range(1, StandardWording.STANDARD_FROM))
    )
    assert not StandardWording.objects.standard().exists()
    assert search.search(search.SearchQuery("unless")).total == StandardWording.STANDARD_FROM - 1

    # A year, "as amended" and an apostrophe make no difference.
    take_in(statement("20 000 010", powers=POWERS.replace(", as amended", "")))
    (wording,) = StandardWording.objects.standard()
    assert wording.decisions == StandardWording.STANDARD_FROM
    # Also the decisions that came before are found by it no more, unless that is asked for.
    assert search.search(search.SearchQuery("unless")).total == 0
    assert (
        search.search(search.SearchQuery("unless", standard=True)).total
        == StandardWording.STANDARD_FROM
    )
    assert not search.verify()
    assert search.rebuild() == StandardWording.STANDARD_FROM
    assert search.search(search.SearchQuery("unless")).total == 0

    fold = see(client, "/decisions/20-000-001/").select_one("details.standard")
    assert "standard paragraph, in 10 decisions" in fold.summary.get_text()
    assert fold.select_one("#para-2")
    assert not see(client, "/decisions/?q=unless").select("#results article")
    assert len(references(client, "q=unless&standard=true")) == StandardWording.STANDARD_FROM
    assert "unless" in see(client, "/decisions/?q=unless&standard=true").select_one(".snippet").text


def test_counts_of_wording_follow_changes_and_removals():
    take_in(statement("20 000 001"), statement("20 000 002"))
    assert list(StandardWording.objects.values_list("decisions", flat=True)) == [2]
    take_in(statement("20 000 002", powers="We have other powers."))
    assert sorted(StandardWording.objects.values_list("decisions", flat=True)) == [1, 1]
    Capture.objects.all().delete()
    Decision.objects.all().delete()
    assert set(StandardWording.objects.values_list("decisions", flat=True)) == {0}


# Rules that change ---------------------------------------------------------------------------


def test_reanalyse_applies_the_new_rules_and_reports_changes(capsys, upheld):
    take_in(statement(), upheld)
    fingerprints = Decision.objects.get(reference="20 000 001").fingerprints
    assert fingerprints
    Provision.objects.all()._raw_delete("default")  # as if older rules had not known them
    Decision.objects.update(rules_version=0)
    Decision.objects.filter(reference="20 000 001").update(
        rules_version=0, reasons=["schools"], findings={}, provisions=[], fingerprints=[]
    )
    search.catch_up()
    call_command("reanalyse")
    printed = capsys.readouterr().out
    assert "reason late: 1 more, 0 fewer" in printed
    assert "reason schools: 0 more, 1 fewer" in printed
    assert "2 analysed, 1 changed." in printed
    decision = Decision.objects.get(reference="20 000 001")
    assert (decision.reasons, decision.fingerprints) == (["late"], fingerprints)
    assert set(decision.provisions) <= set(Provision.objects.values_list("key", flat=True))
    assert search.search(search.SearchQuery(terms={"reason": ("late",)})).total == 1
    call_command("reanalyse")
    assert "0 analysed, 0 changed." in capsys.readouterr().out
    assert not search.verify()


def test_reanalyse_continues_a_stopped_run(monkeypatch):
    take_in(*(statement(f"20 000 {number:03}") for number in range(1, 8)))
    Decision.objects.update(rules_version=0, reasons=[])
    monkeypatch.setattr(reanalysis, "BATCH", 2)

    def stop(done):
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reanalyse(stop)
    assert reanalysis.outdated().count() == 3
    assert reanalyse().analysed == 3
    assert not reanalysis.outdated().exists()


def test_a_change_of_rules_version_alone_is_not_indexed():
    take_in(statement())
    Decision.objects.update(rules_version=0)
    assert search.catch_up() == 0
    assert reanalyse().changed == 0
    assert search.catch_up() == 0


def test_a_decision_updated_during_reanalysis_is_skipped(upheld):
    take_in(upheld)
    decision = Decision.objects.get()
    Decision.objects.update(rules_version=0, reasons=["schools"])
    stale = list(reanalysis.outdated().select_related("council", "category__parent", "outcome"))
    take_in(statement("20 000 002"))
    reanalysis._reanalyse_batch(stale, reanalysis.LookupCache(), reanalysis.Summary())
    decision.refresh_from_db()
    assert "more than 12 months old" in str(decision.sections)
    assert (decision.reasons, decision.payment) == (["late"], None)


# History -------------------------------------------------------------------------------------


def test_history_shows_what_changed_word_by_word(client):
    take_in(statement(found="The bus was late on Monday."))
    take_in(statement(found="The bus was early on Monday.", outcome="Not upheld"))
    page = see(client, "/decisions/20-000-001/history/")
    newest, first = page.select(".version")
    assert [one.get_text(strip=True) for one in newest.select("del")][-1] == "late"
    assert [one.get_text(strip=True) for one in newest.select("ins")][-1] == "early"
    assert "Closed after initial enquiries" in newest.get_text()
    assert "The oldest text in this archive" in first.get_text()
    link = see(client, "/decisions/20-000-001/").select_one("a[href$='/history/']")
    assert link["href"] == "/decisions/20-000-001/history/"


def test_history_of_a_file_that_differs_only_in_bytes(client):
    take_in(statement())
    take_in(statement() + b"\n\n")
    assert (
        "The words are the same as before"
        in see(client, "/decisions/20-000-001/history/").get_text()
    )


def test_a_withdrawn_decision_has_no_history(client):
    take_in(statement())
    Decision.objects.update(withdrawn_at="2024-01-01T00:00Z")
    address = "/decisions/20-000-001/history/"
    assert client.get(address, headers={"host": "localhost"}).status_code == 404


# Quality -------------------------------------------------------------------------------------


def test_quality_counts_missing_fields_and_names_failed_files(capsys, admin_client):
    take_in(
        statement(date=None),
        statement("20 000 002", summary="Closed.", found="See 19 000 009.", final="Closed."),
    )
    ingest_all([Source("broken.txt", b"not a decision")])
    call_command("quality")
    printed = capsys.readouterr().out
    assert "1  No date: 20 000 001" in printed
    assert "1  Closed, no reason found: 20 000 002" in printed
    assert "broken.txt: " in printed

    page = see(admin_client, "/admin/decisions/decision/quality/")
    link = page.find("a", string="No date")
    listed = admin_client.get(
        "/admin/decisions/decision/" + link["href"].rpartition("/")[2],
        headers={"host": "localhost"},
    )
    assert [row.reference for row in listed.context["cl"].result_list] == ["20 000 001"]
    assert page.find("a", string="Files that could not be imported")


def test_a_failure_record_is_deleted_once_the_file_is_imported():
    ingest_all([Source("a.txt", b"not a decision")])
    assert IngestFailure.objects.get().name == "a.txt"
    ingest_all([Source("a.txt", statement())])
    assert not IngestFailure.objects.exists()
