"""A backup on the disk: the names of its files, and its manifest."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decisions.dumps.files import fault

MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
DATABASE = "database.pgdump"
SETTINGS = "settings.env"
SECRET_KEY = "secret_key"  # noqa: S105 -- a file's name

# What `kind` in a manifest says: a dump's has none.
KIND = "backup"

# The format's version. Increase it when a restore cannot read earlier backups.
FORMAT = 1


class BackupError(Exception):
    """A backup cannot be written or restored. The message says why, to whoever runs the command."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of which every file was checked.

    `rows` is the number of rows of each table, `migrations` are those that the database had run,
    as "app.name". `program_version` is the major version of the programs that wrote it.
    """

    directory: Path
    made_at: str
    program_version: int
    rows: dict[str, int]
    migrations: list[str]

    @property
    def database(self) -> Path:
        """The file that pg_dump wrote."""
        return self.directory / DATABASE


def is_backup(directory: Path) -> bool:
    """Whether a directory holds a backup; a dump and any other directory do not."""
    try:
        return bool(json.loads((directory / MANIFEST).read_bytes()).get("kind") == KIND)
    except (OSError, ValueError, AttributeError):
        return False


def open_backup(directory: Path) -> Backup:
    """Check all sizes and hashes. Raises BackupError, which names every file that is wrong."""
    try:
        manifest: dict[str, Any] = json.loads((directory / MANIFEST).read_bytes())
        if manifest["format"] != FORMAT:
            raise BackupError(
                f"The backup has format {manifest['format']}, and this release reads {FORMAT}."
            )
        wrong = [reason for entry in manifest["files"] if (reason := fault(directory, entry))]
        backup = Backup(
            directory,
            manifest["made_at"],
            manifest["program_version"],
            manifest["rows"],
            manifest["migrations"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupError(f"{directory / MANIFEST} is not the manifest of a backup.") from error
    if wrong:
        raise BackupError("The backup is damaged, and nothing was restored:\n" + "\n".join(wrong))
    return backup
