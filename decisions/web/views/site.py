"""Pages about the site itself, and robots.txt."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.alerts import MAX_REQUESTS, emails_are_offered
from decisions.models import Alert
from decisions.web.examples import EXAMPLES
from decisions.web.mistake_reports import MAX_REPORTS, mail_is_set_up
from decisions.web.querystring import list_url
from decisions.web.quotation_checks import MAX_CHECKS
from decisions.web.responses import render
from decisions.web.revalidation import revalidated
from decisions.web.search_help import REFERENCES, TOPICS
from decisions.web.seo import PageMetadata, site_url

# Addresses that search engines never need, and each with all that starts with it.
_CLOSED = (
    "admin:index",
    "decisions:suggestions",
    "decisions:report-mistake",
    "decisions:options",
    "decisions:alert-new",
)


@require_safe
@revalidated
def help_page(request: HttpRequest) -> HttpResponse:
    """How to search, with examples."""
    return render(
        request,
        "decisions/help.html",
        {"topics": TOPICS, "references": REFERENCES},
        PageMetadata(
            "How to search",
            "How to search for words and phrases, and in one part of a decision, with examples.",
            indexable=True,
        ),
    )


@require_safe
@revalidated
def about(request: HttpRequest) -> HttpResponse:
    """Where the decisions come from, and what this archive adds."""
    return render(
        request,
        "decisions/about.html",
        {
            "operator": settings.OPERATOR,
            "contact": settings.CONTACT,
            "privacy_notice": settings.PRIVACY_NOTICE,
            "retention_days": settings.REPORT_RETENTION_DAYS,
            "mail_is_set_up": mail_is_set_up(),
            "max_reports": MAX_REPORTS,
            "max_checks": MAX_CHECKS,
            "emails_are_offered": emails_are_offered(),
            "alert_days": Alert.TIME_TO_CONFIRM.days,
            "paused_days": Alert.KEPT_WHILE_PAUSED.days,
            "max_alerts": MAX_REQUESTS,
        },
        PageMetadata(
            "About this archive",
            "Who wrote the decisions, what this archive adds to them, how accurate it is, how to"
            " report a mistake, and what it stores about readers.",
            indexable=True,
        ),
    )


@require_safe
@revalidated
def examples(request: HttpRequest) -> HttpResponse:
    """Worked examples with this site's own address."""
    site = site_url(request)
    shown = [replace(example, code=example.code.replace("SITE", site)) for example in EXAMPLES]
    return render(
        request,
        "decisions/examples.html",
        {"examples": shown},
        PageMetadata(
            "Examples for programs and spreadsheets",
            "How to use the decisions with curl, Python, R, SQL, Excel and other spreadsheets.",
            indexable=True,
        ),
    )


@require_safe
@revalidated
def shelf(request: HttpRequest) -> HttpResponse:
    """The page on which a script lists what the reader's browser keeps."""
    return render(
        request,
        "decisions/shelf.html",
        page=PageMetadata("My shelf", "Decisions and notes kept in your browser."),
    )


@require_safe
@revalidated
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: disallows everything, or allows the site and the unfiltered list of decisions.

    Lists with filters are always disallowed, because their number is unlimited.
    """
    closed = [f"Disallow: {reverse(name)}" for name in _CLOSED]
    # Files of lists, whatever their ending: each can hold the whole archive.
    closed.append(f"Disallow: {reverse('exports:list', args=['csv']).removesuffix('csv')}")
    if settings.SEARCH_ENGINES_MAY_INDEX:
        pages = list_url(page="")  # "/decisions/?page=": rules match the start of an address
        rules = [f"Allow: {pages}", f"Disallow: {pages.removesuffix('page=')}", *closed, ""]
        rules.append(f"Sitemap: {site_url(request)}{reverse('decisions:sitemap')}")
    else:
        rules = ["Disallow: /", *closed]
    lines = ["User-agent: *", *rules, ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
