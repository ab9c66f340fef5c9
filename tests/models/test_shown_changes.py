"""Whatever a page shows advances the archive's change number, by which pages are kept."""

import pytest
from django.apps import apps
from django.db import connection

from decisions.models import Capture, ChangeSequence, Council, Decision, Provision
from tests.factories import begin_next_change, make_decision

pytestmark = pytest.mark.django_db

# Models whose rows no page for readers shows, or not as something that may be kept.
NOT_SHOWN = {
    "Alert": "its own pages are never kept",
    "AlertMessage": "is sent",
    "AuditEntry": "only staff see it",
    "CaptureLogEntry": "pages of proofs are never kept",
    "CaptureLogHead": "pages of proofs are never kept",
    "ChangeSequence": "is the change number",
    "ErasureRequest": "only staff see it",
    "IngestFailure": "only staff see it",
    "MistakeReport": "only staff see it",
    "Paragraph": "a view of decisions",
    "Publication": "is counted for alerts",
    "Redaction": "what it changes is in the decision's row",
    "ReportCount": "limits requests",
    "ReviewedFile": "only staff see it",
    "StandardWording": "the decisions that have it are numbered anew",
    "Tombstone": "is written with a change number",
    "Upload": "only staff see it",
    "UploadResult": "only staff see it",
    "UploadedChunk": "only staff see it",
    "UploadedFile": "only staff see it",
}


def test_every_table_that_pages_show_numbers_its_changes():
    """A new model needs triggers like those of migration 0016, or a line above."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc"
            " ON pg_proc.oid = tgfoid WHERE proname IN ('decisions_note_change',"
            " 'decisions_number_change')"
        )
        numbered = {table for (table,) in cursor.fetchall()}
    models = {model.__name__: model for model in apps.get_app_config("decisions").get_models()}
    shown = {name: model._meta.db_table for name, model in models.items() if name not in NOT_SHOWN}
    assert set(shown.values()) == numbered
    assert NOT_SHOWN.keys() <= models.keys()


def test_a_changed_or_deleted_row_is_a_change_and_a_repeated_one_is_not():
    decision = make_decision()
    capture = Capture.objects.create(decision=decision, sha256="a", content=b"a")
    Provision.objects.create(key="act", label="Act", short="Act")
    Council.objects.create(slug="empty", name="Empty")  # no decision names it

    def is_change(act) -> bool:
        begin_next_change()
        before = ChangeSequence.objects.get().value
        act()
        return ChangeSequence.objects.get().value > before

    rows = Capture.objects.filter(pk=capture.pk)
    assert is_change(lambda: rows.update(content=b"b"))
    assert not is_change(lambda: rows.update(content=b"b"))
    assert is_change(lambda: Provision.objects.update(label="The Act"))
    assert is_change(lambda: Council.objects.filter(slug="empty").update(name="Void"))
    assert is_change(lambda: rows.delete())
    assert not is_change(lambda: Decision.objects.update(rules_version=99))
