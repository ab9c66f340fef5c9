"""Links that tell programs what a page is, as Signposting (signposting.org) names them."""

from urllib.parse import urlencode

from decisions.models import Decision, page_address
from decisions.web.mementos import link

# The type of every decision's page, and of reports, in the words of schema.org.
_PAGE = "https://schema.org/AboutPage"
_STATEMENT = "https://schema.org/CreativeWork"
_REPORT = "https://schema.org/Report"

# The media type of each form in which a decision can be downloaded.
_FORMS = {
    "pdf": "application/pdf",
    "xml": "application/akn+xml",
    "md": "text/markdown",
    "txt": "text/plain",
}


def decision_links(decision: Decision, site: str) -> list[str]:
    """The links of a decision's page: its lasting address, its kind, its data and its terms."""
    address = site + decision.get_absolute_url()
    kind = _REPORT if decision.kind == Decision.Kind.REPORT else _STATEMENT
    return [
        link(address, "cite-as"),
        link(_PAGE, "type"),
        link(kind, "type"),
        link(
            site + page_address("api:decision", decision.slug),
            "describedby",
            type="application/json",
        ),
        *(
            link(
                site + page_address("exports:decision", decision.slug, extension),
                "item",
                type=media_type,
            )
            for extension, media_type in _FORMS.items()
        ),
        link(site + page_address("decisions:about") + "#terms", "license"),
        link(site + page_address("decisions:list"), "collection"),
        link(
            f"{site}{page_address('decisions:oembed')}?{urlencode({'url': address})}",
            "alternate",
            type="application/json+oembed",
        ),
    ]
