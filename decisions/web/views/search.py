"""The list of decisions that were asked for, and what somebody typing may mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from decisions.models import Decision
from decisions.references import read_reference
from decisions.web.autocomplete import suggest
from decisions.web.filters import SORTS, DecisionFilterSet
from decisions.web.presenters.search_results import SearchResultsPage
from decisions.web.querystring import list_url
from decisions.web.responses import render

SORTS_WITHOUT_WORDS = {sort: label for sort, label in SORTS.items() if sort != "relevance"}


@require_safe
def decision_list(request: HttpRequest) -> HttpResponse:
    filterset = DecisionFilterSet(request.GET)
    search_query = filterset.search_query
    reference = read_reference(search_query.text)
    if reference and (decision := Decision.objects.find(reference)) and not decision.withdrawn_at:
        if request.htmx:
            return HttpResponseClientRedirect(decision.get_absolute_url())
        return redirect(decision)

    results_page = SearchResultsPage(filterset)
    in_place = request.htmx and not request.htmx.history_restore_request
    response = render(
        request,
        "decisions/_exchanged.html" if in_place else "decisions/list.html",
        {
            "results_page": results_page,
            "search_query": search_query,
            "form": filterset.form,
            "problems": filterset.problems,
            "missing_reference": reference,
            "sorts": SORTS if search_query.text else SORTS_WITHOUT_WORDS,
        },
    )
    patch_vary_headers(response, ["HX-Request"])
    if in_place:
        address = list_url(results_page.query)
        # To ask for the same once more is no step that going back should undo.
        push_url(response, False if request.htmx.current_url_abs_path == address else address)
    return response


@require_safe
@cache_control(private=True, max_age=30)
def suggestions(request: HttpRequest) -> HttpResponse:
    context = {"groups": suggest(request.GET.get("q", ""))}
    return render(request, "decisions/_suggestions.html", context)
