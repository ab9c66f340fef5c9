"""The addresses of the API."""

from django.urls import path, re_path

from decisions.api.base import NothingHere
from decisions.api.views import browse, check, decisions, docs, paragraphs

app_name = "api"

# What OpenAPI describes.
documented = [
    path("api/decisions/", decisions.DecisionList.as_view(), name="decisions"),
    path("api/decisions/<str:reference>/", decisions.OneDecision.as_view(), name="decision"),
    path("api/facets/", decisions.FacetsOfSearch.as_view(), name="facets"),
    path("api/paragraphs/", paragraphs.ParagraphList.as_view(), name="paragraphs"),
    path("api/councils/", browse.CouncilList.as_view(), name="councils"),
    path("api/categories/", browse.CategoryList.as_view(), name="categories"),
    path("api/reasons/", browse.ReasonList.as_view(), name="reasons"),
    path("api/provisions/", browse.ProvisionList.as_view(), name="provisions"),
    path("api/check/", check.QuotationCheck.as_view(), name="check"),
]

urlpatterns = [
    path("api/", docs.docs, name="docs"),
    path("api/schema/", docs.SchemaView.as_view(), name="schema"),
    *documented,
    # Not those without a slash at their end: Django redirects to the address with one.
    re_path(r"^api/(?:[\s\S]*/)?$", NothingHere.as_view(), name="nothing"),
]
