"""The versions of a decision by time, as Memento (RFC 7089) asks for them.

The original resource is the Ombudsman's own page where its address is known, else the page of this
archive. Each capture is a memento: its address has the time at which the source was read.
"""

import datetime
from collections.abc import Sequence
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import http_date

from decisions.models import Capture, Decision, page_address
from decisions.references import reference_asked_for

_DIGITS = "%Y%m%d%H%M%S"
# The host whose addresses of decisions are originals, and its subdomains.
_OMBUDSMAN = "lgo.org.uk"


class InvalidTime(ValueError):
    """A time that cannot be read; the message says how times are written."""


def version_address(decision: Decision, capture: Capture) -> str:
    """The address of a version, without scheme and host."""
    digits = capture.captured_at.astimezone(datetime.UTC).strftime(_DIGITS)
    return reverse("decisions:version", args=[decision.slug, digits])


def versions_of(decision: Decision) -> list[Capture]:
    """The captures without their bytes, the oldest first.

    Of those with the same second, only the newest: the address of a version counts in seconds.
    """
    captures = decision.captures.defer("content").order_by("captured_at", "received_at", "pk")
    by_second = {capture.captured_at.replace(microsecond=0): capture for capture in captures}
    return list(by_second.values())


def version_at(decision: Decision, digits: str) -> Capture | None:
    """The capture that has this address, with its bytes."""
    try:
        start = datetime.datetime.strptime(digits, _DIGITS).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    captures: QuerySet[Capture] = decision.captures.filter(
        captured_at__gte=start, captured_at__lt=start + datetime.timedelta(seconds=1)
    )
    return captures.first()  # the newest, by the model's order


def nearest(captures: Sequence[Capture], accept_datetime: str | None) -> Capture:
    """The capture whose time is nearest to an Accept-Datetime header; without one, the newest.

    `captures` are the oldest first, and at least one. Raises InvalidTime.
    """
    if accept_datetime is None:
        return captures[-1]
    try:
        wanted = parsedate_to_datetime(accept_datetime)
    except ValueError:
        raise InvalidTime(
            f"“{accept_datetime}” is not a time. Write it like Tue, 02 Mar 2021 12:00:00 GMT."
        ) from None
    if wanted.tzinfo is None:  # "-0000": universal time, from an unknown place
        wanted = wanted.replace(tzinfo=datetime.UTC)
    return min(captures, key=lambda capture: abs(capture.captured_at - wanted))


def find_by_address(address: str, host: str) -> Decision | None:
    """The published decision whose page has this address, here or on the Ombudsman's site."""
    named = host_of(address)
    is_known = named == host or f".{named}".endswith(f".{_OMBUDSMAN}")
    reference = reference_asked_for(address) if is_known else None
    decision = Decision.objects.find(reference) if reference else None
    if decision is None:
        decision = Decision.objects.published().filter(source_url=address).first()
    return None if decision is None or decision.withdrawn_at else decision


def host_of(address: str) -> str:
    """The host of an absolute address, with the port if it has one; "" if it is no address."""
    try:
        return urlsplit(address).netloc
    except ValueError:  # "https://["
        return ""


def original_address(decision: Decision, site: str) -> str:
    """The address of the original resource."""
    return decision.source_url or site + decision.get_absolute_url()


def page_links(decision: Decision, site: str) -> list[str]:
    """The links from the decision's page to its original, its TimeGate and its TimeMap."""
    original = original_address(decision, site)
    return [
        link(original, "original"),
        link(site + timegate_address(original), "timegate"),
        link(site + timemap_address(original), "timemap", type="application/link-format"),
    ]


def timemap(decision: Decision, site: str) -> list[str]:
    """The entries of a TimeMap: the original, the TimeGate, this map, and each memento."""
    original = original_address(decision, site)
    captures = versions_of(decision)
    period = {}
    if captures:
        period = {
            "from": http_date(captures[0].captured_at.timestamp()),
            "until": http_date(captures[-1].captured_at.timestamp()),
        }
    own = site + timemap_address(original)
    return [
        link(original, "original"),
        link(site + timegate_address(original), "timegate"),
        link(own, "self", type="application/link-format", **period),
        *memento_links(decision, captures, captures, site),
    ]


def memento_links(
    decision: Decision, wanted: Sequence[Capture], captures: Sequence[Capture], site: str
) -> list[str]:
    """A link to each of the `wanted` among all `captures`, which are the oldest first."""
    links = []
    for capture in wanted:
        relation = " ".join(
            [
                *(["first"] if capture == captures[0] else []),
                *(["last"] if capture == captures[-1] else []),
                "memento",
            ]
        )
        time = http_date(capture.captured_at.timestamp())
        links.append(link(site + version_address(decision, capture), relation, datetime=time))
    return links


def timegate_address(original: str) -> str:
    """The address of the TimeGate of an original, without scheme and host."""
    return page_address("decisions:timegate", original)


def timemap_address(original: str) -> str:
    """The address of the TimeMap of an original, without scheme and host."""
    return page_address("decisions:timemap", original)


def link(address: str, relation: str, **attributes: str) -> str:
    """A link of a Link header (RFC 8288) or of a TimeMap."""
    pairs = {"rel": relation, **attributes}
    safe = address.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return "; ".join([f"<{safe}>", *(f'{name}="{value}"' for name, value in pairs.items())])
