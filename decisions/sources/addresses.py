"""Addresses that containers state for the pages in them."""

import re

# A page links to its address, so nothing but a web address will do.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"]+", re.IGNORECASE)
# Length of an address, in characters. A longer one is treated as missing.
LONGEST = 2000


def web_address(stated: object) -> str | None:
    """The address if it can be linked to, else None."""
    address = stated.strip() if isinstance(stated, str) else ""
    return address if len(address) <= LONGEST and _WEB_ADDRESS.fullmatch(address) else None
