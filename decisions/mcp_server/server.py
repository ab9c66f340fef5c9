"""The tools as the protocol has them, and the two ways to serve them."""

import functools
import logging
from collections.abc import Callable
from typing import Annotated, Any, Literal, ParamSpec

from django.conf import settings
from django.db import connection, connections
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import ToolAnnotations
from pydantic import Field

from decisions import search
from decisions.mcp_server import reading, search_tools
from decisions.mcp_server.answers import Json, base_url, with_licence
from decisions.mcp_server.limit import limited
from decisions.quotations import (
    MAX_CHARACTERS,
    MAX_QUOTATIONS,
    TextTooLongError,
    TooManyQuotationsError,
    check,
    verdict_json,
)
from decisions.web.query_time import TOOL_SECONDS, Bound

# Largest request over HTTP, in bytes: more than MAX_CHARACTERS of any script take up.
MAX_REQUEST_BYTES = 1_000_000

PATH = "/mcp"

_INSTRUCTIONS = f"""\
An archive of decisions of the Local Government and Social Care Ombudsman for England. It shows each
decision as the Ombudsman published it. Use search to find decisions, list_facets for the values
that filters may have and their counts, read_decision for the text, and check_quotation before you
quote. Cite a decision by its reference and the address of the paragraph. Findings such as reasons
and remedies were found in the text by a program and can be wrong: read the paragraph. Decisions
marked as samples are invented. The people in decisions have other names: do not try to find out
who they are. check_quotation takes at most {MAX_CHARACTERS:,} characters and {MAX_QUOTATIONS}
quotations at once."""

P = ParamSpec("P")

Words = Annotated[
    str | None,
    Field(
        description="Words to search for, in the site's query language: a b (both), a OR b, -a,"
        ' "a phrase", a*, "a b"~5, council:kent, law:26B, in:remedy.'
    ),
]
Values = Annotated[
    list[str] | None, Field(description="Values as list_facets gives them; one is enough.")
]
Day = Annotated[str | None, Field(description="A day like 2021-04-20, included.")]
Pounds = Annotated[int | None, Field(description="Whole pounds, included.")]
Standard = Annotated[
    bool | None, Field(description="Also search paragraphs that many decisions share.")
]


def _tool(function: Callable[P, Json]) -> Callable[P, Json]:
    """The function with bounded queries, and the connections closed that its thread opened."""

    @functools.wraps(function)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Json:
        try:
            with connection.execute_wrapper(Bound(TOOL_SECONDS)):
                return function(*args, **kwargs)
        finally:
            connections.close_all()

    return wrapped


def search_decisions(
    q: Words = None,
    council: Values = None,
    category: Values = None,
    outcome: Values = None,
    reason: Values = None,
    remedy: Values = None,
    provision: Values = None,
    date_from: Day = None,
    date_to: Day = None,
    payment_min: Pounds = None,
    payment_max: Pounds = None,
    standard: Standard = None,
    sort: Literal["relevance", "newest", "oldest", "payment"] | None = None,
    page: Annotated[int | None, Field(description="Counted from 1.")] = None,
    size: Annotated[Literal[20, 50, 100] | None, Field(description="Decisions a page.")] = None,
) -> dict[str, Any]:
    """Search decisions by words and filters, and get a page of them with matching passages.

    The parameters are those of the site's list. What is not valid is left out; `problems` says so.
    """
    return search_tools.search_decisions(locals())


def list_facets(
    q: Words = None,
    council: Values = None,
    category: Values = None,
    outcome: Values = None,
    reason: Values = None,
    remedy: Values = None,
    provision: Values = None,
    date_from: Day = None,
    date_to: Day = None,
    payment_min: Pounds = None,
    payment_max: Pounds = None,
    standard: Standard = None,
    facets: Annotated[
        list[Literal["council", "category", "outcome", "reason", "remedy", "provision", "year"]]
        | None,
        Field(description="The filters to list; all if left out."),
    ] = None,
) -> dict[str, Any]:
    """List the values of each filter, and how many decisions each would find in this search."""
    parameters = {name: value for name, value in locals().items() if name != "facets"}
    return search_tools.list_facets(parameters, facets or search_tools.FACET_NAMES)


def read_decision(
    reference: Annotated[
        str, Field(description="A reference like 21 019 030 in any spelling, or an address.")
    ],
    section: Annotated[
        str | None, Field(description="The id of one section, from the contents.")
    ] = None,
    part: Annotated[int, Field(description="Long texts come in parts, counted from 1.")] = 1,
) -> dict[str, Any]:
    """Read a decision: its header, its contents and its paragraphs, each with its address."""
    return reading.read_decision(reference, section, part)


def check_quotation(
    text: Annotated[
        str,
        Field(
            description="A text with quotations between quotation marks or in lines that begin with"
            " >, each with a reference beside it; without one, the whole archive is searched."
        ),
    ],
) -> dict[str, Any]:
    """Compare quotations in a text with the decisions that they are from, word for word.

    Says of each whether it is exact, differs and how, is not found, or its reference is not held.
    """
    try:
        verdicts = check(text)
    except (TextTooLongError, TooManyQuotationsError) as error:
        raise ToolError(str(error)) from None
    if not verdicts:
        raise ToolError(
            "No quotation was found. Put each between quotation marks, or begin its lines with >."
        )
    return with_licence({"quotations": [verdict_json(verdict, base_url()) for verdict in verdicts]})


TOOLS: dict[str, Callable[..., Json]] = {
    "search": search_decisions,
    "list_facets": list_facets,
    "read_decision": read_decision,
    "check_quotation": check_quotation,
}


def build_server() -> MCPServer:
    """A server with all tools, for either transport."""
    # Its messages quote what a call says.
    logging.getLogger("mcp").setLevel(logging.WARNING)
    server: MCPServer = MCPServer(
        "ombudsman-decisions",
        title=settings.ARCHIVE_NAME,
        instructions=_INSTRUCTIONS,
        website_url=settings.SITE_URL or None,
        log_level="WARNING",
        subscriptions=False,
    )
    for name, function in TOOLS.items():
        server.add_tool(
            _tool(function),
            name=name,
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
    return server


def serve_stdio() -> None:
    """Serve the program at standard input and output until it closes them."""
    search.catch_up()
    build_server().run("stdio")


def serve_http(host: str, port: int) -> None:
    """Serve programs over streamable HTTP at PATH, without sessions, until SIGTERM or SIGINT."""
    import uvicorn

    search.catch_up()
    app = build_server().streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=MAX_REQUEST_BYTES,
        transport_security=_transport_security(),
        host=host,
    )
    # No log of requests: it would tell who asked.
    uvicorn.run(
        limited(app), host=host, port=port, log_config=None, access_log=False, server_header=False
    )


def _transport_security() -> TransportSecuritySettings:
    """Only calls of the hosts in ALLOWED_HOSTS and of this machine, as the site has it."""
    hosts = [host for host in settings.ALLOWED_HOSTS if host != "*"]
    local = ["localhost", "127.0.0.1", "[::1]"]
    return TransportSecuritySettings(
        enable_dns_rebinding_protection="*" not in settings.ALLOWED_HOSTS,
        allowed_hosts=[name for host in (*hosts, *local) for name in (host, f"{host}:*")],
        allowed_origins=[f"https://{host}" for host in hosts]
        + [f"http://{host}:*" for host in local],
    )
