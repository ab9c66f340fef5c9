"""The URLs of the project: the admin, `/healthz`, and those of the rooms of `decisions`."""

from django.contrib import admin
from django.urls import include, path

from ombudsman.health import healthz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz),
    path("", include("decisions.exports.urls")),
    path("", include("decisions.web.urls")),
]
