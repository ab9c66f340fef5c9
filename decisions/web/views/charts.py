"""A search as charts, and the numbers behind one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from decisions.web.charts import TABLES, as_csv, charts, chooses_by_result
from decisions.web.filters import DecisionFilterSet
from decisions.web.presenters.search_results import SearchResultsPage
from decisions.web.responses import render
from decisions.web.results import aggregate


@require_safe
def charts_page(request: HttpRequest) -> HttpResponse:
    filterset = DecisionFilterSet(request.GET)
    search_query = filterset.search_query
    aggregations = aggregate(search_query)
    return render(
        request,
        "decisions/charts.html",
        {
            "results_page": SearchResultsPage(filterset),
            "search_query": search_query,
            "problems": filterset.problems,
            "aggregations": aggregations,
            "charts": charts(aggregations, search_query, filterset.labels),
            "chooses_by_result": chooses_by_result(search_query),
        },
    )


@require_safe
def chart_csv(request: HttpRequest) -> HttpResponse:
    """One table; without any decision in it, the names of its columns are not known either."""
    filterset = DecisionFilterSet(request.GET)
    name = request.GET.get("table", "")
    if name not in TABLES:
        raise Http404(f"There is no table “{name}”; there are {', '.join(TABLES)}.")
    aggregations = aggregate(filterset.search_query)
    if filterset.search_query.text and not aggregations.from_index:
        message = "The search index is being built. Search for words again in a moment.\n"
        return HttpResponse(message, "text/plain; charset=utf-8", 503, headers={"Retry-After": 60})
    drawn = charts(aggregations, filterset.search_query, filterset.labels, [name])
    if not drawn:
        raise Http404(f"There is nothing to show as “{name}” in what was asked for.")
    return HttpResponse(
        as_csv(drawn[0].table),
        "text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="decisions-{name}.csv"'},
    )
