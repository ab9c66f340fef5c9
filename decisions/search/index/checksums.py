"""Finds files of an index that are damaged, missing or unneeded.

The engine writes a checksum at the end of each file, but its Python package has no function that
compares them (0.27). `verify` compares ids and change numbers alone, and a flipped bit in a list of
postings changes neither: it would hide or add results without an error. So this module reads the
checksums itself. Delete it once the package offers `validate_checksum`.
"""

import errno
import json
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

# The last bytes of every file: the length of the JSON footer that precedes them, and a constant.
_TRAILER = struct.Struct("<II")
_MAGIC_NUMBER = 1337

_BLOCK_SIZE = 1 << 20  # bytes read at a time

# The files of each segment; one with deletions has a .del file too.
_SUFFIXES = ("fast", "fieldnorm", "idx", "pos", "store", "term")

# Errors of a process that lacks resources: they do not mean that the file is damaged.
_RESOURCE_ERRORS = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


def damage(directory: Path) -> list[str]:
    """Names of the index's files that are missing, unreadable, or differ from their checksums.

    Reads every byte of the latest commit from the disk, because the engine may still have earlier
    files open. Raises OSError if this process lacks resources.
    """
    listing = directory / "meta.json"
    while True:
        before = _read(listing)
        try:
            names = list(_files_of(json.loads(before or b"")))
        except (ValueError, KeyError, TypeError):
            return [listing.name]
        versions = {name: _sound_version(directory / name) for name in names}
        counts = Counter(versions.values())
        # The checksum does not cover the footer. One version of the engine writes at least six
        # files of a commit, so a version that only one file has is damage.
        damaged = [name for name, one in versions.items() if one is None or counts[one] == 1]
        managed = _read(directory / ".managed.json")
        if managed is not None and not _is_json(managed):
            damaged.append(".managed.json")
        if not damaged or _read(listing) == before:
            return damaged
        # Another commit has merged files and removed them meanwhile: check again.


class CommittedFiles:
    """Notices that a file of a commit was written to: the engine itself never does that.

    It compares sizes and times alone, so it is cheap enough to ask several times a second. What
    changes on the disk without being written is found by `damage` only.
    """

    def __init__(self) -> None:
        self._seen: dict[Path, tuple[int, int]] = {}

    def have_changed(self, directory: Path) -> bool:
        """Whether a file of the latest commit was written to since the last call, or, if it is
        new, since the commit.
        """
        listing = directory / "meta.json"
        seen = {}
        try:
            names = list(_files_of(json.loads(_read(listing) or b"")))
            committed = listing.stat().st_mtime_ns
            for name in names:
                path = directory / name
                with suppress(FileNotFoundError):  # a merge has just removed it
                    stat = path.stat()
                    seen[path] = (stat.st_size, stat.st_mtime_ns)
        except (ValueError, KeyError, TypeError, FileNotFoundError):  # the list is damaged
            return True
        before, self._seen = self._seen, seen
        return any(
            before[path] != value if path in before else value[1] > committed
            for path, value in seen.items()
        )


def unknown_files(directory: Path) -> list[str]:
    """Names of files that are neither in the latest commit nor in the engine's list of its files.

    The engine removes only files in its list. A merge that was stopped continues for a while if its
    process lives, and then writes a list that lacks the files of a later writer.
    """
    try:
        known = set(json.loads(_read(directory / ".managed.json") or b""))
        known.update(_files_of(json.loads(_read(directory / "meta.json") or b"")))
    except (ValueError, KeyError, TypeError):  # damaged: the whole index will be rebuilt
        return []
    return [path.name for path in directory.glob("[!.]*") if path.name not in known]


def _files_of(listing: dict[str, Any]) -> Iterator[str]:
    for segment in listing["segments"]:
        name = segment["segment_id"].replace("-", "")
        yield from (f"{name}.{suffix}" for suffix in _SUFFIXES)
        if segment["deletes"]:
            yield f"{name}.{segment['deletes']['opstamp']}.del"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        if error.errno in _RESOURCE_ERRORS:
            raise
        return None


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def _sound_version(path: Path) -> str | None:
    """The engine's version in the file's footer, as JSON; None if the file is damaged."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if size < _TRAILER.size:
                return None
            file.seek(size - _TRAILER.size)
            length, magic = _TRAILER.unpack(file.read(_TRAILER.size))
            end = size - _TRAILER.size - length
            if magic != _MAGIC_NUMBER:
                return None
            file.seek(end)  # fails where the footer would begin before the file
            footer = json.loads(file.read(length))
            file.seek(0)
            checksum = 0
            while end > 0:
                piece = file.read(min(_BLOCK_SIZE, end))
                if not piece:
                    return None
                checksum = zlib.crc32(piece, checksum)
                end -= len(piece)
            return json.dumps(footer["version"]) if checksum == footer["crc"] else None
    except (ValueError, KeyError, TypeError):  # the footer's JSON
        return None
    except OSError as error:
        if error.errno in _RESOURCE_ERRORS:
            raise
        return None
