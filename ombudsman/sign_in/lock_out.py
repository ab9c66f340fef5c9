"""What django-axes asks us: which network a request is from, and what a locked one is told."""

from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from decisions.web.client_network import client_address

# How long a failed sign-in is kept, with its network and what was typed as a user name.
KEPT = timedelta(days=1)


def delete_failed_sign_ins() -> None:
    """Delete failed sign-ins that are older than KEPT."""
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - KEPT).delete()


def client_ip(request: HttpRequest) -> str | None:
    """The client's address behind our own proxies; what clients write never counts."""
    return client_address(request)


def locked_out(
    request: HttpRequest, original_response: HttpResponse | None = None, credentials: Any = None
) -> HttpResponse:
    """A page that says so, for as long as the lock lasts."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {**admin.site.each_context(request), "minutes": minutes}
    response = TemplateResponse(request, "admin/sign_in/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response.render()
