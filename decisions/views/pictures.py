"""A search as pictures, and the numbers behind one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from decisions import search
from decisions.filters import DecisionFilterSet
from decisions.listing import Listing
from decisions.pages import render
from decisions.pictures import TABLES, as_csv, chooses_by_result, pictures


@require_safe
def picture(request: HttpRequest) -> HttpResponse:
    filterset = DecisionFilterSet(request.GET)
    question = filterset.question
    tallies = search.tally(question)
    return render(
        request,
        "decisions/picture.html",
        {
            "listing": Listing(filterset),
            "question": question,
            "problems": [error for errors in filterset.errors.values() for error in errors],
            "tallies": tallies,
            "pictures": pictures(tallies, question, filterset.names) if tallies else [],
            "chooses_by_result": chooses_by_result(question),
        },
    )


@require_safe
def picture_csv(request: HttpRequest) -> HttpResponse:
    """One table; without any decision in it, the names of its columns are not known either."""
    filterset = DecisionFilterSet(request.GET)
    name = request.GET.get("table", "")
    if name not in TABLES:
        raise Http404(f"There is no table “{name}”; there are {', '.join(TABLES)}.")
    tallies = search.tally(filterset.question)
    if tallies is None:
        message = "The search index is being built. Try again in a moment.\n"
        return HttpResponse(message, "text/plain; charset=utf-8", 503, headers={"Retry-After": 60})
    drawn = pictures(tallies, filterset.question, filterset.names, [name])
    if not drawn:
        raise Http404(f"There is nothing to show as “{name}” in what was asked for.")
    return HttpResponse(
        as_csv(drawn[0].table),
        "text/csv; charset=utf-8; header=present",
        headers={"Content-Disposition": f'attachment; filename="decisions-{name}.csv"'},
    )
