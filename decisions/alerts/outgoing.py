"""Requests to addresses that readers give: to public servers only, and never to our own network.

A name is resolved once, all its addresses are checked, and the connection goes to one that was
checked: a name server that answers differently the second time changes nothing. Redirects are not
followed, proxies of the environment are not used, and answers are cut off.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

# Seconds for each step of a request, and for all of it once the name is resolved.
STEP_TIMEOUT = 10.0
TOTAL_TIMEOUT = 20.0

# Bytes of an answer that are read.
MAX_ANSWER = 4_096

# Longest address, in characters.
MAX_ADDRESS = 2_000

# Networks that lead to IPv4 addresses, private ones among them, under another name.
_TRANSLATED = [ipaddress.ip_network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")]


class InvalidAddress(ValueError):
    """An address that no webhook may have; the message says why, for whoever typed it."""


class Undeliverable(Exception):
    """A request failed; the message says why, without the address."""


@dataclass(frozen=True)
class Answer:
    """The status and the first bytes of an answer."""

    status: int
    text: str

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def check_address(address: str) -> None:
    """Raise InvalidAddress unless this is the address of a web server; nothing is resolved."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        raise InvalidAddress("This is not the address of a web page.") from None
    schemes = {"https"} if settings.PRODUCTION else {"https", "http"}
    if parts.scheme not in schemes:
        raise InvalidAddress("The address must start with https://.")
    if not parts.hostname or any(char.isspace() or not char.isprintable() for char in address):
        raise InvalidAddress("This is not the address of a web page.")
    if parts.username is not None or parts.password is not None:
        raise InvalidAddress("The address must not have a user name or a password.")
    if len(address) > MAX_ADDRESS:
        raise InvalidAddress(f"The address must have {MAX_ADDRESS:,} characters or fewer.")
    try:
        number = ipaddress.ip_address(parts.hostname)
    except ValueError:  # a name, which is resolved for each request
        return
    if not _is_allowed(number):
        raise InvalidAddress("The address must be on the public internet.")


def post(address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send a POST request. Raises Undeliverable."""
    try:
        check_address(address)
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode()
        return _post(parts, host, port, _resolve(host, port), body, headers)
    except (InvalidAddress, UnicodeError) as error:
        raise Undeliverable(str(error)) from None
    except TimeoutError:
        raise Undeliverable("it did not answer in time") from None
    except ssl.SSLCertVerificationError as error:
        raise Undeliverable(f"its certificate is not valid: {error.verify_message}") from None
    except (OSError, http.client.HTTPException) as error:
        raise Undeliverable(f"the connection failed ({type(error).__name__})") from None


def _resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises Undeliverable if one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise Undeliverable("the name of its server is not known") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(_is_allowed(ipaddress.ip_address(address)) for address in addresses):
        raise Undeliverable("its server is not on the public internet")
    return addresses


def _is_allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether we may connect to it: if it is public or, on a site that is not, in any case."""
    if not settings.PRODUCTION:
        return True
    if any(address in network for network in _TRANSLATED):
        return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


class _Connection(http.client.HTTPConnection):
    """A connection to one of the addresses that were checked."""

    def __init__(self, host: str, port: int, addresses: list[str], *, encrypted: bool) -> None:
        super().__init__(host, port, timeout=STEP_TIMEOUT)
        self.default_port = 443 if encrypted else 80  # the header Host names any other
        self._addresses = addresses
        self._encrypted = encrypted

    def connect(self) -> None:
        """Connect to the first address that answers."""
        for number, address in enumerate(self._addresses, 1):
            try:
                self.sock = socket.create_connection((address, self.port), STEP_TIMEOUT)
                break
            except OSError:
                if number == len(self._addresses):
                    raise
        if self._encrypted:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)

    def abort(self) -> None:
        """Break off, from another thread."""
        with contextlib.suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def _post(
    parts: SplitResult,
    host: str,
    port: int,
    addresses: list[str],
    body: bytes,
    headers: Mapping[str, str],
) -> Answer:
    connection = _Connection(host, port, addresses, encrypted=parts.scheme == "https")
    watch = threading.Timer(TOTAL_TIMEOUT, connection.abort)
    watch.daemon = True
    watch.start()
    try:
        path = parts._replace(scheme="", netloc="", fragment="", path=parts.path or "/").geturl()
        connection.request("POST", path, body, {**headers, "Connection": "close"})
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(MAX_ANSWER).decode(errors="replace"))
    finally:
        watch.cancel()
        connection.close()
