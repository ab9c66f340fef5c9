"""Alerts by e-mail, from the form to the end, through a real mail server."""

import datetime
import re
import time
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.core.signing import TimestampSigner, b62_encode
from django.db import connections
from django.test import Client
from django.utils import timezone

from decisions import alerts
from decisions.alerts import matching, schedule, sending, worker
from decisions.models import Alert, AlertMessage, Decision, delete_expired_alerts
from decisions.search import Percolator, SearchQuery
from decisions.web.presenters.list_links import list_links
from tests.alerts.conftest import READER, make_alert, pass_when_due, references
from tests.factories import begin_next_change, make_council, make_decision
from tests.reading import text, texts

pytestmark = pytest.mark.django_db

FORM = "/alerts/new/"


def stamp() -> str:
    signer = TimestampSigner(salt="decisions.alert")
    signer.timestamp = lambda: b62_encode(int(time.time() - 60))
    return signer.sign("x")


def ask(client: Client, parameters: str = "", headers=None, **changes):
    fields = {"address": READER, "frequency": "daily", "stamp": stamp(), **changes}
    return client.post(f"{FORM}{parameters}", fields, headers=headers)


def body_of(message) -> str:
    return message.get_content().replace("\r\n", "\n")


def path_in(body: str, start: str) -> str:
    [address] = re.findall(rf"^http\S+{start}\S+$", body, re.MULTILINE)
    return urlsplit(address).path


@pytest.mark.slow
def test_an_alert_from_its_form_to_its_end(see, mail):
    client = Client(enforce_csrf_checks=True)
    make_decision("95 000 001", paragraphs=("The school bus was late.",))
    links = see("/decisions/?q=school++bus&outcome=upheld&sort=oldest&size=50")
    page = see(links.find("a", string="E-mail alert")["href"])
    assert texts(page, ".alert-search li") == ["Words: school bus", "Outcome: Upheld"]

    action = urlsplit(page.select_one("form.report-form")["action"])
    answer = ask(client, f"?{action.query}", frequency="weekly")
    assert (answer.status_code, answer.url) == (302, "/alerts/requested/")
    assert not client.cookies
    assert mail.received == []

    # A link that is opened changes nothing; its button does.
    assert alerts.run_once()
    [(recipients, first)] = mail.received
    assert recipients == [READER]
    body = body_of(first)
    assert "  Words: school bus\n  Outcome: Upheld\n" in body
    link = path_in(body, "/alerts/confirm/")
    assert "Confirm the alert" in text(see(link).main)
    assert not Alert.objects.confirmed().exists()
    assert client.post(link[:-2] + "x/").status_code == 410
    assert client.post(link).status_code == 302
    assert Alert.objects.get().confirmed_at
    begin_next_change()

    new = make_decision(
        "95 000 002", paragraphs=("Mr X complains.", "The bus to <school> never came.")
    )
    make_decision("95 000 003", outcome="Not upheld", paragraphs=("The school bus was late.",))
    make_decision("95 000 004", category=("Housing", None), paragraphs=("The house was cold.",))
    # A correction does not make an earlier decision new.
    Decision.objects.filter(reference="95 000 001").update(summary="Corrected.")
    assert alerts.run_once()
    assert len(mail.received) == 1  # it is not Monday morning yet
    pass_when_due()
    [_, (recipients, message)] = mail.received
    body = body_of(message)
    assert recipients == [READER]
    assert references(body) == [new.reference]
    assert message["Subject"].endswith("1 new decision: Words: school bus, Outcome: Upheld")
    assert "Paragraph 2: The bus to <school> never came." in body
    assert "http://testserver/decisions/95-000-002/?q=school%20bus" in body
    assert "http://testserver/decisions/?q=school+bus&outcome=upheld&sort=newest" in body
    assert message.get_content_type() == "text/plain"
    pass_when_due()
    assert len(mail.received) == 2

    # RFC 8058: a mail program sends this, from anywhere, without a cookie.
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = dict(message.raw_items())["List-Unsubscribe"]  # no mail program decodes it
    stop = urlsplit(raw.strip(" \r\n<>")).path
    assert stop == path_in(body, "/alerts/(?!confirm)")
    assert "Stop this alert" in text(see(stop).main)
    assert Alert.objects.exists()
    one_click = {"List-Unsubscribe": "One-Click"}
    answer = client.post(stop, one_click, headers={"Origin": "https://mail.example"})
    assert answer.status_code == 200
    assert not Alert.objects.exists()
    assert not AlertMessage.objects.exists()
    assert client.post(stop, one_click).status_code == 200
    assert client.get(stop).status_code == 410


def test_each_decision_is_sent_once_whatever_becomes_of_it(mail):
    make_alert()
    withdrawn = make_decision("95 000 001")
    deleted = make_decision("95 000 002")
    begin_next_change()
    matching.write_messages()
    Alert.objects.update(next_at=timezone.now())
    assert matching.write_messages() == 1
    # Withdrawn after the message was written, and before it was sent.
    Decision.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    pass_when_due()
    assert references(body_of(mail.received[0][1])) == ["95 000 002"]

    later = make_alert(address="later@example.org")
    Decision.objects.filter(pk=withdrawn.pk).update(withdrawn_at=None)
    deleted.delete()
    make_decision("95 000 002")
    begin_next_change()
    pass_when_due()
    [_, (recipients, message)] = mail.received
    assert recipients == [READER]
    assert references(body_of(message)) == ["95 000 001"]
    pass_when_due()
    assert len(mail.received) == 2
    assert not later.messages.exists()


def test_a_message_and_its_watermark_are_written_together(mail, monkeypatch):
    make_alert()
    make_decision("95 000 001")

    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(matching, "next_search", killed)
        with pytest.raises(KeyboardInterrupt):
            pass_when_due()
    assert not AlertMessage.objects.exists()
    pass_when_due()
    pass_when_due()
    assert [references(body_of(message)) for _, message in mail.received] == [["95 000 001"]]


def test_what_fails_stops_nothing_else(mail, monkeypatch):
    """Neither a search that the engine cannot run, nor a message that cannot be made."""
    broken = make_alert(SearchQuery("broken"), address="broken@example.org")
    unsendable = make_alert(channel="webhook", address="http://127.0.0.1:1/")
    make_alert()
    make_decision("95 000 001")
    matches = Percolator.matches

    def fail(self, search_query):
        if search_query.text == "broken":
            raise RuntimeError
        return matches(self, search_query)

    def fail_too(*args):
        raise KeyError("webhook")

    monkeypatch.setattr(Percolator, "matches", fail)
    monkeypatch.setattr(sending.webhooks, "decisions_body", fail_too)
    pass_when_due()
    assert [recipients for recipients, _ in mail.received] == [[READER]]
    broken.refresh_from_db()
    assert broken.paused_reason == "Its search failed; the log says why."
    assert unsendable.messages.get().last_error == "an error of the archive (KeyError)"
    # Once it is resumed, it is searched from where it was.
    monkeypatch.undo()
    make_decision("95 000 002", paragraphs=("The bus was broken.",))
    Alert.objects.filter(pk=broken.pk).resume()
    pass_when_due()
    [(_, message)] = [row for row in mail.received if row[0] == ["broken@example.org"]]
    assert references(body_of(message)) == ["95 000 002"]


def test_a_long_list_says_how_much_it_leaves_out(mail):
    make_alert()
    for number in range(52):
        make_decision(f"95 000 {number:03}", decided_on="2024-01-01")
    pass_when_due()
    [(_, message)] = mail.received
    body = body_of(message)
    assert message["Subject"].endswith("52 new decisions: All decisions")
    assert references(body) == [f"95 000 {number:03}" for number in range(51, 1, -1)]
    assert "This e-mail lists 50 of them. 2 more are in the list:" in body


def test_a_failing_mail_server_delays_and_a_refusal_pauses(mail, settings, caplog, admin_client):
    alert = make_alert()
    make_decision("95 000 001")
    settings.EMAIL_PORT = 1  # nobody listens there
    pass_when_due()
    alert.refresh_from_db()
    assert alert.paused_at is None
    [message] = alert.messages.all()
    assert message.last_error == "the mail server cannot be used (ConnectionRefusedError)"

    def state() -> str:
        page = BeautifulSoup(admin_client.get("/admin/decisions/alert/").content, "lxml")
        assert READER not in str(page)
        assert (
            READER
            not in admin_client.get(
                f"/admin/decisions/alert/{alert.pk.hex}/change/", follow=True
            ).content.decode()
        )
        return text(page.select_one(".field-state"))

    assert state().startswith("Failing, and tried again: the mail server cannot be used")
    settings.EMAIL_PORT = mail.port
    mail.refuses, mail.refusal = True, f"450 {READER} is over its quota"
    pass_when_due()
    message.refresh_from_db()
    assert message.last_error == "the mail server said 450 the address is over its quota"
    assert message.next_attempt_at > timezone.now()
    assert state().startswith("Failing")
    mail.refusal = f"550 <{READER}>: no such mailbox"
    pass_when_due()
    assert "550 <the address>: no such mailbox" in state()
    assert state().startswith("Paused on")

    mail.refuses = False
    make_decision("95 000 002")
    pass_when_due()
    assert mail.received == []
    chosen = {"action": "resume", "_selected_action": [str(alert.pk)]}
    assert admin_client.post("/admin/decisions/alert/", chosen).status_code == 302
    pass_when_due()
    sent = [references(body_of(message)) for _, message in mail.received]
    assert sent == [["95 000 001"], ["95 000 002"]]
    assert state() == "Active"
    assert READER not in caplog.text


def test_what_fails_for_days_is_paused_and_kept_no_longer_than_said(mail):
    alert = make_alert()
    make_decision("95 000 001")
    mail.refuses, mail.refusal = True, "450 try again later"
    pass_when_due()
    alert.messages.update(first_failed_at=timezone.now() - datetime.timedelta(days=5))
    pass_when_due()
    alert.refresh_from_db()
    assert "said 450 try again later" in alert.paused_reason

    Alert.objects.create(channel="email", address="x@example.org", frequency="daily", query={})
    delete_expired_alerts()
    assert Alert.objects.count() == 2
    Alert.objects.filter(confirmed_at=None).update(
        created_at=timezone.now() - datetime.timedelta(days=3, minutes=1)
    )
    delete_expired_alerts()
    assert Alert.objects.get() == alert
    Alert.objects.update(paused_at=timezone.now() - datetime.timedelta(days=91))
    delete_expired_alerts()
    assert not Alert.objects.exists()


def test_the_same_search_confirmed_twice_is_one_alert(mail):
    first = make_alert(SearchQuery("school bus", terms={"outcome": ("upheld", "closed")}))
    make_decision("95 000 001", paragraphs=("The school bus was late.",))
    same = SearchQuery("school  bus", terms={"outcome": ("closed", "upheld")}, page=2)
    assert make_alert(same, frequency="weekly") == first
    assert Alert.objects.get().frequency == "weekly"
    other = make_alert(SearchQuery("bus school"))
    pass_when_due()
    assert [references(body_of(message)) for _, message in mail.received] == [["95 000 001"]]
    assert not other.messages.exists()


def test_an_alert_outlives_its_council(mail):
    old, new = make_council("Old Council"), make_council("New Council")
    make_alert(SearchQuery(terms={"council": ("old-council",)}))
    old.merge_into(new)
    make_decision("95 000 001", council="New Council")
    make_decision("95 000 002", council="Another Council")
    pass_when_due()
    assert [references(body_of(message)) for _, message in mail.received] == [["95 000 001"]]


def test_what_is_refused_and_why(client, mail, settings):
    def problems(response) -> list[str]:
        page = BeautifulSoup(response.content, "lxml")
        assert text(page.select_one(".problems h2")) == "The alert was not made"
        return texts(page, ".problems li")

    wrong = ask(client, address="reader", frequency="hourly")
    assert wrong.status_code == 422
    assert problems(wrong) == [
        "Your e-mail address should look like name@example.org.",
        "Choose how often.",
    ]
    assert ask(client, website="x").status_code == 422
    assert ask(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not Alert.objects.exists()

    for number in range(alerts.MAX_REQUESTS):
        # The sixth is answered like the first, though it makes no alert.
        assert ask(client, f"?q=word{number}").status_code == 302
    assert Alert.objects.count() == 5
    assert "has asked for 10 alerts" in problems(ask(client))[0]

    settings.EMAIL_HOST = ""
    page = BeautifulSoup(client.get(f"{FORM}?q=bus").content, "lxml")
    assert "This archive does not send e-mails." in text(page.main)
    assert page.select_one("form.report-form") is None
    assert page.select_one(".notice a")["href"] == "/decisions/feed.atom?q=bus"
    assert ask(client).status_code == 503
    assert "E-mail alert" not in [link.label for link in list_links()]


def test_alerts_are_searched_in_the_morning_by_the_clock():
    zone = timezone.get_default_timezone()

    def following(frequency: str, *at: int) -> datetime.datetime:
        return schedule.next_search(frequency, datetime.datetime(*at, tzinfo=zone))

    def seven(*day: int) -> datetime.datetime:
        return datetime.datetime(*day, 7, tzinfo=zone)

    assert following("daily", 2026, 3, 28, 6, 59) == seven(2026, 3, 28)
    assert following("daily", 2026, 3, 28, 7) == seven(2026, 3, 29)  # the clocks change then
    assert following("weekly", 2026, 3, 23, 7) == seven(2026, 3, 30)


def test_two_workers_do_not_work_at_once(mail):
    make_alert()
    make_decision("95 000 001")
    Alert.objects.update(next_at=timezone.now())
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [worker.LOCK_KEY])
            assert not alerts.run_once()
            assert not AlertMessage.objects.exists()
            # PostgreSQL notices only later that a connection was closed.
            cursor.execute("SELECT pg_advisory_unlock(%s)", [worker.LOCK_KEY])
    finally:
        other.close()
    pass_when_due()
    assert len(mail.received) == 1
