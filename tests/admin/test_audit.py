"""The audit log: everything that staff do is in it, and nothing can be taken out of it."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, connection, transaction

from decisions.models import AuditEntry
from tests.reading import texts

pytestmark = pytest.mark.django_db

LIST = "/admin/decisions/auditentry/"
Act = AuditEntry.Act


def recorded() -> list[tuple[str, str, str, str]]:
    return list(AuditEntry.objects.order_by("id").values_list("user_name", "act", "kind", "key"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions_auditentry SET note = 'x'",
        "DELETE FROM decisions_auditentry",
        "TRUNCATE decisions_auditentry",
    ],
)
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_postgresql_refuses_to_change_it(statement, role):
    AuditEntry.objects.record(Act.WITHDRAWN, None, kind="decision", key="21 019 030")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = {role}")
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            cursor.execute(statement)
    assert AuditEntry.objects.count() == 1


def test_signing_in_and_out_and_failing_to_is_recorded(client):
    User.objects.create_user("anna", password="right", is_staff=True)
    address = "/admin/login/"
    for name, password in (
        ("anna", "wrong"),
        ("anna", "wrong again"),  # within the same minute
        ("my password", "anna"),
        ("nobody\0", "x"),
        ("anna", "right"),
    ):
        client.post(address, {"username": name, "password": password})
    client.post("/admin/logout/")
    client.post("/admin/logout/")
    assert recorded() == [
        ("", "sign-in-failed", "user", "anna"),
        ("", "sign-in-failed", "user", "unknown"),
        ("anna", "signed-in", "user", "anna"),
        ("anna", "signed-out", "user", "anna"),
    ]
    rows = str(list(AuditEntry.objects.values()))
    assert "wrong" not in rows
    assert "my password" not in rows


def test_what_the_admin_adds_changes_and_deletes_is_recorded_and_outlives_its_user(admin_client):
    group = "/admin/auth/group/"
    admin_client.post(f"{group}add/", {"name": "Guests"})
    admin_client.post(f"{group}add/", {"name": "Others"})
    ids = [
        str(row.pk) for row in Group.objects.filter(name__in=("Guests", "Others")).order_by("pk")
    ]
    admin_client.post(f"{group}{ids[0]}/change/", {"name": "Visitors"})
    chosen = {"action": "delete_selected", "_selected_action": ids, "post": "yes"}
    admin_client.post(group, chosen)
    User.objects.get(username="admin").delete()
    assert recorded()[1:] == [  # after signing in
        ("admin", "added", "group", ids[0]),
        ("admin", "added", "group", ids[1]),
        ("admin", "changed", "group", ids[0]),
        *(("admin", "deleted", "group", pk) for pk in reversed(ids)),  # in the order of the list
    ]


def test_staff_search_it_and_cannot_change_it(admin_client):
    entry = AuditEntry.objects.record(
        Act.WITHDRAWN, None, kind="decision", key="21 019 030", reason="court", note="Order 7"
    )
    for words, found in (("21019030", 1), ("order 7", 1), ("21 019 031", 0), ("zebra", 0)):
        page = BeautifulSoup(admin_client.get(LIST, {"q": words}).content, "lxml")
        assert len(texts(page, "#result_list tbody tr")) == found, words
    page = BeautifulSoup(admin_client.get(f"{LIST}{entry.pk}/change/").content, "lxml")
    assert "Order 7" in page.text
    assert not page.select("input[type=submit]:not([value='Go'])")
    assert admin_client.post(f"{LIST}{entry.pk}/change/", {"note": "x"}).status_code == 403
    assert admin_client.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert admin_client.get(f"{LIST}add/").status_code == 403
