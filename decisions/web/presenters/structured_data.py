"""Structured data of pages: schema.org objects for JSON-LD.

`site` is scheme and host, which every address in JSON-LD starts with. Nothing invented is
attributed to the Ombudsman or called an organisation; unknown values are omitted.
"""

from django.conf import settings

from decisions.models import Council, Decision, page_address
from decisions.web.presenters.decision_title import DecisionTitle
from decisions.web.querystring import search_url_template
from decisions.web.seo import JsonLd

_OMBUDSMAN: JsonLd = {
    "@type": "GovernmentOrganization",
    "name": "Local Government and Social Care Ombudsman",
    "url": "https://www.lgo.org.uk/",
}
_COPYRIGHT_HOLDER: JsonLd = {
    "@type": "Organization",
    "name": "Commission for Local Administration in England",
}
_PUBLIC_BODIES = set(Council.Kind) - {Council.Kind.CARE_PROVIDER}


def searchable_archive(site: str) -> JsonLd:
    """The whole site, with the address of its search."""
    return {
        **_archive(site),
        "inLanguage": "en-GB",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": site + search_url_template()},
            "query-input": "required name=words",
        },
    }


def decision_data(decision: Decision, site: str) -> JsonLd:
    """A decision, with the body and the subject it is about."""
    about = [council_data(decision.council, site, decision.is_sample)] if decision.council else []
    if decision.category:
        about.append({"@type": "Thing", "name": str(decision.category)})
    data: JsonLd = {
        "@type": "Report" if decision.kind == Decision.Kind.REPORT else "CreativeWork",
        "name": DecisionTitle(decision).with_reference,
        "url": site + decision.get_absolute_url(),
        "identifier": [decision.reference, *decision.other_references],
        "inLanguage": "en-GB",
        "isPartOf": _archive(site),
    }
    if about:
        data["about"] = about
    if decision.summary:
        data["abstract"] = decision.summary
    if decision.decided_on:
        # Not `datePublished`: the day of publication is not known.
        data["dateCreated"] = decision.decided_on.isoformat()
    if decision.is_sample:
        data["creativeWorkStatus"] = "Invented sample"
        return data
    data |= {
        "author": _OMBUDSMAN,
        "publisher": _OMBUDSMAN,
        "copyrightHolder": _COPYRIGHT_HOLDER,
        "license": f"{site}{page_address('decisions:about')}#terms",
    }
    if decision.source_url:
        data["isBasedOn"] = decision.source_url
    return data


def council_data(council: Council, site: str, is_sample: bool) -> JsonLd:
    """A body that complaints are about."""
    public = "GovernmentOrganization" if council.kind in _PUBLIC_BODIES else "Organization"
    data: JsonLd = {
        "@type": "Thing" if is_sample else public,
        "name": council.name,
        "mainEntityOfPage": site + council.get_absolute_url(),
    }
    if is_sample:
        data["description"] = "Invented sample"
    return data


def _archive(site: str) -> JsonLd:
    address = site + page_address("decisions:home")
    return {"@type": "WebSite", "name": settings.ARCHIVE_NAME, "url": address}
