"""Reads paths and uploads into named bytes: files, zips, tars, WARCs, gzip, JSON records.

In: paths, standard input, or the bytes of an upload. Out: Source, Skipped or Unreadable. Each
result is yielded as soon as it is read, so memory holds one decision, however large the container.
May touch: the files it is given; no Django, no database. One module reads one kind of container.
Bad input raises nothing: it is yielded as Unreadable with its name and a reason, and reading
continues.
"""

from decisions.sources.companions import PAGES, files_of_page
from decisions.sources.files import count_paths, read_bytes, read_file, read_paths
from decisions.sources.recognition import START_BYTES, is_read_in_folder
from decisions.sources.results import ReadResult, Skipped, Source, Unreadable, dated

__all__ = [
    "PAGES",
    "START_BYTES",
    "ReadResult",
    "Skipped",
    "Source",
    "Unreadable",
    "count_paths",
    "dated",
    "files_of_page",
    "is_read_in_folder",
    "read_bytes",
    "read_file",
    "read_paths",
]
