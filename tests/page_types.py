"""Every type of page there is, on an archive of samples that runs as a user starts it.

The accessibility suite and the contact sheet go through PAGES: whoever adds a type of page adds a
line. What stands in braces is looked up in the archive (`LOOK_UP`).
"""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from playwright.sync_api import Page

from tests.processes import manage, site

PAGES = {
    "home": "/",
    "all decisions": "/decisions/",
    "results": "/decisions/?q=school&outcome=upheld",
    "results, second page": "/decisions/?page=2",
    "results with mistakes": "/decisions/?q=(bus+OR+“taxi&date_from=2021-13-01&council=nowhere",
    "results with answers": "/decisions/?q=what+is+fault",
    "results as charts": "/decisions/charts/?q=school",
    "no file": "/decisions/export.csv?date_from=soon",
    "nothing found": "/decisions/?q=zebra&outcome=upheld&council={council}",
    "all options of a filter": "/decisions/options/?filter=council&q=school",
    "decision": "/decisions/{decision}/",
    "decision, found by words": "/decisions/{decision}/?q=council",
    "quotation": "/decisions/{decision}/quote/?paragraph=1",
    "decision that says little": "/decisions/99-900-001/",
    "history": "/decisions/{decision}/history/",
    "earlier version": "{version}",
    "proof of a received file": "{proof}",
    "withdrawn": "/decisions/99-900-002/",
    "corrected and redacted": "/decisions/99-900-006/",
    "erased": "/decisions/99-900-007/",
    "councils": "/councils/",
    "councils by name": "/councils/?name=borough",
    "council": "/councils/{council}/",
    "categories": "/categories/",
    "category": "/categories/{category}/",
    "subcategory": "/categories/{subcategory}/",
    "reasons": "/reasons/",
    "reason": "/reasons/{reason}/",
    "laws": "/laws/",
    "law": "/laws/{law}/",
    "can I complain": "/can-i-complain/",
    "glossary": "/glossary/",
    "shelf": "/shelf/",
    "check quotations": "/check/",
    "quotations checked": "/check/",
    "help": "/help/",
    "about": "/about/",
    "API": "/api/",
    "data": "/data/",
    "examples": "/examples/",
    "report a mistake": "/report-a-mistake/?reference={decision}",
    "mistake reported": "/report-a-mistake/thanks/?reference={decision}&kind=person",
    "new alert": "/alerts/new/?q=school&council={council}&payment_min=500&outcome=nowhere",
    "new webhook": "/alerts/new/webhook/?q=school",
    "alert": "{alert}",
    "bad request": "/failure/400/",
    "forbidden": "/failure/403/",
    "not found": "/decisions/99-999-999/",
    "decision that is not held": "/decisions/99-900-003/",
    "too many requests": "/failure/429/",
    "failed": "/failure/500/",
    "not available": "/failure/503/",
}

# The others answer with 200.
STATUS = {
    "no file": 400,
    "withdrawn": 410,
    "erased": 410,
    "bad request": 400,
    "forbidden": 403,
    "not found": 404,
    "decision that is not held": 404,
    "too many requests": 429,
    "failed": 500,
    "not available": 503,
}

# What is filled into a page's form and sent: the page that answers is shown.
SENT = {
    "quotations checked": (
        "The Ombudsman said: “{words}” ({decision}). It also said “zebras gallop over purple"
        " moons” ({decision}), and “{altered} [they] … said” (99 999 999).\n\n> {altered}\n"
        "\n({decision})\n\nDecision 99-900-002 said “it was withdrawn”. Then “fault”."
    )
}

# The richest of each kind, so that everything a page can show is shown.
LOOK_UP = """
import json
from collections import Counter
from django.contrib.auth.models import User
from django.db.models import Count
from decisions import alerts, stewardship
from decisions.models import Alert, Capture, CaptureLogHead
from decisions.alerts.tokens import management_address
from decisions.models import Category, Council, Decision, Provision
from decisions.web.mementos import version_address
from tests.factories import make_decision

if not Decision.objects.filter(reference="99 900 001").exists():
    make_decision(
        "99 900 001", council=None, category=None, outcome=None, decided_on=None, summary=None
    )
    make_decision("99 900 002", withdrawn_at="2024-01-01T00:00:00Z")
    anna, ben = (User.objects.create_superuser(name) for name in ("anna", "ben"))
    changed = make_decision("99 900 006", paragraphs=("Mr Smith complains about a bus.",))
    stewardship.correct(changed, {"decided_on": None, "outcome": None}, anna, "Letter")
    stewardship.redact(changed, ["Smith"], anna, "identifiable", "Letter")
    erased = make_decision("99 900 007")
    stewardship.request_erasure(erased, anna, "court", "Order")
    stewardship.confirm_erasure(erased.erasure_request, ben, "Order")
if not (logged := Capture.objects.filter(decision__reference="99 900 004").first()):
    logged = Capture.objects.create(
        decision=make_decision("99 900 004"), sha256="5e" * 32, name="a.html", content=b"<p>A page"
    )
    CaptureLogHead.objects.create(
        size=57500, root=b"r" * 32, stamped_at=logged.received_at, reply=b"", certificates="",
        checksum=b"",
    )
samples = Decision.objects.filter(is_sample=True, outcome__slug="upheld").exclude(payment=None)
decision = samples.order_by("-remedies__len", "pk").first()
most = Council.objects.annotate(n=Count("decision")).order_by("-n", "pk").first()
tops = Category.objects.annotate(n=Count("subcategories")).order_by("-n", "pk")
reasons = Counter(reason for row in Decision.objects.all() for reason in row.reasons)
fields = {
    "channel": "email", "address": "reader@example.org", "frequency": "daily",
    "query": {}, "description": "Words: school\\nOutcome: Upheld", "parameters": "q=school",
}
alert = alerts.confirm(Alert.objects.create(**fields).pk)
print(json.dumps({
    "alert": management_address(alert),
    "reason": next(code for code, count in reasons.most_common() if code != "not-stated"),
    "decision": decision.slug,
    "version": version_address(decision, decision.captures.first()),
    "proof": f"/decisions/99-900-004/proof/{logged.sha256}/",
    "words": (first := decision.document_paragraphs[0].text),
    "altered": " ".join(["Then", *first.split()[1:]]),
    "council": most.slug,
    "category": tops.first().path,
    "subcategory": Category.objects.exclude(parent=None).first().path,
    "law": Provision.objects.annotate(n=Count("subdivisions")).order_by("-n", "pk").first().key,
}))
"""


@dataclass(frozen=True)
class Archive:
    """A running site: its address without the last slash, its data, what PAGES has in braces."""

    url: str
    data_dir: Path
    names: dict[str, str]

    def address(self, page_type: str) -> str:
        return PAGES[page_type].format_map(self.names)

    def visit(self, page: Page, page_type: str) -> None:
        """Open a page of that type, whose browser context has our address as its base."""
        address = self.address(page_type)
        if address.startswith("/failure/"):
            fail(page, int(address.split("/")[2]))
        search_results = page.goto(address)
        assert search_results is not None
        assert search_results.status == STATUS.get(page_type, 200), address
        if page_type in SENT:
            page.locator("main form textarea").fill(SENT[page_type].format_map(self.names))
            page.locator("main form button").click()
            page.wait_for_load_state()


def fail(page: Page, status: int) -> None:
    """Have `/failure/STATUS/` answer with the page of that failure, as the site would send it.

    Nobody can make a running site fail in every way.
    """
    html = render_to_string(f"{status}.html")
    page.route(
        f"**/failure/{status}/",
        lambda route: route.fulfill(status=status, body=html, content_type="text/html"),
    )


@contextlib.contextmanager
def sample_archive(
    data_dir: Path, log: Path, count: int = 60, **variables: object
) -> Iterator[Archive]:
    """`manage.py run` with `count` samples, and what samples lack."""
    # Nobody listens there: pages offer alerts by e-mail, and none is sent.
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1, "DEFAULT_FROM_EMAIL": "a@example.org"}
    with site(data_dir, log, **{"SAMPLE": count, **mail, **variables}) as running:
        url = running.url
        found = manage("shell", "-v0", "-c", LOOK_UP, DATA_DIR=data_dir)
        assert found.returncode == 0, found.stderr
        yield Archive(url, data_dir, json.loads(found.stdout.splitlines()[-1]))
