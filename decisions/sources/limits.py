"""What is read at most, so that no file fills the memory or keeps the archive busy for hours."""

MEBIBYTE = 1024 * 1024
# A decision is some 10 kB, the longest report well under 1 MB. Arrays of records are longer.
MAX_FILE_BYTES = 64 * MEBIBYTE
# One member of a zip or tar, one page of a WARC, one line of JSON Lines: a single decision.
MAX_MEMBER_BYTES = 16 * MEBIBYTE
# Files in one zip or tar: four times what the Ombudsman has published since 2013.
MAX_MEMBERS = 250_000
# Records in one WARC, which holds a request, metadata, pictures … beside each page.
MAX_RECORDS = 2_000_000
# What a zip may hold unpacked. All published decisions together are some 600 MB.
MAX_EXPANDED_BYTES = 2048 * MEBIBYTE
# How many times its packed size something may be unpacked, once it is longer than a decision.
# Decisions come to 3 to 5 times, and menus repeated on every page to 20; a bomb to 1,000.
MAX_RATIO = 200
RATIO_APPLIES_ABOVE = MEBIBYTE


def expands_too_much(packed: int, unpacked: int) -> bool:
    """Does so much come out of so little that no text can be in it? Both in bytes."""
    return unpacked > RATIO_APPLIES_ABOVE and unpacked > MAX_RATIO * packed
