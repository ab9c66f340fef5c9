"""What a dump holds, and the error that says why a dump cannot be written or read."""

from dataclasses import dataclass

# The format's version. Increase it when a restore could not read the dumps of before.
FORMAT = 1


class DumpError(Exception):
    """A dump cannot be written or restored. The message says why, to whoever runs the command."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a dump holds beside the published decisions.

    `complete`: the text and captures of withdrawn decisions and the failures of imports. Such a
    dump is for moving an archive or for a backup, and must not be handed out. Without it, a
    withdrawn decision is only named, in the table `withdrawn`.
    """

    complete: bool = False
    captures: bool = True
    sqlite: bool = False
    parquet: bool = False
