"""How staff deal with the mistakes that readers report."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from decisions.models import MistakeReport
from tests.factories import make_decision, make_mistake_report
from tests.reading import text, texts

pytestmark = pytest.mark.django_db

LIST = "/admin/decisions/mistakereport/"


@pytest.fixture
def look(admin_client):
    def look(address: str) -> BeautifulSoup:
        response = admin_client.get(address)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return look


def change_address(report: MistakeReport) -> str:
    return f"{LIST}{report.pk}/change/"


def listed(page) -> list[str]:
    return texts(page, "#result_list .field-excerpt")


@pytest.fixture
def reports():
    """Four reports, by name."""
    return {
        "old": make_mistake_report(message="old", received_at="2026-01-01T00:00:00Z"),
        "new": make_mistake_report(message="new", received_at="2026-02-01T00:00:00Z"),
        "urgent": make_mistake_report(
            message="urgent", kind="person", received_at="2026-01-15T00:00:00Z"
        ),
        "done": make_mistake_report(message="done", kind="person", dealt_with_at=timezone.now()),
    }


def test_the_front_page_says_how_many_reports_wait_the_urgent_ones_first(look, reports):
    page = look("/admin/")
    assert texts(page, "#open-reports li") == [
        "1 urgent report to deal with",
        "2 other reports of mistakes to deal with",
    ]
    assert listed(look(page.select_one("#open-reports a")["href"])) == ["urgent"]
    MistakeReport.objects.open().delete()
    assert look("/admin/").select_one("#open-reports") is None


def test_urgent_open_reports_come_first_and_finished_ones_last(look, reports):
    assert listed(look(LIST)) == ["urgent", "new", "old", "done"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("urgent", ["urgent"]),
        ("open", ["urgent", "new", "old"]),
        ("dealt-with", ["done"]),
    ],
)
def test_reports_are_filtered_by_state(look, reports, state, expected):
    assert listed(look(f"{LIST}?state={state}")) == expected


def test_reports_are_found_by_reference_and_words(look):
    make_mistake_report("95 000 001", message="the date")
    make_mistake_report("95 000 002", message="the council")
    assert listed(look(f"{LIST}?q=95+000+001")) == ["the date"]
    assert listed(look(f"{LIST}?q=council")) == ["the council"]


def test_a_report_links_to_its_decision(look):
    decision = make_decision("95 000 001")
    report = make_mistake_report("95 000 001")
    withdraw = f"/admin/decisions/decision/{decision.pk}/change/"
    assert look(LIST).select_one(".field-decision_link a")["href"] == withdraw
    page = look(change_address(report))
    assert page.select_one(".field-decision_link a")["href"] == withdraw
    assert page.select_one(".field-page_link a")["href"] == "/decisions/95-000-001/"


def test_a_report_stays_when_its_decision_is_deleted(look):
    decision = make_decision("95 000 001", is_sample=True)
    report = make_mistake_report("95 000 001")
    decision.delete()
    assert texts(look(LIST), ".field-decision_link") == ["95 000 001"]
    assert "95 000 001" in text(look(change_address(report)).main)


def test_a_report_is_shown_as_it_was_written(look):
    report = make_mistake_report(
        message="<b>One</b>\nTwo", contact="reader@example.org", kind="person"
    )
    page = look(change_address(report))
    assert "<b>One</b>" in text(page.select_one(".field-message"))
    assert page.select_one(".field-contact_link a")["href"] == "mailto:reader@example.org"
    assert text(page.select_one(".field-about strong")) == "Someone can be recognised (urgent)"
    assert page.select("textarea") == []


def test_a_report_is_marked_as_dealt_with_on_its_page(look, admin_client, admin_user):
    report = make_mistake_report(contact="reader@example.org")
    address = change_address(report)
    assert not look(address).select_one("#id_is_dealt_with").has_attr("checked")
    assert admin_client.post(address, {"is_dealt_with": "on"}).status_code == 302
    report.refresh_from_db()
    assert (report.contact, report.dealt_with_by) == ("", admin_user)
    page = look(address)
    assert page.select_one("#id_is_dealt_with").has_attr("checked")
    assert f"Dealt with on {timezone.now():%-d %B %Y} by admin" in text(page.main)
    assert "reader@example.org" not in text(page.main)

    admin_client.post(address, {})
    report.refresh_from_db()
    assert report.dealt_with_at is None


def test_reports_are_marked_and_opened_again_together(look, admin_client, reports):
    chosen = {"_selected_action": [reports["old"].pk, reports["urgent"].pk]}
    page = admin_client.post(LIST, {"action": "deal_with", **chosen}, follow=True)
    assert "2 marked as dealt with" in page.content.decode()
    assert MistakeReport.objects.open().get() == reports["new"]
    page = admin_client.post(LIST, {"action": "reopen", **chosen}, follow=True)
    assert "2 opened again" in page.content.decode()
    assert MistakeReport.objects.open().count() == 3


def test_staff_see_whether_a_report_was_sent_by_e_mail(look):
    report = make_mistake_report()
    [icon] = look(change_address(report)).select(".field-emailed img")
    assert icon["alt"] == "False"
    MistakeReport.objects.update(emailed_at=timezone.now())
    [icon] = look(change_address(report)).select(".field-emailed img")
    assert icon["alt"] == "True"


def test_nobody_writes_a_report_in_the_admin(admin_client):
    assert admin_client.get(f"{LIST}add/").status_code == 403


def test_the_list_needs_permission(client):
    viewer = User.objects.create_user("viewer", is_staff=True)
    client.force_login(viewer)
    assert client.get(LIST).status_code == 403
    viewer.user_permissions.add(Permission.objects.get(codename="view_mistakereport"))
    report = make_mistake_report()
    assert client.get(LIST).status_code == 200
    assert client.post(change_address(report), {"is_dealt_with": "on"}).status_code == 403
    assert MistakeReport.objects.open().exists()


def test_the_number_of_queries_does_not_grow(look, django_assert_max_num_queries):
    for number in range(20):
        decision = make_decision()
        report = make_mistake_report(decision.reference, message=str(number))
        user = User.objects.create_user(str(number))
        MistakeReport.objects.filter(pk=report.pk).deal_with(user)
    with django_assert_max_num_queries(9):
        look(LIST)
