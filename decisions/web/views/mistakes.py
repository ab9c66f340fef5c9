"""The form that reports a mistake, and the page that thanks for it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from decisions.models import Decision, MistakeReport, ReportCount
from decisions.references import read_reference
from decisions.web.client_network import client_network
from decisions.web.mistake_report_form import MistakeReportForm
from decisions.web.mistake_reports import MAX_REPORTS, TooManyReportsError, mail_is_set_up, receive
from decisions.web.querystring import with_parameters
from decisions.web.responses import render
from decisions.web.same_site import is_from_this_site
from decisions.web.seo import Breadcrumb, PageMetadata, site_url


# Django's protection needs a cookie, and readers get none. It would protect nothing here: readers
# have no session that another site could use. `is_from_this_site` keeps other sites from sending
# reports through their visitors' browsers.
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def report_mistake(request: HttpRequest) -> HttpResponse:
    """A form about the decision in the parameter `reference`, or about the archive."""
    if request.method != "POST":
        decision = _decision(request.GET.get("reference", ""))
        initial = {"reference": decision.reference} if decision else {}
        return _show(request, MistakeReportForm(initial=initial), decision)
    form = MistakeReportForm(request.POST)
    status = 422
    if form.is_valid():
        if not is_from_this_site(request):
            form.add_error(
                None, "This form was sent from another site. Send it again from this page."
            )
            return _show(request, form, form.decision, 403)
        report = form.save(commit=False)
        report.content_key = form.content_key()
        try:
            receive(report, client_network(request), site_url(request))
        except TooManyReportsError as error:
            status = 429
            form.add_error(None, _limit_message(error))
        else:
            parameters = {"reference": [report.reference], "kind": [report.kind]}
            address = with_parameters(reverse("decisions:mistake-reported"), parameters)
            return HttpResponseRedirect(address)
    return _show(request, form, form.decision, status)


@require_safe
def mistake_reported(request: HttpRequest) -> HttpResponse:
    """Thanks for a report, and says what happens next."""
    decision = _decision(request.GET.get("reference", ""))
    return render(
        request,
        "decisions/mistake_reported.html",
        {
            "decision": decision,
            "is_urgent": request.GET.get("kind") == MistakeReport.Kind.PERSON,
        },
        PageMetadata("Thank you for your report", "What happens after you report a mistake."),
    )


def _show(
    request: HttpRequest, form: MistakeReportForm, decision: Decision | None, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "decisions/report_mistake.html",
        {
            "form": form,
            "decision": decision,
            "mail_is_set_up": mail_is_set_up(),
            "max_reports": MAX_REPORTS,
        },
        PageMetadata(
            f"{'Error: ' if form.errors else ''}Report a mistake",
            "Tell the staff of this archive what is wrong, without an account.",
            (Breadcrumb(str(decision), decision.get_absolute_url()),) if decision else (),
            canonical=reverse("decisions:report-mistake"),
        ),
        status,
    )


def _decision(reference: str) -> Decision | None:
    """The decision with this reference; None if there is none, or if that is not a reference."""
    canonical = read_reference(reference)
    return Decision.objects.find(canonical) if canonical else None


def _limit_message(error: TooManyReportsError) -> str:
    minutes = ReportCount.PERIOD.seconds // 60
    until = f"{timezone.localtime(error.until):%H:%M}"
    contact = f" If it is urgent, use {settings.CONTACT}." if settings.CONTACT else ""
    return (
        f"Your internet connection has sent {MAX_REPORTS} reports within {minutes} minutes, which"
        f" is the most we accept. Send this one after {until}. What you wrote is still"
        f" here.{contact}"
    )
