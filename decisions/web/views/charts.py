"""The charts of a search, and the numbers behind one of them as CSV."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from decisions.web.charts import (
    CHART_NAMES,
    draw_chart,
    draw_charts,
    filters_by_result,
    table_to_csv,
    uphold_rate_in_words,
)
from decisions.web.charts.uphold_rate import UpholdRate
from decisions.web.filters import DecisionFilterSet
from decisions.web.presenters.search_results import SearchResultsPage
from decisions.web.querystring import charts_url, list_url
from decisions.web.responses import mark_unavailable, render
from decisions.web.results import aggregate
from decisions.web.revalidation import revalidated
from decisions.web.seo import Breadcrumb, PageMetadata
from decisions.web.text_format import filters_in_words


@require_safe
@revalidated
def charts_page(request: HttpRequest) -> HttpResponse:
    """All charts of the decisions that the filters find."""
    filterset = DecisionFilterSet(request.GET)
    search_query = filterset.search_query
    aggregations = aggregate(search_query)
    results_page = SearchResultsPage(filterset)
    charts = draw_charts(aggregations, search_query, filterset.labels)
    rate = None if filters_by_result(search_query) else UpholdRate.of(aggregations.outcomes)
    if any(chart.name == "uphold-rate" for chart in charts):
        rate = None
    title = "Charts"
    if search_query.text:
        title += f" of “{Truncator(search_query.text).chars(60)}”"
    if results_page.chips:
        title += f": {filters_in_words([chip.label for chip in results_page.chips])}"
    response = render(
        request,
        "decisions/charts.html",
        {
            "results_page": results_page,
            "search_query": search_query,
            "problems": filterset.problems,
            "aggregations": aggregations,
            "charts": charts,
            "uphold_rate": rate and uphold_rate_in_words(rate),
            "filters_by_result": filters_by_result(search_query),
        },
        PageMetadata(
            title,
            "How decisions of the Ombudsman ended over the years, how many were upheld, why"
            " complaints were closed, and what payments were recommended.",
            (Breadcrumb("Back to the list", list_url(results_page.query)),),
            canonical=charts_url(results_page.query),
        ),
    )
    if search_query.text and not aggregations.from_index:
        mark_unavailable(response)
    return response


@require_safe
@revalidated
def chart_csv(request: HttpRequest) -> HttpResponse:
    """The table of one chart; 404 if it is empty, because it then has no columns."""
    filterset = DecisionFilterSet(request.GET)
    search_query = filterset.search_query
    name = request.GET.get("table", "")
    if name not in CHART_NAMES:
        raise Http404(
            f"There is no table called “{name}”. The tables are {', '.join(CHART_NAMES)}."
        )
    aggregations = aggregate(search_query)
    if search_query.text and not aggregations.from_index:
        message = "The search index is being rebuilt. Search for words again in a minute.\n"
        return mark_unavailable(HttpResponse(message, "text/plain; charset=utf-8"))
    chart = draw_chart(aggregations, search_query, filterset.labels, name)
    if chart is None:
        raise Http404(f"This search has nothing to show in the table “{name}”.")
    return HttpResponse(
        table_to_csv(chart.table),
        "text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="decisions-{name}.csv"'},
    )
