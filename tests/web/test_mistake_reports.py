"""Reporting a mistake: the form, what is refused and why, the limit, and the e-mail to staff."""

import time

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.signing import TimestampSigner, b62_encode

from decisions.models import MistakeReport, ReportCount
from decisions.web.mistake_report_form import MAX_MESSAGE
from decisions.web.reader_form import MAX_SECONDS_OPEN
from tests.factories import make_decision
from tests.reading import text, texts
from tests.smtp_server import mail_server

pytestmark = pytest.mark.django_db

FORM = "/report-a-mistake/"


@pytest.fixture(autouse=True)
def decision():
    return make_decision("95 000 001", council="Kent County Council")


def stamp(seconds: float) -> str:
    """The stamp of a form that has been open for so long."""
    signer = TimestampSigner(salt="decisions.mistake_report")
    signer.timestamp = lambda: b62_encode(int(time.time() - seconds))
    return signer.sign("x")


def filled(page: Tag, **changes: str) -> dict[str, str]:
    """What a browser sends of this page's form, after a minute, with these changes."""
    fields = page.select("form[method=post] :is(input:not([type=radio]), textarea)")
    values = {field["name"]: field.get("value") or text(field) for field in fields}
    values |= {radio["name"]: radio["value"] for radio in page.select("input[checked]")}
    return {**values, "stamp": stamp(60), **changes}


@pytest.fixture
def send(client, see):
    """Fills in and sends the form; returns the page that answers it."""

    def send(status: int = 302, headers: dict[str, str] | None = None, **changes: str) -> Tag:
        report = {"kind": "finding", "message": "It was not late.", **changes}
        response = client.post(FORM, filled(see(FORM), **report), headers=headers)
        assert response.status_code == status
        if status == 302:
            response = client.get(response.url)
            assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml")

    return send


def errors(page: Tag) -> list[str]:
    assert text(page.select_one(".problems h2")) == "Your report was not sent"
    assert page.title.string.startswith("Error: ")
    return texts(page, ".problems li")


def test_a_decision_leads_to_the_form_with_its_reference_filled_in(see):
    link = see("/decisions/95-000-001/").find("a", string="Report a mistake")
    page = see(link["href"])
    assert page.select_one("[name=reference]")["value"] == "95 000 001"
    assert "a mistake in Kent County Council (95 000 001)" in text(page.main)
    assert page.select_one(".breadcrumbs a")["href"] == "/decisions/95-000-001/"


def test_the_about_page_leads_to_an_empty_form(see):
    link = see("/about/").find("a", string="Report a mistake")
    page = see(link["href"])
    assert page.select_one("[name=reference]").get("value", "") == ""
    assert page.select(".problems") == []


@pytest.mark.parametrize("reference", ["99-999-999", "kent", "<script>"])
def test_a_form_for_an_unknown_decision_is_empty(see, reference):
    page = see(f"{FORM}?reference={reference}")
    assert page.select_one("[name=reference]").get("value", "") == ""


def test_a_report_is_stored_as_it_was_written(send):
    page = send(
        reference="95-000-001",
        kind="text",
        message="  Paragraph 3\r\nlacks “not”. ",
        contact="reader@example.org",
    )
    report = MistakeReport.objects.get()
    assert (report.reference, report.kind) == ("95 000 001", "text")
    assert report.message == "Paragraph 3\nlacks “not”."
    assert report.contact == "reader@example.org"
    assert report.dealt_with_at is None
    assert "95 000 001" in text(page.select_one(".lead"))
    assert page.find("a", string="Back to the decision")["href"] == "/decisions/95-000-001/"


def test_a_report_needs_neither_a_decision_nor_an_address(send):
    page = send()
    report = MistakeReport.objects.get()
    assert (report.reference, report.contact) == ("", "")
    assert page.find("a", string="Back to the decision") is None


def test_the_page_that_thanks_says_what_happens_next(send):
    assert "compare this archive with what the Ombudsman published" in text(send().main)
    urgent = text(send(kind="person").main)
    assert "It is marked urgent." in urgent
    assert "take the decision down" in urgent
    assert MistakeReport.objects.get(kind="person").is_urgent


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("reference", "kent", "“kent” is not a reference. A reference looks like 21 019 030."),
        (
            "reference",
            "99 999 999",
            "There is no decision 99 999 999 in this archive. Correct the reference, or leave it"
            " empty.",
        ),
        (
            "reference",
            "1" * 41,
            "This is too long for a reference. A reference looks like 21 019 030.",
        ),
        ("kind", "", "Choose what your report is about."),
        ("message", " \r\n ", "Write what is wrong."),
        (
            "message",
            "x" * (MAX_MESSAGE + 1),
            "“What is wrong?” must have 4,000 characters or fewer. What you wrote has 4001.",
        ),
        (
            "contact",
            "reader at home",
            "Your e-mail address should look like name@example.org. You may also leave it empty.",
        ),
    ],
)
def test_an_error_is_shown_at_its_field_and_keeps_the_rest(send, field, value, says):
    given = {
        "reference": "95 000 001",
        "kind": "person",
        "message": "A <b>name</b> is printed.",
        "contact": "reader@example.org",
    }
    page = send(422, **given | {field: value})
    assert errors(page) == [says]
    target = page.select_one(page.select_one(".problems a")["href"])
    assert target["name"] == field
    box = target.find_parent(class_="form-field")
    assert text(box.select_one(".error")) == says
    described = box.select_one("[aria-describedby]")["aria-describedby"].split()
    assert box.select_one(".error")["id"] in described
    assert not MistakeReport.objects.exists()
    shown = filled(page)
    for name in given.keys() - {field}:
        assert shown[name] == given[name]


def test_every_error_is_shown_at_once(send):
    assert len(errors(send(422, reference="x", kind="", message="", contact="x"))) == 4


def test_a_line_break_counts_as_one_character(send):
    """Browsers send two, and count one."""
    send(message="\r\n".join(["x"] * (MAX_MESSAGE // 2)))
    assert len(MistakeReport.objects.get().message) == MAX_MESSAGE - 1


def test_the_limits_are_stated(see):
    assert "At most 4,000 characters" in text(see(FORM).main)


@pytest.mark.parametrize(
    ("opened", "changes", "says"),
    [
        (MAX_SECONDS_OPEN + 60, {}, "This form was open for more than a day."),
        (0, {}, "This form was sent faster than people can write."),
        (60, {"stamp": stamp(60) + "x"}, "This form did not come from our page."),
        (60, {"website": "x"}, "Your browser filled in a field that people do not see."),
    ],
)
def test_what_looks_like_a_program_may_be_sent_again(send, client, opened, changes, says):
    page = send(422, **{"stamp": stamp(opened), **changes})
    [error] = errors(page)
    assert error.startswith(says)
    assert error.endswith("What you wrote is still here. Send it again.")
    assert not MistakeReport.objects.exists()
    again = filled(page)
    assert (again["message"], again["website"]) == ("It was not late.", "")
    assert client.post(FORM, again).status_code == 302
    assert MistakeReport.objects.get().message == "It was not late."


def test_an_error_of_a_field_is_shown_alone(send):
    assert errors(send(422, message="", stamp=stamp(0), website="x")) == ["Write what is wrong."]


def test_a_form_with_an_error_keeps_its_time(send):
    """Otherwise a quick correction would be taken for a program's."""
    opened = stamp(60)
    page = send(422, stamp=opened, message="")
    assert page.select_one("[name=stamp]")["value"] == opened
    page = send(422, stamp="forged")
    assert page.select_one("[name=stamp]")["value"] != "forged"


def test_a_report_sent_twice_is_stored_once(send):
    first = send(message="Late.", reference="95 000 001")
    second = send(message="Late.", reference="95 000 001")
    assert text(first.main) == text(second.main)
    assert MistakeReport.objects.count() == 1
    assert ReportCount.objects.get().count == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"message": "Late, and wrong."},
        {"kind": "person"},
        {"reference": "95 000 001"},
        {"contact": "reader@example.org"},
    ],
)
def test_a_form_that_was_changed_after_going_back_is_another_report(send, changed):
    send(message="Late.")
    send(**{"message": "Late."} | changed)
    assert MistakeReport.objects.count() == 2


def test_a_mistake_that_comes_back_can_be_reported_anew(send, admin_user):
    send(message="Late.")
    MistakeReport.objects.deal_with(admin_user)
    send(message="Late.")
    assert MistakeReport.objects.open().count() == 1
    assert MistakeReport.objects.reopen() == 1


def test_a_network_may_send_five_reports_an_hour(send, settings):
    settings.CONTACT = "archive@example.org"
    for number in range(5):
        send(message=f"Mistake {number}")
    page = send(429, message="Mistake 5")
    [error] = errors(page)
    assert "has sent 5 reports within 60 minutes" in error
    assert "use archive@example.org" in error
    assert filled(page)["message"] == "Mistake 5"
    assert MistakeReport.objects.count() == 5
    settings.TRUSTED_PROXIES = 1
    send(message="Mistake 5", headers={"X-Forwarded-For": "203.0.113.5"})
    assert MistakeReport.objects.count() == 6


def test_a_refused_form_does_not_count(send):
    for _ in range(6):
        send(422, message="")
    assert not ReportCount.objects.exists()


def test_no_address_is_stored(send, settings):
    send(headers={"X-Forwarded-For": "203.0.113.5"})
    counted = ReportCount.objects.get().network
    assert len(counted) == 64
    assert "127.0.0.1" not in counted
    settings.SECRET_KEY = "another key"
    send(message="Another mistake.")
    assert ReportCount.objects.count() == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://testserver.evil.example"},
    ],
)
def test_another_site_cannot_send_the_form(send, headers):
    page = send(403, headers=headers)
    assert errors(page) == ["This form was sent from another site. Send it again from this page."]
    assert not MistakeReport.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
        {"Origin": "https://archive.example"},
        {"Origin": "https://www.archive.example"},
    ],
)
def test_this_site_can_send_the_form(send, settings, headers):
    settings.SITE_URL = "https://archive.example"
    settings.CSRF_TRUSTED_ORIGINS = ["https://www.archive.example"]
    send(headers=headers)
    assert MistakeReport.objects.count() == 1


def test_neither_the_form_nor_sending_it_sets_a_cookie(client, see, send):
    send()
    send(422, message="")
    assert not client.cookies


def test_the_form_is_not_cached_for_others_and_not_listed(client):
    response = client.get(FORM)
    assert response["Cache-Control"] == "private, no-cache"
    assert "noindex" in response["X-Robots-Tag"]
    # `no-store` would make browsers forget what a reader wrote when they go back.
    assert "no-store" not in response["Cache-Control"]


def test_what_readers_write_is_escaped(send):
    page = send(422, reference="<script>alert(1)</script>", message="</textarea><script>x</script>")
    assert all(script.get("src") or script.get("type") for script in page.select("script"))
    assert filled(page)["message"] == "</textarea><script>x</script>"


@pytest.fixture
def server(settings):
    """A mail server that the archive is set up to use."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "Archive <archive@example.org>"
        settings.REPORT_RECIPIENTS = ["one@example.org", "two@example.org"]
        yield server


def test_staff_get_a_report_by_e_mail(send, settings, server):
    settings.ARCHIVE_NAME = "Complaints Archive"
    send(
        reference="95 000 001",
        kind="person",
        message="Müller’s name\n.\nis in ¶ 3.",
        contact="reader@example.org",
    )
    report = MistakeReport.objects.get()
    [(recipients, message)] = server.received
    assert recipients == ["one@example.org", "two@example.org"]
    assert message["From"] == "Archive <archive@example.org>"
    assert message["Subject"] == (
        "[Complaints Archive] Urgent: someone can be recognised in 95 000 001"
    )
    body = message.get_content().replace("\r\n", "\n")
    assert "Müller’s name\n.\nis in ¶ 3." in body
    assert "http://testserver/decisions/95-000-001/" in body
    assert f"http://testserver/admin/decisions/mistakereport/{report.pk}/change/" in body
    assert "reader@example.org" not in body + str(message.items())
    assert report.emailed_at is not None


def test_other_reports_are_not_called_urgent(send, server):
    send()
    [(_, message)] = server.received
    assert message["Subject"] == "[Ombudsman Decisions] A reader reports a mistake"


def test_a_report_sent_twice_is_sent_to_staff_once(send, server):
    send()
    send()
    assert len(server.received) == 1


def test_a_mail_server_that_refuses_loses_no_report(send, server, caplog):
    server.refuses = True
    send()
    assert MistakeReport.objects.get().emailed_at is None
    assert "could not be sent by e-mail" in caplog.text


def test_a_mail_server_that_is_not_there_loses_no_report(send, settings, caplog):
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.DEFAULT_FROM_EMAIL = "archive@example.org"
    settings.REPORT_RECIPIENTS = ["one@example.org"]
    send()
    assert MistakeReport.objects.get().emailed_at is None
    assert "could not be sent by e-mail" in caplog.text


@pytest.mark.parametrize("missing", ["EMAIL_HOST", "DEFAULT_FROM_EMAIL", "REPORT_RECIPIENTS"])
def test_without_mail_set_up_a_report_is_only_stored(send, settings, server, caplog, missing):
    setattr(settings, missing, type(getattr(settings, missing))())
    send()
    assert MistakeReport.objects.get().emailed_at is None
    assert server.received == []
    assert "e-mail" not in caplog.text
