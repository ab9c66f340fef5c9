"""Says which network a request comes from, without keeping its address."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# Bits of an IPv6 address that name one customer's network; the rest changes from day to day.
IPV6_NETWORK_BITS = 64


def client_network(request: HttpRequest, counted: str = "") -> str:
    """A keyed hash of the client's network, as 64 hexadecimal digits.

    What is counted apart, as `counted` names it, has a hash of its own. Only who knows SECRET_KEY
    could find the address by trying all.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    return network_hash(peer, request.headers.get("X-Forwarded-For", ""), counted)


def network_hash(peer: str, forwarded: str, counted: str = "") -> str:
    """The same for a connection from `peer` with this X-Forwarded-For, whatever its server is."""
    network = counted + _network(_client_address(peer, forwarded))
    return salted_hmac("decisions.client_network", network, algorithm="sha256").hexdigest()


def client_address(request: HttpRequest) -> str | None:
    """The client's IPv4 address, or the first of its network of IPv6; None on a Unix socket."""
    peer = request.META.get("REMOTE_ADDR", "")
    address = _client_address(peer, request.headers.get("X-Forwarded-For", ""))
    if not address:
        return None
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address) and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((parsed, IPV6_NETWORK_BITS), strict=False)[0])
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def _client_address(peer: str, forwarded: str) -> str:
    """The address that our outermost proxy saw; without proxies, that of the connection.

    Each proxy adds the address that it saw at the end of X-Forwarded-For. What stands before
    those of our own proxies came from the client, who may write anything there.
    """
    added_by_proxies = [peer, *reversed(forwarded.split(","))][: settings.TRUSTED_PROXIES + 1]
    addresses = [address.strip() for address in added_by_proxies if _is_address(address.strip())]
    return addresses[-1] if addresses else ""


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _network(address: str) -> str:
    """The address of IPv4, or the network of IPv6; "" where there is none, as on a Unix socket."""
    if not address:
        return ""
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    bits = int(parsed) >> (128 - IPV6_NETWORK_BITS)
    return f"{bits:x}/{IPV6_NETWORK_BITS}"
