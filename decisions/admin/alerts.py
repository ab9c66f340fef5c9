"""Alerts: staff see whether they are delivered, and pause, resume or delete them."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from decisions.models import Alert, AlertMessage, AlertQuerySet

_PAUSED_DAYS = Alert.KEPT_WHILE_PAUSED.days

# Messages that the page of one alert lists, the latest first.
MAX_MESSAGES = 20

# Minutes after which a search that is due says that nothing does it.
OVERDUE_MINUTES = 60


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("active", "Active"),
            ("failing", "Failing"),
            ("paused", "Paused"),
            ("unconfirmed", "Not confirmed"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        alerts = cast(AlertQuerySet, queryset)
        match self.value():
            case "active":
                return alerts.active()
            case "failing":
                return queryset.filter(failing__gt=0, paused_at=None)
            case "paused":
                return alerts.exclude(paused_at=None)
            case "unconfirmed":
                return alerts.filter(confirmed_at=None)
        return alerts


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin):
    """Nobody but its owner makes or changes an alert; its address is never shown."""

    list_display = [
        "id", "channel", "frequency", "search", "state", "last_sent", "pending_count", "next_at",
    ]  # fmt: skip
    list_filter = [StateFilter, "channel", "frequency"]
    search_fields = ["=id", "=address"]
    search_help_text = "An alert’s number, as in the List-Id of its e-mails, or its whole address"
    ordering = ["-paused_at", "-created_at"]
    actions = ["pause", "resume"]
    readonly_fields = [
        "id", "channel", "masked_address", "frequency", "search", "state", "created_at",
        "confirmed_at", "next_at", "latest_messages",
    ]  # fmt: skip
    fields = [*readonly_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        pending = Q(messages__sent_at=None, messages__isnull=False)
        rows: QuerySet[Any] = super().get_queryset(request)
        rows = rows.annotate(
            last_sent_at=Max("messages__sent_at"),
            pending=Count("messages", filter=pending),
            failing=Count("messages", filter=pending & Q(messages__attempts__gt=0)),
        )
        return rows

    @admin.action(description="Pause selected alerts", permissions=["change"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = self._plain(queryset).pause("Paused by staff.")
        self.message_user(request, f"{count} paused, to be deleted after {_PAUSED_DAYS} days.")

    @admin.action(description="Resume selected alerts", permissions=["change"])
    def resume(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = self._plain(queryset).resume()
        self.message_user(request, f"{count} resumed. What came in meanwhile is sent first.")

    @admin.display(description="address")
    def masked_address(self, alert: Alert) -> str:
        """Enough to compare it with one that staff know, and too little to write to it."""
        if alert.channel == Alert.Channel.WEBHOOK:
            return "a webhook (not shown)"
        name, _, host = alert.address.rpartition("@")
        return f"{name[:1]}…@{host[:1]}…{host[host.rfind('.') :]}"

    @admin.display(description="search")
    def search(self, alert: Alert) -> str:
        return alert.description.replace("\n", "; ")

    @admin.display(description="state")
    def state(self, alert: Any) -> str:
        if alert.paused_at:
            return f"Paused on {alert.paused_at:%-d %B %Y}. {alert.paused_reason}"
        if alert.failing:
            waiting = alert.messages.pending().filter(attempts__gt=0)
            last = waiting.order_by("-created_at").values_list("last_error", flat=True).first()
            return f"Failing, and tried again: {last}"
        if alert.confirmed_at is None:
            return "Not confirmed"
        late = timezone.now() - alert.next_at
        if late.total_seconds() > OVERDUE_MINUTES * 60:
            return "Overdue: is the worker running? (manage.py alerts run)"
        return "Active"

    @admin.display(description="last sent", ordering="last_sent_at")
    def last_sent(self, alert: Any) -> Any:
        return alert.last_sent_at

    @admin.display(description="to be sent", ordering="pending")
    def pending_count(self, alert: Any) -> int:
        return int(alert.pending)

    @admin.display(description="latest messages")
    def latest_messages(self, alert: Alert) -> SafeString | str:
        latest = alert.messages.order_by("-created_at")[:MAX_MESSAGES]
        return format_html_join("", "<div>{}</div>", ((_in_words(row),) for row in latest)) or "–"

    def _plain(self, queryset: QuerySet[Any]) -> AlertQuerySet:
        """The same alerts without the counts, which no UPDATE can have."""
        return Alert.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))


def _in_words(message: AlertMessage) -> str:
    """`1 May 2026 07:00: New decisions (3), sent`."""
    made = f"{timezone.localtime(message.created_at):%-d %B %Y %H:%M}"
    count = f" ({len(message.publications)})" if message.publications else ""
    if message.sent_at:
        became = "sent"
    elif message.attempts:
        again = f"{timezone.localtime(message.next_attempt_at):%-d %B %H:%M}"
        became = f"{message.attempts} attempts, the next at {again}: {message.last_error}"
    else:
        became = "to be sent"
    return f"{made}: {message.get_kind_display()}{count}, {became}"
