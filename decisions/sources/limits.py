"""Limits on what is read, so that no file fills the memory or takes hours."""

MEBIBYTE = 1024 * 1024
# Size of a file that is read as a whole, in bytes. A decision has some 10 kB, the longest report
# less than 1 MB; an array of JSON records has more.
MAX_FILE_BYTES = 64 * MEBIBYTE
# Size of one member of a zip or tar, one page of a WARC, one line of JSON Lines, in bytes.
MAX_MEMBER_BYTES = 16 * MEBIBYTE
# Files in one zip or tar. The Ombudsman has published a quarter of that since 2013.
MAX_MEMBERS = 250_000
# Records in one WARC. Beside each page it holds a request, metadata and pictures.
MAX_RECORDS = 2_000_000
# Size of all members of a zip together, or of one member of a tar, unpacked, in bytes. All
# published decisions have some 600 MB.
MAX_EXPANDED_BYTES = 2048 * MEBIBYTE
# Unpacked size divided by packed size. Decisions come to 3 to 5, pages that repeat a menu to 20, a
# file made to fill the memory to 1,000.
MAX_RATIO = 200
# Unpacked size from which MAX_RATIO applies, in bytes: less does no harm.
RATIO_APPLIES_ABOVE = MEBIBYTE


def expands_too_much(packed: int, unpacked: int) -> bool:
    """Is the unpacked size out of all proportion to the packed size? Both in bytes."""
    return unpacked > RATIO_APPLIES_ABOVE and unpacked > MAX_RATIO * packed
