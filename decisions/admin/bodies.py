"""Councils, categories and outcomes: staff may correct their names, and merge councils."""

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from decisions import search
from decisions.admin.base import NamedAdmin
from decisions.models import Category, Council, Outcome


@admin.register(Council)
class CouncilAdmin(NamedAdmin):
    list_display = ["name", "kind", "decisions"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "aliases__name"]
    readonly_fields = ["slug", "other_names"]
    actions = ["merge"]

    @admin.display(description="other names")
    def other_names(self, council: Council) -> str:
        return ", ".join(map(str, council.aliases.all())) or "none"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.rename()
        transaction.on_commit(search.catch_up)

    @admin.action(description="Merge selected councils", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Council]) -> HttpResponse | None:
        """Ask which of the councils remains, then merge the others into it."""
        councils = list(queryset.order_by("name"))
        if len(councils) < 2:
            self.message_user(request, "Select two councils or more.", messages.WARNING)
            return None
        chosen = request.POST.get("remaining")
        remaining = next((council for council in councils if str(council.pk) == chosen), None)
        if remaining is None:
            context = {
                **self.admin_site.each_context(request),
                "title": "Merge councils",
                "councils": councils,
                "opts": self.opts,
            }
            return TemplateResponse(request, "admin/decisions/council/merge.html", context)
        with transaction.atomic():
            for council in councils:
                if council != remaining:
                    self.log_change(request, remaining, f"Merged {council.name} into it.")
                    council.merge_into(remaining)
        search.catch_up()
        self.message_user(
            request, f"Merged into {remaining.name}. The old addresses lead to its page."
        )
        return None


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
