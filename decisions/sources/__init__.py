"""From paths and uploads to named bytes: files, zips, tars, WARCs, gzip, JSON records.

In: paths, standard input, or the bytes of an upload. Out: Source, Ignored or Unreadable, each as
soon as it is read, so that a container of any size takes the memory of one decision.
May touch: the files it is given; no Django, no database. One module reads one kind of container.
Nothing is raised for bad input: it is yielded by name with a reason, and the rest goes on.
"""

from decisions.sources.files import count_paths, read_bytes, read_paths
from decisions.sources.reads import Ignored, Read, Source, Unreadable

__all__ = ["Ignored", "Read", "Source", "Unreadable", "count_paths", "read_bytes", "read_paths"]
