"""Opens a dump: checks every file against the manifest, then reads lines and captures."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from decisions.dumps import warc_files
from decisions.dumps.contents import FORMAT, Contents, DumpError
from decisions.dumps.files import fault
from decisions.dumps.lines import Line, decode
from decisions.dumps.metadata import MANIFEST
from decisions.dumps.tables import Table


class StoredDump:
    """A dump on the disk, of which every file was checked."""

    def __init__(self, directory: Path) -> None:
        """Check all sizes and hashes. Raises DumpError, which names every file that is wrong."""
        self._directory = directory
        manifest = _read_manifest(directory)
        try:
            self._files = [str(entry["path"]) for entry in manifest["files"]]
            wrong = [reason for entry in manifest["files"] if (reason := fault(directory, entry))]
            complete, captures = bool(manifest["complete"]), bool(manifest["captures"])
        except (KeyError, TypeError, AttributeError) as error:
            raise DumpError(f"{directory / MANIFEST} is not the manifest of a dump.") from error
        self.contents = Contents(complete=complete, captures=captures)
        if wrong:
            raise DumpError("The dump is damaged, and nothing was restored:\n" + "\n".join(wrong))

    def lines(self, table: Table) -> Iterator[Line]:
        """Every line of a table, with the values that the model's fields have."""
        for path in self._paths(f"data/{table.name}-"):
            try:
                with gzip.open(self._directory / path) as stream:
                    for number, data in enumerate(stream, 1):
                        yield decode(table, data, f"{path}, line {number},")
            except (OSError, EOFError, zlib.error) as error:
                raise DumpError(f"{path} cannot be read: {error}") from error

    def captures(self) -> Iterator[bytes]:
        """The bytes of every capture, in the order of their lines."""
        return warc_files.read_captures(self._directory, self._paths("captures/"))

    def _paths(self, start: str) -> list[str]:
        return sorted(path for path in self._files if path.startswith(start))


def _read_manifest(directory: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((directory / MANIFEST).read_bytes())
        version = manifest["format"]
    except OSError as error:
        raise DumpError(f"{directory} is no dump: {MANIFEST}: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise DumpError(f"{directory / MANIFEST} is not the manifest of a dump.") from error
    if version != FORMAT:
        raise DumpError(
            f"The dump has format {version}, and this version of the archive reads {FORMAT}."
        )
    return manifest
