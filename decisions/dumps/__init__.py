"""The whole archive as files that can be carried away, and an archive made from them again.

In: the rows of PostgreSQL, or a directory that `dump` wrote. Out: that directory (JSON Lines,
WARC, SQLite, Parquet, each with its hash), or the rows of an empty archive; and the dump that
readers may download now, if no decision in it was withdrawn since.
May touch: PostgreSQL, the directories it is given and DUMP_DIR, and, through search, the index; no
request and no page.

`tables` says which models and columns are dumped, and why others are not. A dump has no clock and
no row ids: the same rows give the same bytes. docs/dumps.md describes the format.
"""

from decisions.dumps.contents import Contents, DumpError
from decisions.dumps.publishing import (
    Published,
    PublishedFile,
    current,
    has_lost_decisions,
    is_due,
    publish,
)
from decisions.dumps.restoring import restore
from decisions.dumps.writing import dump

__all__ = [
    "Contents",
    "DumpError",
    "Published",
    "PublishedFile",
    "current",
    "dump",
    "has_lost_decisions",
    "is_due",
    "publish",
    "restore",
]
