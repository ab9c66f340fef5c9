"""Decisions: staff look them up, and act on them (`acts`)."""

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from decisions.admin.acts import ACTS, ACTS_BY_NAME, ERRORS, RESTORE, WITHDRAW, Act
from decisions.admin.base import FindsReferences, ReadOnly
from decisions.admin.captures import CaptureInline
from decisions.admin.paragraphs import paragraph_table
from decisions.ingest.data_quality import CHECKS
from decisions.models import AuditEntry, Decision, DecisionQuerySet, IngestFailure, Reason

# Most decisions that the page which asks to confirm an act names.
MAX_NAMED = 20


class QualityFilter(admin.SimpleListFilter):
    title = "data quality"
    parameter_name = "quality"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(check.key, check.label) for check in CHECKS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = [check for check in CHECKS if check.key == self.value()]
        return chosen[0].find(cast(DecisionQuerySet, queryset)) if chosen else queryset


@admin.register(Decision)
class DecisionAdmin(FindsReferences, ReadOnly, admin.ModelAdmin):
    """The fields are as the files state them; every change is an act with a page of its own."""

    reference_fields = ("reference", "other_references__contains")
    list_display = [
        "reference_unbroken", "council", "category", "outcome", "decided_on", "shown",
    ]  # fmt: skip
    list_filter = [
        QualityFilter, ("withdrawn_at", admin.EmptyFieldListFilter), "is_redacted", "kind",
        "is_sample", "outcome", "decided_on",
    ]  # fmt: skip
    list_select_related = ["council", "category__parent", "outcome"]
    search_fields = ["reference", "council__name", "summary"]
    search_help_text = "A reference in any spelling, a council, or words of the summary"
    show_full_result_count = False
    ordering = ["-id"]
    actions = ["withdraw", "restore"]
    inlines = [CaptureInline]
    fieldsets = [
        (None, {"fields": [
            "reference", "other_references", "council", "category", "outcome", "decided_on",
            "kind", "summary", "source_url", "is_sample", "warnings", "created_at", "updated_at",
        ]}),
        ("What staff did", {"fields": [
            "withdrawn_at", "why_withdrawn", "corrections_so_far", "is_redacted", "acts_so_far",
        ]}),
        ("Text", {"fields": ["paragraphs_in_order"]}),
    ]  # fmt: skip
    readonly_fields = [
        "why_withdrawn", "corrections_so_far", "acts_so_far", "paragraphs_in_order", "is_redacted",
        "created_at", "updated_at",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("sections", "findings")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("quality/", view(self.quality_view), name="decisions_quality"),
            path("<int:pk>/original/", view(self.original_view), name="decisions_original"),
            path("<int:pk>/act/<slug:name>/", view(self.act_view), name="decisions_act"),
            *super().get_urls(),
        ]

    def quality_view(self, request: HttpRequest) -> HttpResponse:
        """How many decisions fail each check of data quality, with a link to them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Data quality",
            "total": Decision.objects.count(),
            "counts": [(check, check.decisions().count()) for check in CHECKS],
            "failures": IngestFailure.objects.count(),
        }
        return TemplateResponse(request, "admin/decisions/quality.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The decision, with the acts that this user may do to it now."""
        decision = self.get_object(request, object_id)
        offered = [
            act for act in ACTS
            if decision and act.is_allowed(request.user) and act.applies(decision)
        ]  # fmt: skip
        context = {
            "acts": offered,
            "may_read_original": decision
            and decision.sealed
            and request.user.has_perm("decisions.unseal_decision"),
            **(extra_context or {}),
        }
        return super().change_view(request, object_id, form_url, context)

    def act_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Ask for what an act needs, then do it."""
        if name not in ACTS_BY_NAME:
            raise Http404
        act = ACTS_BY_NAME[name]
        decision = get_object_or_404(Decision, pk=pk)
        page = reverse("admin:decisions_decision_change", args=[pk])
        if act.is_allowed(request.user) and not act.applies(decision):
            self.message_user(request, "This was done already.", messages.WARNING)
            return HttpResponseRedirect(page)
        done = self._confirm(request, act, Decision.objects.filter(pk=pk), decision)
        if done is not None:
            return done
        is_gone = not Decision.objects.filter(pk=pk).exists()
        return HttpResponseRedirect(
            reverse("admin:decisions_decision_changelist") if is_gone else page
        )

    def original_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sealed text of a redacted decision; that somebody read it is recorded."""
        if not request.user.has_perm("decisions.unseal_decision"):
            raise PermissionDenied
        decision = get_object_or_404(Decision, pk=pk, is_redacted=True, redaction__isnull=False)
        AuditEntry.objects.record(
            AuditEntry.Act.SEALED_SEEN, request.user, kind="decision", key=decision.reference
        )
        context = {
            **self.admin_site.each_context(request),
            "title": f"The sealed text of {decision.reference}",
            "opts": self.opts,
            "decision": decision,
            "words": decision.redaction.words,
            "original": decision.redaction.original,
        }
        return TemplateResponse(request, "admin/decisions/decision/original.html", context)

    @admin.action(description="Withdraw selected decisions", permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: DecisionQuerySet) -> HttpResponse | None:
        return self._confirm(request, WITHDRAW, queryset)

    @admin.action(description="Restore selected decisions", permissions=["withdraw"])
    def restore(self, request: HttpRequest, queryset: DecisionQuerySet) -> HttpResponse | None:
        return self._confirm(request, RESTORE, queryset)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return WITHDRAW.is_allowed(request.user)

    def _confirm(
        self,
        request: HttpRequest,
        act: Act,
        decisions: DecisionQuerySet,
        decision: Decision | None = None,
    ) -> HttpResponse | None:
        """The page that asks for what the act needs; None once it is done."""
        if not act.is_allowed(request.user):
            raise PermissionDenied
        is_confirmed = "confirmed" in request.POST
        form = act.form(request.POST if is_confirmed else None, decision=decision)
        if is_confirmed and form.is_valid():
            try:
                message = act.perform(decisions, request.user, form.cleaned_data)
            except ERRORS as error:
                form.add_error(None, str(error))
            else:
                self.message_user(request, message)
                return None
        chosen = decisions.order_by("-id").defer("sections", "findings").select_related("council")
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "opts": self.opts,
            "act": act,
            "form": form,
            "media": self.media + form.media,
            "decision": decision,
            "named": chosen[:MAX_NAMED],
            "more": max(0, decisions.count() - MAX_NAMED),
            "selected": request.POST.getlist("_selected_action"),
            "select_across": request.POST.get("select_across", ""),
        }
        return TemplateResponse(request, "admin/decisions/decision/act.html", context)

    @admin.display(description="reference", ordering="reference")
    def reference_unbroken(self, decision: Decision) -> str:
        """The reference on one line: the column would else be as narrow as its parts."""
        return decision.reference.replace(" ", "\xa0")

    @admin.display(description="why it was withdrawn")
    def why_withdrawn(self, decision: Decision) -> str:
        reasons = dict(Reason.choices)
        return str(reasons.get(decision.withdrawn_reason, decision.withdrawn_reason)) or "–"

    @admin.display(description="corrections")
    def corrections_so_far(self, decision: Decision) -> str:
        lines = (
            f"{Decision.CORRECTABLE[name].capitalize()}: the file states {key or 'nothing'}"
            for name, key in decision.corrections
        )
        return "\n".join(lines) or "–"

    @admin.display(description="audit log")
    def acts_so_far(self, decision: Decision) -> str:
        entries = AuditEntry.objects.filter(kind="decision", key=decision.reference)
        lines = (
            f"{localtime(entry.at):%-d %B %Y %H:%M}: {entry.get_act_display()} by"
            f" {entry.user_name}. {f'{reason}. ' if reason else ''}{entry.note}".rstrip()
            for entry in entries
            for reason in [entry.get_reason_display()]
        )
        return "\n".join(lines) or "–"

    @admin.display(description="paragraphs")
    def paragraphs_in_order(self, decision: Decision) -> SafeString:
        return paragraph_table(decision.paragraphs.all())

    @admin.display(boolean=True)
    def shown(self, decision: Decision) -> bool:
        return decision.withdrawn_at is None
