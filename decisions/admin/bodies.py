"""Councils, categories and outcomes: staff may correct their names, and merge councils."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from decisions import search
from decisions.admin.acts import ActForm
from decisions.admin.base import NamedAdmin
from decisions.models import AuditEntry, Category, Council, CouncilSuccession, Outcome
from decisions.stewardship.councils import MergeError, merge_councils, merges_of, undo_merge


class CouncilForm(forms.ModelForm):
    """A name that another council has is refused, with a link to merge the two."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Add the link to the message that the model has."""
        for one in getattr(error, "error_dict", {}).get("name", ()):
            if one.code == "taken":
                one.message = _with_merge_link(one, self.instance)
        super().add_error(field, error)


def _with_merge_link(error: ValidationError, council: Council) -> SafeString:
    address = merge_address([council.pk, (error.params or {})["council"]])
    return format_html('{} <a href="{}">Merge them</a>', error.message, address)


def merge_address(ids: list[int]) -> str:
    """The page that asks which of these councils remains."""
    address = reverse("admin:decisions_council_merge")
    return f"{address}?{urlencode({'council': ids}, doseq=True)}"


class SuccessorInline(admin.TabularInline):
    """Which councils follow this one, and from when."""

    model = CouncilSuccession
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    extra = 0
    verbose_name = "successor"
    verbose_name_plural = "successors: who follows this council, and from when"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for the council."""
        return request.user.has_perm("decisions.view_council") or self.may_change(request)

    def may_change(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whether the user may change councils, and so their successors."""
        return request.user.has_perm("decisions.change_council")

    has_add_permission = has_change_permission = has_delete_permission = may_change


@admin.register(Council)
class CouncilAdmin(NamedAdmin):
    form = CouncilForm
    list_display = ["name", "kind", "decisions"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "aliases__name"]
    readonly_fields = ["slug", "other_names", "predecessors", "merges"]
    inlines = [SuccessorInline]
    actions = ["merge"]

    @admin.display(description="other names")
    def other_names(self, council: Council) -> str:
        return ", ".join(map(str, council.aliases.all())) or "none"

    @admin.display(description="predecessors")
    def predecessors(self, council: Council) -> SafeString | str:
        rows = council.inheritances.select_related("predecessor")
        links = (
            (reverse("admin:decisions_council_change", args=[row.predecessor_id]), row.predecessor)
            for row in rows
        )
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "none"

    @admin.display(description="councils merged into it")
    def merges(self, council: Council) -> SafeString | str:
        rows = (
            (
                entry.before["name"],
                f"{entry.at:%-d %B %Y}",
                reverse("admin:decisions_council_undo_merge", args=[entry.pk]),
            )
            for entry in merges_of(council)
        )
        return format_html_join("", '<div>{}, {} <a href="{}">Undo</a></div>', rows) or "none"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("merge/", view(self.merge_view), name="decisions_council_merge"),
            path("merge/<int:pk>/undo/", view(self.undo_view), name="decisions_council_undo_merge"),
            *super().get_urls(),
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if "name" in form.changed_data:
            AuditEntry.objects.record(
                AuditEntry.Act.RENAMED,
                request.user,
                kind="council",
                key=obj.slug,
                before={"name": form.initial["name"]},
                after={"name": obj.name},
            )
        obj.rename()
        transaction.on_commit(search.catch_up)

    @admin.action(description="Merge selected councils", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Council]) -> HttpResponse | None:
        """Go to the page that asks which of the councils remains."""
        ids = list(queryset.values_list("pk", flat=True))
        if len(ids) < 2:
            self.message_user(request, "Select two councils or more.", messages.WARNING)
            return None
        return HttpResponseRedirect(merge_address(ids))

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Ask which of the councils named in the address remains, then merge the others into it."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        named = [pk for pk in request.GET.getlist("council") if pk.isdecimal()]
        councils = list(self.get_queryset(request).filter(pk__in=named).order_by("name"))
        chosen = request.POST.get("remaining")
        remaining = next((council for council in councils if str(council.pk) == chosen), None)
        form = ActForm(request.POST or None)
        if remaining and len(councils) > 1 and form.is_valid():
            merge_councils(councils, remaining, request.user, form.cleaned_data["note"])
            message = f"Merged into {remaining.name}. The old addresses lead to its page."
            self.message_user(request, message)
            address = reverse("admin:decisions_council_change", args=[remaining.pk])
            return HttpResponseRedirect(address)
        return self._page(request, "merge", title="Merge councils", councils=councils, form=form)

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for a note, then undo the merge that this entry of the audit log records."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        entry = get_object_or_404(AuditEntry, pk=pk, act=AuditEntry.Act.MERGED)
        form = ActForm(request.POST or None)
        if form.is_valid():
            try:
                council = undo_merge(entry, request.user, form.cleaned_data["note"])
            except MergeError as error:
                form.add_error(None, str(error))
            else:
                self.message_user(request, f"{council.name} is a council of its own again.")
                address = reverse("admin:decisions_council_change", args=[council.pk])
                return HttpResponseRedirect(address)
        return self._page(request, "undo_merge", title="Undo a merge", entry=entry, form=form)

    def _page(self, request: HttpRequest, name: str, **context: Any) -> HttpResponse:
        template = f"admin/decisions/council/{name}.html"
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, context)


@admin.register(Category)
class CategoryAdmin(NamedAdmin):
    list_display = ["__str__", "path", "decisions"]
    list_select_related = ["parent"]
    search_fields = ["name", "path"]
    readonly_fields = ["path", "parent"]


@admin.register(Outcome)
class OutcomeAdmin(NamedAdmin):
    list_display = ["name", "decisions"]
    search_fields = ["name"]
    readonly_fields = ["slug"]
