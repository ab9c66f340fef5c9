"""What all views of the API share: 304, the limit of requests, CORS and `fields`."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any, cast

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from rest_framework.exceptions import APIException, NotFound
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from decisions.api.parameters import check_names, read_fields
from decisions.api.problems import TooManyRequests, problem
from decisions.web.client_network import client_network
from decisions.web.limits import request_limit
from decisions.web.revalidation import validators
from decisions.web.seo import site_url

# What scripts of other sites may send and read. No cookie is ever sent or read.
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
}
PREFLIGHT_HEADERS = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class ApiView(APIView):
    """A view that answers GET and HEAD with JSON, without knowing who asks.

    `prepare` reads the address and raises an error if there is nothing at it; `answer` then makes
    the content, unless the client has it already. A page of results has `results` and `next`.
    """

    authentication_classes = ()
    permission_classes = ()
    renderer_classes = (JSONRenderer,)

    # The methods that this address answers.
    methods = "GET, HEAD, OPTIONS"
    # Names of the parameters of this address, besides `fields`.
    parameters: Iterable[str] = ()
    # Names of the fields that an answer, or each of its results, can have.
    fields: Iterable[str] = ()

    def get(self, request: Request, **kwargs: str) -> HttpResponseBase:
        """The answer, or 304 if the client has it."""
        http_request = request._request
        current = validators(http_request)
        # Only what was answered with 200 has an ETag, so nothing needs to be looked up.
        has_etag = "If-None-Match" in http_request.headers
        if has_etag and (response := current.not_modified(http_request)) is not None:
            return response
        try:
            check_names(
                request.GET, {*self.parameters, "fields"} if self.fields else self.parameters
            )
            chosen = read_fields(request.GET, self.fields)
            prepared = self.prepare(request, **kwargs)
        except APIException:
            self.count(request)
            raise
        if isinstance(prepared, HttpResponseBase):
            return prepared
        if (response := current.not_modified(http_request)) is not None:
            return response
        self.count(request)
        content = self.answer(request, prepared)
        response = Response(_only(content, chosen))
        if following := content.get("next"):
            response.headers["Link"] = f'<{following}>; rel="next"'
        current.set_on(response)
        return response

    def options(  # type: ignore[override]
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """What a browser asks before it lets another site's script send a request."""
        methods = {"Allow": self.methods, "Access-Control-Allow-Methods": self.methods}
        return HttpResponse(status=204, headers=PREFLIGHT_HEADERS | methods)

    def prepare(self, request: Request, **kwargs: str) -> Any:
        """What `answer` needs, or a redirect; raises APIException."""
        return None

    def answer(self, request: Request, prepared: Any) -> dict[str, Any]:
        """The content of the response."""
        raise NotImplementedError

    def get_exception_handler(self) -> Any:
        """Answers errors as problem details."""
        return problem

    def finalize_response(  # type: ignore[override]
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """Let the scripts of all sites read the response."""
        finished = super().finalize_response(request, cast(Response, response), *args, **kwargs)
        for name, value in CORS_HEADERS.items():
            finished.headers[name] = value
        return finished

    def count(self, request: Request) -> None:
        """Count a request of this network. Raises TooManyRequests."""
        allowance = settings.API_REQUESTS_PER_MINUTE
        if not allowance:
            return
        limit = request_limit(settings.DATA_DIR / "api-requests")
        wait = limit.count(client_network(request._request), allowance)
        if wait:
            seconds = ceil(wait)
            raise TooManyRequests(
                wait,
                f"This network has sent {allowance} requests within a minute. Ask again in"
                f" {seconds} {'second' if seconds == 1 else 'seconds'}.",
            )


class NothingHere(ApiView):
    """Answers every other address under `/api/`: there is nothing."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Raise NotFound, whatever the method."""
        super().initial(request, *args, **kwargs)
        raise NotFound(
            f"There is nothing at {request.path}. {site_url(request._request)}/api/ lists"
            " what there is."
        )


def _only(content: dict[str, Any], fields: Iterable[str] | None) -> dict[str, Any]:
    """The content, or each of its results, with these fields alone; None for all."""
    if fields is None:
        return content
    if "results" in content:
        return {**content, "results": [_select(result, fields) for result in content["results"]]}
    return _select(content, fields)


def _select(values: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in fields if name in values}
