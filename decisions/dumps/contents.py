"""The choices of a dump, and the error that says why a dump cannot be written or read."""

from dataclasses import dataclass

# The format's version. Increase it when a restore cannot read earlier dumps.
FORMAT = 1


class DumpError(Exception):
    """A dump cannot be written or restored. The message says why, to whoever runs the command."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The parts that a dump has in addition to the published decisions.

    `complete`: the text and captures of withdrawn decisions and the failures of imports. Such a
    dump is for moving an archive or for a backup, and must not be handed out. Without it, a
    withdrawn decision is only named, in the table `withdrawn`.
    """

    complete: bool = False
    captures: bool = True
    sqlite: bool = False
    parquet: bool = False
