"""What several admin pages share."""

from django.contrib import admin
from django.db import transaction
from django.db.models import Count

from decisions import search


class ReadOnly:
    """Rows that only ingest writes: looked at, never added, changed or deleted by hand."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class NamedAdmin(admin.ModelAdmin):
    """Councils, categories and outcomes: their names may be mended, their addresses stay."""

    actions = None

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(decision_count=Count("decision"))

    @admin.display(ordering="decision_count", description="decisions")
    def decisions(self, row):
        return row.decision_count

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        transaction.on_commit(search.catch_up)
