"""What people hand over, as named bytes: files, directories, archives, JSON records, uploads.

Everything is yielded as it is read: a directory of 60,000 files, or a WARC, tar or JSON Lines
file of any size, takes the memory of one decision. What cannot be read is yielded too, by name
and reason, and the rest goes on; nothing here raises for the sake of its input. A module a
container; docs/sources.md has the table of them.
"""

from decisions.sources.files import count_paths, read_bytes, read_paths
from decisions.sources.reads import Ignored, Read, Source, Unreadable

__all__ = ["Ignored", "Read", "Source", "Unreadable", "count_paths", "read_bytes", "read_paths"]
