"""Checks the quotations of a text that a program sends."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from decisions.api import schemas
from decisions.api.base import ApiView
from decisions.api.parameters import check_names
from decisions.api.problems import InvalidParameters, TooManyRequests
from decisions.quotations import (
    MAX_CHARACTERS,
    MAX_QUOTATIONS,
    TextTooLongError,
    TooManyQuotationsError,
    verdict_json,
)
from decisions.serializers import LICENCE
from decisions.web.quotation_checks import MAX_CHECKS, TooManyChecksError, check_for
from decisions.web.seo import site_url


class QuotationCheck(ApiView):
    """Compares each quotation of a text with the decision that it is from."""

    http_method_names = ("post", "options")
    methods = "POST, OPTIONS"
    parser_classes = (JSONParser,)

    @extend_schema(
        operation_id="check",
        summary="Check quotations",
        description="Compares each quotation in a text, word for word, with the decision whose"
        " reference stands beside it; one without a reference is looked for in the whole archive."
        f" At most {MAX_CHARACTERS:,} characters and {MAX_QUOTATIONS} quotations at once, and"
        f" {MAX_CHECKS} texts an hour from one network. The text is neither stored nor logged.",
        request=schemas.TextToCheck,
        responses=schemas.CheckedText,
    )
    def post(self, request: Request) -> Response:
        """A verdict on each quotation."""
        self.count(request)
        check_names(request.GET, ())
        try:
            verdicts = check_for(request._request, _text(request.data))
        except (TextTooLongError, TooManyQuotationsError) as error:
            raise InvalidParameters({"text": str(error)}) from None
        except TooManyChecksError as error:
            raise TooManyRequests(error.seconds, str(error)) from None
        site = site_url(request._request)
        content = {
            "quotations": [verdict_json(verdict, site) for verdict in verdicts],
            "licence": LICENCE,
        }
        return Response(content, headers={"Cache-Control": "no-store"})


def _text(data: Any) -> str:
    text = data.get("text") if isinstance(data, dict) else None
    if not isinstance(text, str) or not text:
        raise InvalidParameters(
            {"text": 'Send a JSON object with the text as a string: {"text": "…"}.'}
        )
    return text
