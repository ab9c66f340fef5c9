"""Limits on files and their contents, so that no file exhausts memory or takes hours to read.

`meter` counts against them, for every kind of container alike.
"""

MEBIBYTE = 1024 * 1024
# Size of a file that is read into memory at once, in bytes. A decision has some 10 kB, the longest
# report less than 1 MB; an array of JSON records may have much more.
MAX_FILE_BYTES = 64 * MEBIBYTE
# Size of one member of a zip or tar, one page of a WARC, one JSON record, in bytes.
MAX_MEMBER_BYTES = 16 * MEBIBYTE
# Number of decisions in one file, with the members, pages and records that cannot be read. The
# Ombudsman has published a quarter of that since 2013.
MAX_RECORDS = 250_000
# The same, with what is skipped. A WARC holds a request, metadata and images beside each page.
MAX_ENTRIES = 1_000_000
# Number of entries in the directory of one zip, which is held in memory.
MAX_ZIP_ENTRIES = 250_000
# Number of containers within each other; a tar in gzip is two.
MAX_DEPTH = 3
# Size of everything that is decompressed from one file, in bytes. All published decisions together
# have some 600 MB.
MAX_EXPANDED_BYTES = 2048 * MEBIBYTE
# The same, divided by the size of the file. It applies where it allows more than
# MAX_EXPANDED_BYTES, so that a crawl of some GB can be read.
EXPECTED_RATIO = 20
# Number of objects, lists and commas in one JSON record. Python takes up to 150 bytes for each.
MAX_JSON_VALUES = 500_000
# Time of the processor between one entry of a file and the next, in seconds.
MAX_SECONDS = 60
# Compression ratio: decompressed size divided by compressed size. Decisions have 3 to 5, pages
# that repeat a menu 20, a decompression bomb 1,000.
MAX_RATIO = 200
# Decompressed size above which MAX_RATIO applies, in bytes: smaller data does no harm.
RATIO_APPLIES_ABOVE = MEBIBYTE


def expands_too_much(packed: int, unpacked: int) -> bool:
    """Whether the compression ratio is above MAX_RATIO; both sizes in bytes."""
    return unpacked > RATIO_APPLIES_ABOVE and unpacked > MAX_RATIO * packed


def max_expanded(packed: int) -> int:
    """The most bytes that are decompressed from a file of `packed` bytes."""
    return max(MAX_EXPANDED_BYTES, EXPECTED_RATIO * packed)
