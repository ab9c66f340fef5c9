"""The audit log: staff search it, and nobody changes it. Signals record who signs in."""

import datetime
import json
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.functions import Now
from django.dispatch import receiver
from django.utils.text import Truncator

from decisions.admin.base import FindsReferences, ReadOnly
from decisions.models import AuditEntry

# Of failed sign-ins of one account, and of those with unknown names, one within this time is
# recorded: whoever guesses passwords cannot fill a table that nothing is deleted from.
FAILED_SIGN_IN_INTERVAL = datetime.timedelta(minutes=1)

# Most characters of a note in the list.
MAX_EXCERPT = 80


@admin.register(AuditEntry)
class AuditEntryAdmin(FindsReferences, ReadOnly, admin.ModelAdmin):
    """Everything that staff did, the latest first."""

    reference_fields = ("key",)
    list_display = ["at", "who", "act", "to_what", "reason", "excerpt"]
    list_filter = ["act", "reason", "kind"]
    date_hierarchy = "at"
    search_fields = ["user_name", "key", "note", "after"]
    search_help_text = "A reference in any spelling, a user, a council, or words of a note"
    show_full_result_count = False
    readonly_fields = [
        "at", "who", "act", "to_what", "reason", "in_words", "values_before", "values_after",
    ]  # fmt: skip
    fields = [*readonly_fields]

    @admin.display(description="who", ordering="user_name")
    def who(self, entry: AuditEntry) -> str:
        return entry.user_name or "nobody who is signed in"

    @admin.display(description="to what", ordering="key")
    def to_what(self, entry: AuditEntry) -> str:
        name = entry.after.get("name", "")
        key = entry.key.replace(" ", "\xa0") if entry.kind == "decision" else entry.key
        return f"{entry.kind} {key}" + (f": {name}" if name else "")

    @admin.display(description="note")
    def in_words(self, entry: AuditEntry) -> str:
        """The note; what the admin recorded by itself is JSON, which Django puts into words."""
        return str(LogEntry(change_message=entry.note).get_change_message()) or "–"

    @admin.display(description="note")
    def excerpt(self, entry: AuditEntry) -> str:
        return Truncator(self.in_words(entry)).chars(MAX_EXCERPT, truncate=" …")

    @admin.display(description="before")
    def values_before(self, entry: AuditEntry) -> str:
        return _values(entry.before)

    @admin.display(description="after")
    def values_after(self, entry: AuditEntry) -> str:
        return _values(entry.after)


def _values(values: dict[str, Any]) -> str:
    """`outcome: upheld`, one a line."""
    lines = (f"{name}: {_value(value)}" for name, value in values.items())
    return "\n".join(lines) or "–"


def _value(value: Any) -> str:
    return "not stated" if value is None else value if isinstance(value, str) else json.dumps(value)


@receiver(user_logged_in)
def record_sign_in(user: Any, **signal: Any) -> None:
    """Somebody has signed in."""
    AuditEntry.objects.record(AuditEntry.Act.SIGNED_IN, user, kind="user", key=user.get_username())


@receiver(user_logged_out)
def record_sign_out(user: Any, **signal: Any) -> None:
    """Somebody has signed out; `user` is None if the session had ended before."""
    if user:
        act = AuditEntry.Act.SIGNED_OUT
        AuditEntry.objects.record(act, user, kind="user", key=user.get_username())


@receiver(user_login_failed)
def record_failed_sign_in(credentials: dict[str, Any], **signal: Any) -> None:
    """A sign-in failed. A name that no user has is not recorded: it may be a password."""
    users = get_user_model()
    typed = str(credentials.get(users.USERNAME_FIELD) or "")
    is_known = "\0" not in typed and users.objects.filter(**{users.USERNAME_FIELD: typed}).exists()
    act, key = AuditEntry.Act.SIGN_IN_FAILED, typed if is_known else "unknown"
    recent = AuditEntry.objects.filter(at__gt=Now() - FAILED_SIGN_IN_INTERVAL)
    if not recent.filter(act=act, kind="user", key=key).exists():
        AuditEntry.objects.record(act, None, kind="user", key=key)
