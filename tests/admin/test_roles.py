"""What each role may and may not do: every page and act of the admin, asked for by each."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from decisions import stewardship
from decisions.ingest import ingest_all
from decisions.models import Capture, Category, Council, Decision, ErasureRequest, Outcome, Upload
from decisions.sources import Source
from decisions.stewardship.roles import ROLES, create_roles
from tests.factories import make_mistake_report
from tests.texts import decision_text

pytestmark = pytest.mark.django_db

# Who may open what; whoever is not named is refused. Roles come in the order of ROLES, and each may
# what those before it may.
PAGES = {
    "/admin/": "Reader",
    "decision/": "Reader",
    "decision/{decision}/change/": "Reader",
    "decision/quality/": "Reader",
    "capture/": "Reader",
    "capture/{capture}/download/": "Reader",
    "council/": "Reader",
    "category/": "Reader",
    "outcome/": "Reader",
    "ingestfailure/": "Reader",
    "auditentry/": "Reader",
    "erasure/": "Reader",
    "upload/": "Reader",
    "upload/{upload}/change/": "Reader",
    "upload/add/": "Uploader",
    "upload/{upload}/delete/": "Uploader",
    "mistakereport/": "Editor",
    "decision/{decision}/act/withdraw/": "Editor",
    "decision/{decision}/act/correct/": "Editor",
    "decision/{decision}/act/redact/": "Editor",
    "decision/{decision}/act/erase/": "Administrator",
    "erasurerequest/": "Administrator",
    "capture/{sealed}/download/": "Administrator",
    "decision/{redacted}/original/": "Administrator",
    "decision/{redacted}/act/unredact/": "Administrator",
    "decision/{requested}/act/confirm-erasure/": "Administrator",
    "decision/{requested}/act/cancel-erasure/": "Administrator",
    "alert/": "Administrator",
    "/admin/auth/user/": "Administrator",
    "/admin/auth/user/add/": "Administrator",
    "/admin/auth/group/": "Administrator",
    "/admin/axes/accessattempt/": "Administrator",
}
# The forms of the admin, and the least role that may send each.
FORMS = {
    "council/{council}/change/": "Editor",
    "category/{category}/change/": "Editor",
    "outcome/{outcome}/change/": "Editor",
    "mistakereport/{report}/change/": "Editor",
    "upload/{upload}/change/": "Uploader",
}
# Nobody may, not even a superuser.
CLOSED = (
    "decision/add/", "decision/{decision}/delete/", "capture/add/", "council/add/",
    "council/{council}/delete/", "auditentry/add/",
)  # fmt: skip


@pytest.fixture
def names() -> dict[str, int]:
    """The ids of the rows in the addresses."""
    files = {number: decision_text(f"90 000 00{number}") for number in (1, 2, 3)}
    ingest_all(Source(f"{number}.txt", text.encode()) for number, text in files.items())
    now = timezone.now()
    first, redacted, requested = Decision.objects.order_by("pk")
    admin = User.objects.create_superuser("root")
    stewardship.redact(redacted, ["bus"], admin, "identifiable", "")
    stewardship.request_erasure(requested, admin, "court", "")
    return {
        "decision": first.pk,
        "redacted": redacted.pk,
        "requested": requested.pk,
        "capture": Capture.objects.get(decision=first).pk,
        "sealed": Capture.objects.get(decision=redacted).pk,
        "council": Council.objects.get().pk,
        "category": Category.objects.first().pk,
        "outcome": Outcome.objects.get().pk,
        "upload": Upload.objects.create(is_reviewed=True, confirmed_at=now, imported_at=now).pk,
        "report": make_mistake_report().pk,
    }


def address(path: str, names: dict[str, int]) -> str:
    path = path if path.startswith("/") else f"/admin/decisions/{path}"
    return path.format_map(names)


def signed_in(role: str) -> Client:
    user = User.objects.create_user(role.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.slow
def test_each_role_may_open_its_pages_and_no_others(names):
    order = [*ROLES]
    for rank, role in enumerate(order):
        client = signed_in(role)
        for path, lowest in PAGES.items():
            expected = 200 if rank >= order.index(lowest) else 403
            assert client.get(address(path, names)).status_code == expected, (role, path)
        for path, lowest in FORMS.items():
            expected = {200, 302} if rank >= order.index(lowest) else {403}
            assert client.post(address(path, names), {}).status_code in expected, (role, path)
        for path in CLOSED:
            assert client.get(address(path, names)).status_code == 403, (role, path)


def test_an_action_on_many_needs_the_permission_too(names):
    chosen = {"action": "withdraw", "_selected_action": [names["decision"]]}
    confirmed = chosen | {"confirmed": "1", "reason": "court", "note": ""}
    for role in ("Reader", "Uploader", "Editor"):
        signed_in(role).post("/admin/decisions/decision/", confirmed)
        is_withdrawn = Decision.objects.get(pk=names["decision"]).withdrawn_at is not None
        assert is_withdrawn == (role == "Editor"), role


def test_an_administrator_cannot_become_a_superuser(names):
    client = signed_in("Administrator")
    me, root = User.objects.get(username="administrator"), User.objects.get(username="root")
    fields = {
        "username": "administrator",
        "is_staff": "on",
        "is_active": "on",
        "is_superuser": "on",
    }
    assert client.post(f"/admin/auth/user/{me.pk}/change/", fields).status_code == 302
    me.refresh_from_db()
    assert not me.is_superuser
    for path in (f"{root.pk}/change/", f"{root.pk}/password/", f"{root.pk}/delete/"):
        password = {"password1": "Correct horse 7", "password2": "Correct horse 7"}
        assert client.post(f"/admin/auth/user/{path}", password).status_code == 403, path


def test_migrate_restores_the_roles():
    Group.objects.get(name="Reader").permissions.clear()
    Group.objects.get(name="Editor").delete()
    create_roles()
    for name, codenames in ROLES.items():
        held = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
        assert set(held) == set(codenames), name
    assert not ErasureRequest.objects.exists()
