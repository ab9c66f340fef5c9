"""The URLs of the project: the admin, `/healthz`, and those of the rooms of `decisions`."""

from django.contrib import admin
from django.urls import include, path

from ombudsman.health import healthz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz),
    path("", include("decisions.exports.urls")),
    path("", include("decisions.feeds.urls")),
    path("", include("decisions.web.urls")),
    # The last, because it answers every other address under `/api/`.
    path("", include("decisions.api.urls")),
]
