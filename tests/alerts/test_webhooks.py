"""Webhooks: a real receiver, what it can rely on, and where requests never go."""

import base64
import hashlib
import hmac
import http.server
import json
import re
import socket
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from decisions.alerts import outgoing
from decisions.models import Alert
from tests.alerts.conftest import make_alert, pass_when_due
from tests.alerts.test_email_alerts import stamp
from tests.factories import make_decision

pytestmark = pytest.mark.django_db

DOCS = Path(django_settings.BASE_DIR) / "docs" / "alerts.md"


class Receiver(http.server.ThreadingHTTPServer):
    """Keeps the headers and the body of each request; `answer` makes status and body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.answer = lambda content: (200, content["data"].get("challenge", ""))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook?a=b"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(({"path": self.path, **self.headers}, body))
        status, text = self.server.answer(json.loads(body))
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def receiver():
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        yield server
        server.shutdown()


def documented_check():
    """The function that docs/alerts.md gives to people who write a receiver."""
    [code] = re.findall(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    names: dict = {}
    exec(code, names)
    return names["is_genuine"]


def test_a_webhook_is_confirmed_by_its_challenge_and_gets_signed_decisions(client, receiver):
    receiver.answer = lambda content: (200, "thanks")
    fields = {"address": receiver.address, "frequency": "daily", "stamp": stamp()}
    page = client.post("/alerts/new/webhook/?q=bus", fields)
    alert = Alert.objects.get()
    assert alert.secret in page.content.decode()
    assert alert.secret not in client.get("/alerts/new/webhook/").content.decode()
    pass_when_due()
    alert.refresh_from_db()
    assert alert.confirmed_at is None
    assert alert.messages.get().last_error == "its answer did not have the challenge"
    receiver.answer = lambda content: (200, content["data"]["challenge"])
    pass_when_due()
    alert.refresh_from_db()
    assert alert.confirmed_at
    assert alert.secret not in client.get(f"/alerts/{alert.pk}/").content.decode()

    receiver.received.clear()
    make_decision("95 000 001", paragraphs=("The bus was late.",))
    make_decision("95 000 002", paragraphs=("The house was cold.",))
    receiver.answer = lambda content: (500, "")
    pass_when_due()
    receiver.answer = lambda content: (200, "")
    pass_when_due()
    pass_when_due()
    [(failed, _), (headers, body)] = receiver.received
    assert failed["webhook-id"] == headers["webhook-id"]
    assert headers["path"] == "/hook?a=b"
    content = json.loads(body)
    assert content["type"] == "decisions.new"
    assert content["data"]["search"] == "Words: bus"
    [decision] = content["data"]["decisions"]
    assert decision["reference"] == "95 000 001"
    assert decision["address"] == "http://testserver/decisions/95-000-001/"

    key = base64.b64decode(alert.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    is_genuine = documented_check()
    assert is_genuine(alert.secret, headers, body)
    assert not is_genuine(alert.secret, headers, body + b" ")
    old = str(int(headers["webhook-timestamp"]) - 3_600)
    assert not is_genuine(alert.secret, {**headers, "webhook-timestamp": old}, body)


@pytest.mark.parametrize(
    ("status", "paused"), [(500, False), (302, False), (410, True)], ids=["error", "moved", "gone"]
)
def test_a_redirect_is_not_followed_and_gone_is_for_ever(receiver, status, paused):
    secret = "whsec_" + base64.b64encode(b"x" * 32).decode()
    alert = make_alert(channel="webhook", address=receiver.address, secret=secret)
    make_decision("95 000 001")
    receiver.answer = lambda content: (status, "")
    pass_when_due()
    alert.refresh_from_db()
    assert len(receiver.received) == 1
    assert bool(alert.paused_at) is paused
    assert alert.messages.get().last_error == f"it answered with status {status}"


REFUSED = """
http://example.org/
https://127.0.0.1/
https://10.1.2.3/
https://169.254.169.254/latest/meta-data/
https://100.64.0.1/
https://[::1]/
https://[fd00::1]/
https://[::ffff:10.0.0.1]/
https://[64:ff9b::a00:1]/
https://0.0.0.0/
https://224.0.0.1/
https://user:word@example.org/
https://
file:///etc/passwd
https://example.org:x/
https://example.org/a b
https://example.org/\x7f
"""


def test_no_private_address_is_accepted_by_a_public_site(settings):
    settings.PRODUCTION = True
    for address in REFUSED.strip().split("\n"):
        with pytest.raises(outgoing.InvalidAddress):
            outgoing.check_address(address)
    outgoing.check_address("https://example.org:8443/hook?a=b")


def test_a_name_that_leads_inside_is_refused_and_resolved_once(settings, monkeypatch):
    """A name server may answer with a public address first, and with a private one later."""
    settings.PRODUCTION = True
    answers = [["93.184.216.34", "10.0.0.1"], ["93.184.216.34"], ["10.0.0.1"]]
    connected = []

    def resolve(host, port, **options):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answers.pop(0)]

    def connect(address, timeout):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(outgoing.Undeliverable, match="not on the public internet"):
        outgoing.post("https://hook.example/", b"", {})
    assert connected == []
    with pytest.raises(outgoing.Undeliverable, match="ConnectionRefusedError"):
        outgoing.post("https://hook.example/", b"", {})
    assert connected == [("93.184.216.34", 443)]
    assert len(answers) == 1


def test_a_receiver_that_never_ends_is_broken_off(receiver, monkeypatch):
    monkeypatch.setattr(outgoing, "TOTAL_TIMEOUT", 0.2)
    ended = threading.Event()
    receiver.answer = lambda content: (ended.wait(5), (200, ""))[1]
    with pytest.raises(outgoing.Undeliverable):
        outgoing.post(receiver.address, b'{"data": {}}', {})
    ended.set()


def test_many_decisions_come_in_parts(receiver, monkeypatch):
    monkeypatch.setattr("decisions.alerts.matching.MAX_IN_WEBHOOK", 2)
    make_alert(channel="webhook", address=receiver.address, secret="whsec_eA==")
    for number in range(5):
        make_decision(f"95 000 {number:03}")
    pass_when_due()
    parts = [json.loads(body)["data"]["decisions"] for _, body in receiver.received]
    assert sorted(map(len, parts)) == [1, 2, 2]
    assert len({row["reference"] for part in parts for row in part}) == 5
