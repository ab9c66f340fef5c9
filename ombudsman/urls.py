"""The URLs of the project: the admin, what operators ask, and those of the rooms of `decisions`."""

from django.contrib import admin
from django.urls import include, path

from ombudsman.observability.health import healthz
from ombudsman.observability.metrics import metrics
from ombudsman.observability.readiness import readyz

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("", include("decisions.exports.urls")),
    path("", include("decisions.feeds.urls")),
    path("", include("decisions.web.urls")),
    # The last, because it answers every other address under `/api/`.
    path("", include("decisions.api.urls")),
]

handler400 = "decisions.web.failures.bad_request"
handler403 = "decisions.web.failures.forbidden"
handler404 = "decisions.web.failures.not_found"
handler500 = "decisions.web.failures.server_error"
