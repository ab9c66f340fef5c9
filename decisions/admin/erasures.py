"""Erasures: what administrators asked to erase, for another to confirm, and what was erased."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from decisions.admin.base import FindsReferences, ReadOnly
from decisions.models import Erasure, ErasureRequest


@admin.register(ErasureRequest)
class ErasureRequestAdmin(ReadOnly, admin.ModelAdmin):
    """What waits for the confirmation of another administrator."""

    list_display = ["requested_at", "requested_by", "decision_link", "reason", "note"]
    list_display_links = None
    list_select_related = ["requested_by", "decision__council"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("decisions.erase_decision")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.display(description="decision")
    def decision_link(self, request: ErasureRequest) -> SafeString:
        """The decision, where it can be erased."""
        address = reverse("admin:decisions_decision_change", args=[request.decision_id])
        return format_html('<a href="{}">{}</a>', address, request.decision)


@admin.register(Erasure)
class ErasureAdmin(FindsReferences, ReadOnly, admin.ModelAdmin):
    """What is left of erased decisions."""

    reference_fields = ("reference", "other_references__contains")
    list_display = ["reference", "erased_at", "reason"]
    list_filter = ["reason"]
    search_fields = ["reference"]
