"""Limits on files and their contents, so that no file exhausts memory or takes hours to read."""

MEBIBYTE = 1024 * 1024
# Size of a file that is read into memory at once, in bytes. A decision has some 10 kB, the longest
# report less than 1 MB; an array of JSON records may have much more.
MAX_FILE_BYTES = 64 * MEBIBYTE
# Size of one member of a zip or tar, one page of a WARC, one line of JSON Lines, in bytes.
MAX_MEMBER_BYTES = 16 * MEBIBYTE
# Number of files in one zip or tar. The Ombudsman has published a quarter of that since 2013.
MAX_MEMBERS = 250_000
# Number of records in one WARC, which holds a request, metadata and images beside each page.
MAX_RECORDS = 2_000_000
# Decompressed size of all members of a zip together, or of one member of a tar, in bytes. All
# published decisions together have some 600 MB.
MAX_EXPANDED_BYTES = 2048 * MEBIBYTE
# Compression ratio: decompressed size divided by compressed size. Decisions have 3 to 5, pages
# that repeat a menu 20, a decompression bomb 1,000.
MAX_RATIO = 200
# Decompressed size above which MAX_RATIO applies, in bytes: smaller data does no harm.
RATIO_APPLIES_ABOVE = MEBIBYTE


def expands_too_much(packed: int, unpacked: int) -> bool:
    """Whether the compression ratio is above MAX_RATIO; both sizes in bytes."""
    return unpacked > RATIO_APPLIES_ABOVE and unpacked > MAX_RATIO * packed
