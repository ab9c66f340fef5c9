"""Reads paths and uploads into named bytes: files, zips, tars, WARCs, gzip, JSON records.

In: paths, standard input, or the bytes of an upload. Out: Source, Ignored or Unreadable. Each
result is yielded as soon as it is read, so memory holds one decision, however large the container.
May touch: the files it is given; no Django, no database. One module reads one kind of container.
Bad input raises nothing: it is yielded as Unreadable with its name and a reason, and reading
continues.
"""

from decisions.sources.files import count_paths, read_bytes, read_file, read_paths
from decisions.sources.results import Ignored, ReadResult, Source, Unreadable, dated

__all__ = [
    "Ignored",
    "ReadResult",
    "Source",
    "Unreadable",
    "count_paths",
    "dated",
    "read_bytes",
    "read_file",
    "read_paths",
]
