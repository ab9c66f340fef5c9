"""Whether the files of an index on disk are those that were written, and no others."""

import errno
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# The last bytes of every file of the engine's: how long the JSON before them is, and its mark.
_FOOTER = struct.Struct("<II")
_FOOTER_MARK = 1337
_READ_AT_ONCE = 1 << 20

# Of each segment; one that has deletions has a file of them too.
_SUFFIXES = ("fast", "fieldnorm", "idx", "pos", "store", "term")

# These say something about this process, and nothing about the file.
_SHORT_OF = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


def damage(directory: Path) -> list[str]:
    """Names of the index's files that are missing, cannot be read, or hold other bytes.

    Reads every byte of the latest commit. Nothing is asked of the engine, which may have the
    files open since they were sound. Raises OSError where this process is short of resources.
    """
    listing = directory / "meta.json"
    while True:
        before = _read(listing)
        try:
            names = list(_files_of(json.loads(before or b"")))
        except (ValueError, KeyError, TypeError):
            return [listing.name]
        damaged = [name for name in names if not _is_sound(directory / name)]
        managed = _read(directory / ".managed.json")
        if managed is not None and not _is_json(managed):
            damaged.append(".managed.json")
        if not damaged or _read(listing) == before:
            return damaged
        # Another commit came between, and took files away that are merged into others.


def litter(directory: Path) -> list[str]:
    """Names of files that neither the latest commit nor the engine's list of its files names.

    The engine takes away what it has listed. A merge that was given up goes on for a while in a
    process that lives, and writes a list which knows nothing of a later writer's files.
    """
    try:
        known = set(json.loads(_read(directory / ".managed.json") or b""))
        known.update(_files_of(json.loads(_read(directory / "meta.json") or b"")))
    except (ValueError, KeyError, TypeError):  # damaged: it is built anew as a whole
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
        if error.errno in _SHORT_OF:
            raise
        return None


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def _is_sound(path: Path) -> bool:
    """Whether the file's checksum is that of its bytes."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            if size < _FOOTER.size:
                return False
            file.seek(size - _FOOTER.size)
            length, mark = _FOOTER.unpack(file.read(_FOOTER.size))
            end = size - _FOOTER.size - length
            if mark != _FOOTER_MARK or end < 0:
                return False
            file.seek(end)
            expected = json.loads(file.read(length))["crc"]
            file.seek(0)
            checksum = 0
            while end > 0:
                piece = file.read(min(_READ_AT_ONCE, end))
                if not piece:
                    return False
                checksum = zlib.crc32(piece, checksum)
                end -= len(piece)
            return checksum == expected
    except (ValueError, KeyError, TypeError):  # the footer's JSON
        return False
    except OSError as error:
        if error.errno in _SHORT_OF:
            raise
        return False
