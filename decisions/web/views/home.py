"""The home page: what the archive contains, and where to start."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from decisions.models import NOT_STATED, Decision
from decisions.search import SearchQuery
from decisions.web.charts import draw_charts
from decisions.web.facet_labels import FacetLabels
from decisions.web.presenters.facets import facet_options, group_categories, most_frequent
from decisions.web.presenters.sample_questions import sample_questions
from decisions.web.presenters.structured_data import searchable_archive
from decisions.web.responses import render
from decisions.web.results import aggregate, find
from decisions.web.seo import PageMetadata, site_url

MAX_LATEST = 6  # decisions shown
MAX_COUNCILS = 12  # councils shown, those with the most decisions
MAX_REASONS = 8  # reasons for closing shown, the most frequent


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search box, categories, reasons and questions, latest decisions, a chart and councils."""
    everything = SearchQuery(sort="newest")
    search_results = find(everything)
    counts = search_results.facets if search_results.from_index else {}
    labels = FacetLabels.cached()
    published = Decision.objects.published()
    dated = published.exclude(decided_on=None)
    councils = facet_options(labels["council"], counts.get("council"))
    aggregations = aggregate(everything)
    reasons = most_frequent(facet_options(labels["reason"], aggregations.reasons))
    return render(
        request,
        "decisions/home.html",
        {
            "total": search_results.total,
            "first_day": dated.oldest_first().values_list("decided_on", flat=True).first(),
            "last_day": dated.newest_first().values_list("decided_on", flat=True).first(),
            "holds_samples": published.filter(is_sample=True).exists(),
            "latest": Decision.objects.listed(search_results.ids[:MAX_LATEST]),
            "councils": most_frequent(councils)[:MAX_COUNCILS],
            "council_total": sum(option.value != NOT_STATED for option in councils),
            "categories": group_categories(
                facet_options(labels["category"], counts.get("category")), labels.category_names
            ),
            "reasons": [option for option in reasons if option.value != NOT_STATED][:MAX_REASONS],
            "questions": sample_questions(aggregations),
            "charts": draw_charts(aggregations, everything, labels, ["years"]),
        },
        PageMetadata(
            "What the Ombudsman decided about councils",
            "A searchable archive of decisions by the Local Government and Social Care Ombudsman.",
            json_ld=(searchable_archive(site_url(request)),),
            indexable=True,
        ),
    )
