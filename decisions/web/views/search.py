"""The list of decisions that a search finds, and the suggestions of the search box."""

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from decisions.models import Decision, Erasure
from decisions.references import reference_asked_for
from decisions.search import SearchQuery
from decisions.web.archive_version import UNKEPT, version_of
from decisions.web.autocomplete import suggest
from decisions.web.facet_labels import FILTER_LABELS, PLURAL_LABELS
from decisions.web.filters import SORTS, DecisionFilterSet
from decisions.web.presenters.answers import OfferedPage, offered_pages
from decisions.web.presenters.search_results import SearchResultsPage
from decisions.web.presenters.usual_outcomes import UsualOutcomes, usual_outcomes
from decisions.web.querystring import list_url, parameters_without
from decisions.web.responses import HtmxRequest, mark_unavailable, render
from decisions.web.revalidation import revalidated
from decisions.web.seo import PageMetadata
from decisions.web.text_format import (
    decision_count,
    filters_in_words,
    lowercase_first,
    shortened,
)

# The parameter in which list-update.js names the filters whose long lists the reader has opened.
OPENED = "opened"
# The parameter that names the main category whose subcategories are asked for.
GROUP = "group"

SORTS_WITHOUT_WORDS = {sort: label for sort, label in SORTS.items() if sort != "relevance"}


@require_safe
@revalidated
def decision_list(request: HtmxRequest) -> HttpResponse:
    """The list of decisions found; a reference in the search box redirects to its decision.

    A request from htmx gets only the parts of the page that change.
    """
    version = version_of(request)
    filterset = DecisionFilterSet(request.GET)
    search_query = filterset.search_query
    reference = reference_asked_for(search_query.text)
    decision = Decision.objects.find(reference) if reference else None
    if decision and not decision.withdrawn_at:
        if request.htmx:
            return HttpResponseClientRedirect(decision.get_absolute_url())
        return HttpResponseRedirect(decision.get_absolute_url())

    is_missing = reference is not None and decision is None
    erasure = Erasure.objects.of([reference]).get(reference) if reference and is_missing else None
    near_references = (
        Decision.objects.published().near_reference(reference) if reference and is_missing else []
    )
    results_page = SearchResultsPage(filterset, opened_facets=request.GET.getlist(OPENED))
    is_partial = request.htmx and not request.htmx.history_restore_request
    is_cacheable = results_page.search_results.from_index and not filterset.problems
    response = render(
        request,
        "decisions/_list_update.html" if is_partial else "decisions/list.html",
        {
            "archive_version": version if is_cacheable else UNKEPT,
            "results_page": results_page,
            "search_query": search_query,
            "errors": filterset.errors_by_name,
            "ranges": filterset.ranges,
            "problems": filterset.problems,
            "missing_reference": reference,
            "withdrawn_decision": decision,
            "erasure": erasure,
            "near_references": near_references,
            # Read only when the template has no HTML of them.
            "offered_pages": cache(lambda: _offered_pages(search_query)),
            "usual_outcomes": cache(lambda: _usual_outcomes(results_page)),
            "announcement": _count_in_words(results_page),
            "sorts": SORTS if search_query.text else SORTS_WITHOUT_WORDS,
        },
        PageMetadata(
            _title(results_page),
            "Search decisions of the Local Government and Social Care Ombudsman by words, council,"
            " category, outcome, reason, remedy, payment and law, and see the paragraphs that"
            " match.",
            canonical=list_url(results_page.query, page=search_query.page),
            indexable=True,
        ),
    )
    patch_vary_headers(response, ["HX-Request"])
    if results_page.words_are_unavailable and not is_partial:  # htmx shows no page of an error
        mark_unavailable(response)
    if is_partial:
        address = list_url(results_page.query)
        # A repeated request for the same list must not add a step to the browser's history.
        push_url(response, False if request.htmx.current_url_abs_path == address else address)
    return response


@require_safe
@revalidated
def filter_options(request: HtmxRequest) -> HttpResponse:
    """All options of the filter in the parameter `filter`, counted under the other filters.

    A request from htmx gets only those that the list page folds; of categories, only those in the
    category that the parameter `group` names.
    """
    name = request.GET.get("filter", "")
    if name not in PLURAL_LABELS:
        raise Http404(f"There is no list of options for “{name}”.")
    filterset = DecisionFilterSet(request.GET)
    results_page = SearchResultsPage(filterset, opened_facets=[name])
    if request.htmx:
        if name == "category":
            options = results_page.category_options(request.GET.get(GROUP, ""))
        else:
            options = results_page.folded_facet(name).folded or []
        values = {"name": name, "options": options}
        response = render(request, "decisions/_folded_options.html", values)
    else:
        one, plural = lowercase_first(FILTER_LABELS[name]), PLURAL_LABELS[name]
        response = render(
            request,
            "decisions/options.html",
            {
                "name": name,
                "one": one,
                "plural": plural,
                "options": results_page.options(name),
                "other_parameters": parameters_without(name, results_page.query),
                "results_page": results_page,
                "problems": filterset.problems,
                "words": filterset.search_query.text,
            },
            PageMetadata(
                f"Choose {plural}",
                f"Every {one} that decisions in this archive can be filtered by.",
            ),
        )
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the search box suggests for the text in the parameter `q`."""
    context = {"groups": suggest(request.GET.get("q", ""))}
    return render(request, "decisions/_suggestions.html", context)


def _offered_pages(search_query: SearchQuery) -> list[OfferedPage]:
    return offered_pages(search_query.text) if search_query.page == 1 else []


def _usual_outcomes(results_page: SearchResultsPage) -> UsualOutcomes | None:
    query, results = results_page.search_query, results_page.search_results
    return usual_outcomes(query, results, results_page.labels)


def _count_in_words(results_page: SearchResultsPage) -> str:
    """`45 decisions for school bus`."""
    words = results_page.search_query.text
    if results_page.words_are_unavailable:
        return "The search index is being rebuilt"
    if not words:
        return decision_count(results_page.total)
    return f"{decision_count(results_page.total)} for {shortened(words, 60)}"


def _title(results_page: SearchResultsPage) -> str:
    """`45 decisions for school bus: Kent County Council, Upheld, page 2`."""
    title = _count_in_words(results_page)
    if results_page.chips:
        title += f": {filters_in_words([chip.label for chip in results_page.chips])}"
    if results_page.search_query.page > 1 and not results_page.is_beyond_end:
        title += f", page {results_page.search_query.page}"
    return title
