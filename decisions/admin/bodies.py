"""Councils, categories and outcomes: staff may correct their names."""

from django.contrib import admin

from decisions.admin.base import NamedAdmin
from decisions.models import Category, Council, Outcome


@admin.register(Council)
class CouncilAdmin(NamedAdmin):
    list_display = ["name", "kind", "decisions"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    readonly_fields = ["slug"]


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
