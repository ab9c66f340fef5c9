"""The pages of alerts: make one, confirm it, see it and stop it.

None needs a cookie or an account: whoever has an alert's signed address may confirm or stop it.
Each of these pages has a button, because programs that check e-mails open every link.
"""

import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from decisions import alerts
from decisions.models import Alert, ReportCount
from decisions.web.alert_form import AlertForm, EmailAlertForm, WebhookAlertForm
from decisions.web.client_network import client_network
from decisions.web.filters import DecisionFilterSet
from decisions.web.presenters.saved_search import saved_search
from decisions.web.querystring import list_url
from decisions.web.responses import render
from decisions.web.same_site import is_from_this_site
from decisions.web.seo import Breadcrumb, PageMetadata


# Django's protection needs a cookie, and readers get none; `is_from_this_site` keeps other sites
# from asking for alerts through their visitors' browsers.
@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new_alert(request: HttpRequest) -> HttpResponse:
    """A form for an alert by e-mail on the search that the address has."""
    return _new(request, EmailAlertForm)


@csrf_exempt
@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new_webhook(request: HttpRequest) -> HttpResponse:
    """A form for a webhook on the search that the address has."""
    return _new(request, WebhookAlertForm)


@require_safe
def alert_requested(request: HttpRequest) -> HttpResponse:
    """Says that an e-mail with a link is on its way."""
    return render(
        request,
        "decisions/alert_requested.html",
        {"days": Alert.TIME_TO_CONFIRM.days},
        PageMetadata("Check your e-mail", "An e-mail with a link to confirm the alert was sent."),
    )


@csrf_exempt
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_alert(request: HttpRequest, token: str) -> HttpResponse:
    """A button that confirms the alert; a POST confirms it."""
    alert_id = alerts.alert_of(token, "confirm")
    if alert_id and request.method == "POST" and (alert := alerts.confirm(alert_id)):
        return HttpResponseRedirect(_page_of(alert))
    alert = _find(alert_id)
    if alert and alert.confirmed_at:
        return HttpResponseRedirect(_page_of(alert))
    return _show(request, "decisions/alert_confirm.html", alert, "Confirm your alert")


@csrf_exempt  # mail programs send the POST of RFC 8058, and the address is the proof
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, token: str) -> HttpResponse:
    """The alert, and a button that stops it; a POST stops it at once."""
    alert_id = alerts.alert_of(token, "manage")
    if alert_id and request.method == "POST":
        alerts.stop(alert_id)
        return render(
            request,
            "decisions/alert_stopped.html",
            page=PageMetadata("The alert is stopped", "Nothing more is sent."),
        )
    return _show(request, "decisions/alert.html", _find(alert_id), "Your alert")


def _new(request: HttpRequest, form_class: type[EmailAlertForm | WebhookAlertForm]) -> HttpResponse:
    filterset = DecisionFilterSet(request.GET)
    if request.method != "POST":
        return _show_form(request, form_class(), filterset)
    form = form_class(request.POST)
    if not form.is_valid():
        return _show_form(request, form, filterset, 422)
    if not is_from_this_site(request):
        form.add_error(None, "This form was sent from another site. Send it again from this page.")
        return _show_form(request, form, filterset, 403)
    is_email = form.channel == Alert.Channel.EMAIL
    if is_email and not alerts.emails_are_offered():
        return _show_form(request, form, filterset, 503)
    try:
        made = alerts.sign_up(
            saved_search(filterset, request),
            form.channel,
            form.cleaned_data["address"],
            form.cleaned_data["frequency"],
            client_network(request),
        )
    except alerts.TooManyRequestsError as error:
        form.add_error(None, _limit_message(error))
        return _show_form(request, form, filterset, 429)
    if is_email:
        return HttpResponseRedirect(reverse("decisions:alert-requested"))
    if made is None:
        form.add_error(None, "Several alerts of this address wait for its answer already.")
        return _show_form(request, form, filterset, 429)
    return render(
        request,
        "decisions/alert_webhook.html",
        {
            "alert": made,
            "search_lines": made.description.splitlines(),
            "manage_path": _page_of(made),
            "days": Alert.TIME_TO_CONFIRM.days,
        },
        PageMetadata("Your webhook", "The secret of the webhook, and how it is confirmed."),
    )


def _show_form(
    request: HttpRequest,
    form: AlertForm,
    filterset: DecisionFilterSet,
    status: int = 200,
) -> HttpResponse:
    saved = saved_search(filterset, request)
    list_address = list_url(dict(request.GET.lists()))
    is_email = isinstance(form, EmailAlertForm)
    title = "Get new decisions by e-mail" if is_email else "Send new decisions to a webhook"
    return render(
        request,
        "decisions/alert_new.html" if is_email else "decisions/alert_new_webhook.html",
        {
            "form": form,
            "heading": title,
            "search_lines": saved.description.splitlines(),
            "problems": filterset.problems,
            "parameters": saved.parameters,
            "emails_are_offered": alerts.emails_are_offered(),
            "list_address": list_address,
        },
        PageMetadata(
            f"{'Error: ' if form.errors else ''}{title}",
            "Save a search, and get the decisions that are new in it.",
            (Breadcrumb("Decisions", list_address),),
            canonical=request.path,
        ),
        status,
    )


def _show(request: HttpRequest, template: str, alert: Alert | None, title: str) -> HttpResponse:
    """A page about an alert, or the page that says that there is none."""
    if alert is None:
        page = PageMetadata("There is no such alert", "It was stopped, or never confirmed.")
        days = Alert.TIME_TO_CONFIRM.days
        return render(request, "decisions/alert_missing.html", {"days": days}, page, 410)
    values = {
        "alert": alert,
        "search_lines": alert.description.splitlines(),
        "list_address": list_url(dict(QueryDict(alert.parameters).lists())),
    }
    return render(request, template, values, PageMetadata(title, "A saved search."))


def _find(alert_id: uuid.UUID | None) -> Alert | None:
    return Alert.objects.filter(pk=alert_id).first() if alert_id else None


def _page_of(alert: Alert) -> str:
    """The path of the alert's own page."""
    return reverse("decisions:alert", args=[alerts.management_token(alert)])


def _limit_message(error: alerts.TooManyRequestsError) -> str:
    minutes = ReportCount.PERIOD.seconds // 60
    return (
        f"Your internet connection has asked for {alerts.MAX_REQUESTS} alerts within {minutes}"
        f" minutes, which is the most we accept. Try again after"
        f" {timezone.localtime(error.until):%H:%M}."
    )
