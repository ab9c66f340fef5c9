"""The page that checks the quotations of a text that a reader pastes."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from decisions.quotations import (
    MAX_CHARACTERS,
    MAX_QUOTATIONS,
    MIN_WORDS,
    TextTooLongError,
    TooManyQuotationsError,
    Verdict,
)
from decisions.web.presenters.quotation_verdicts import counts_in_words, shown_verdicts
from decisions.web.quotation_checks import MAX_CHECKS, TooManyChecksError, check_for
from decisions.web.responses import render
from decisions.web.same_site import is_from_this_site
from decisions.web.seo import PageMetadata


class TextForm(forms.Form):
    """A text with quotations. Its length is checked with its quotations."""

    text = forms.CharField(
        label="Your text",
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=f"At most {MAX_CHARACTERS:,} characters and {MAX_QUOTATIONS} quotations.",
        error_messages={"required": "Paste a text that has quotations."},
    )


# Django's protection needs a cookie, and readers get none. Nothing is stored that another site
# could change; `is_from_this_site` keeps other sites from using up their visitors' limits.
@csrf_exempt
@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def check_quotations(request: HttpRequest) -> HttpResponse:
    """A form for a text; what is sent is compared, shown and forgotten."""
    if request.method != "POST":
        return _show(request, TextForm())
    form = TextForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    if not is_from_this_site(request):
        form.add_error(None, "This form was sent from another site. Send it again from this page.")
        return _show(request, form, status=403)
    try:
        verdicts = check_for(request, form.cleaned_data["text"])
    except (TextTooLongError, TooManyQuotationsError) as error:
        form.add_error("text", str(error))
        return _show(request, form, status=422)
    except TooManyChecksError as error:
        form.add_error(None, str(error))
        response = _show(request, form, status=429)
        response["Retry-After"] = str(error.seconds)
        return response
    if not verdicts:
        form.add_error(
            "text",
            "No quotation was found. A quotation stands between quotation marks, or in lines that"
            " begin with >.",
        )
        return _show(request, form, status=422)
    return _show(request, form, verdicts)


def _show(
    request: HttpRequest, form: TextForm, verdicts: list[Verdict] | None = None, status: int = 200
) -> HttpResponse:
    title = "Check quotations"
    if verdicts:
        title = counts_in_words(verdicts)
    elif form.errors:
        title = f"Error: {title}"
    return render(
        request,
        "decisions/check.html",
        {
            "form": form,
            "summary": counts_in_words(verdicts) if verdicts else "",
            "shown_verdicts": shown_verdicts(verdicts or []),
            "min_words": MIN_WORDS,
            "max_checks": MAX_CHECKS,
        },
        PageMetadata(
            title,
            "Paste a text that quotes decisions of the Ombudsman, and see which quotations are word"
            " for word, and which words differ.",
            indexable=request.method != "POST",
        ),
        status,
    )
