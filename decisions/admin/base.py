"""What several admin pages share."""

from django.contrib import admin
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from decisions import search


def download(name: str, content: bytes) -> HttpResponse:
    """A response that saves the bytes as a file; the browser never displays them."""
    headers = {"Content-Disposition": content_disposition_header(True, name.rpartition("/")[2])}
    return HttpResponse(bytes(content), content_type="application/octet-stream", headers=headers)


class ReadOnly:
    """Rows that only an import writes: staff cannot add, change or delete them."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class NamedAdmin(admin.ModelAdmin):
    """Councils, categories and outcomes: staff may correct a name; the address stays."""

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
