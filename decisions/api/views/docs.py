"""The description of the API: for programs as OpenAPI, for people as a page to try it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from rest_framework.request import Request

from decisions.api.base import ApiView
from decisions.api.openapi import openapi
from decisions.api.presenter import operations
from decisions.web.querystring import with_parameters
from decisions.web.responses import render
from decisions.web.revalidation import revalidated
from decisions.web.seo import PageMetadata, site_url


class SchemaView(ApiView):
    """The description in OpenAPI 3.1."""

    schema = None

    def answer(self, request: Request, prepared: Any) -> dict[str, Any]:
        """The description, with the address of this site."""
        return {**openapi(), "servers": [{"url": site_url(request._request)}]}


@require_safe
@revalidated
def docs(request: HttpRequest) -> HttpResponse:
    """The page that describes the API, with a form to try each address.

    The form for one decision leads here with its parameters: this redirects to the decision.
    """
    if reference := request.GET.get("reference", "").strip():
        parameters = {"fields": fields} if (fields := request.GET.get("fields")) else {}
        address = reverse("api:decision", args=[reference.replace("/", "-")])
        return HttpResponseRedirect(with_parameters(address, parameters))
    return render(
        request,
        "api/docs.html",
        {
            "operations": operations(openapi()),
            "requests_per_minute": settings.API_REQUESTS_PER_MINUTE,
        },
        PageMetadata(
            "The API",
            "Every decision of this archive as JSON: search, read, count and page through all of"
            " them, without a key.",
            indexable=True,
        ),
    )
