"""Errors of the API as RFC 9457 problem details: `application/problem+json`."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework import status
from rest_framework.exceptions import APIException, MethodNotAllowed, NotFound
from rest_framework.response import Response

from decisions.web.failures import DETAILS, status_of

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

# Seconds after which a client may ask again while the database or the search index is unavailable.
RETRY_AFTER = 10


class InvalidParameters(APIException):
    """Parameters that the API does not accept; `messages` has one message for each name."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "invalid"

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__(" ".join(messages.values()))
        self.messages = messages


class Withdrawn(APIException):
    """The decision was published here, and was withdrawn or erased."""

    status_code = status.HTTP_410_GONE
    default_code = "withdrawn"


class TooManyRequests(APIException):
    """The network has used its allowance; `wait` is in seconds."""

    status_code = status.HTTP_429_TOO_MANY_REQUESTS
    default_code = "throttled"

    def __init__(self, wait: float, detail: str) -> None:
        super().__init__(detail)
        self.wait = wait


class Unavailable(APIException):
    """The search index or the database does not answer for the moment."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_detail = "The search index is being rebuilt. Ask again in a few seconds."
    default_code = "unavailable"


class TooSlow(APIException):
    """PostgreSQL stopped a query that took too long."""

    status_code = status.HTTP_504_GATEWAY_TIMEOUT
    default_detail = DETAILS[504]
    default_code = "too_slow"


def problem(error: Exception, context: Mapping[str, Any]) -> Response:
    """The response to an error in a view; unexpected ones are logged, and say nothing of it."""
    if isinstance(error, APIException):
        known = error
    elif isinstance(error, Http404 | PermissionDenied):
        known = NotFound()
    elif isinstance(error, SuspiciousOperation):
        known = InvalidParameters({"": "The address has too many parameters."})
    elif status_of(error) == status.HTTP_504_GATEWAY_TIMEOUT:
        known = TooSlow()
    elif isinstance(error, OperationalError | InterfaceError):
        log.error("The database did not answer the API: %s", error)
        known = Unavailable("The database does not answer. Ask again in a few seconds.")
    else:
        log.error("The API failed", exc_info=error)
        known = APIException("The archive failed to answer. Its operator can read why in the log.")
    return _response(known, context["view"].methods)


def _response(error: APIException, methods: str) -> Response:
    code = error.status_code
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(code).phrase,
        "status": code,
        "detail": str(error.detail),
    }
    headers: dict[str, str] = {}
    if isinstance(error, InvalidParameters):
        content["errors"] = [
            {"parameter": name, "detail": message} for name, message in error.messages.items()
        ]
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(ceil(error.wait))
    elif isinstance(error, Unavailable):
        headers["Retry-After"] = str(RETRY_AFTER)
    elif isinstance(error, MethodNotAllowed):
        headers["Allow"] = methods
    headers["Cache-Control"] = "no-store"
    return Response(content, status=code, headers=headers, content_type=MEDIA_TYPE)
