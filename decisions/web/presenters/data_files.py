"""The files of the published dump, in groups, as the page about the data lists them."""

from collections.abc import Callable
from dataclasses import dataclass

from decisions.dumps import Published, PublishedFile


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file as the page shows it: `name` is its path in the dump."""

    name: str
    size: int
    sha256: str
    rows: int | None
    about: str


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files of one format, and what they are good for."""

    heading: str
    explanation: str
    files: list[DataFile]


_GROUPS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    (
        "One database file (SQLite)",
        "A row for each decision and for each paragraph, with full-text search. Open it with"
        " Datasette, DB Browser for SQLite, or any program that reads SQLite.",
        lambda path: path.endswith(".sqlite"),
    ),
    (
        "Tables for analysis (Parquet)",
        "The same tables for pandas, polars, R or DuckDB.",
        lambda path: path.endswith(".parquet"),
    ),
    (
        "Everything, line by line (JSON Lines)",
        "All the archive holds: sections and paragraphs, findings with their evidence, and the"
        " history. An archive can be restored from it.",
        lambda path: path.endswith(".jsonl.gz"),
    ),
    (
        "Received files (WARC)",
        "The files as the archive received them, byte for byte.",
        lambda path: path.endswith(".warc.gz"),
    ),
    (
        "Description",
        "What each table and column means, the terms of use, and the checksums of all files.",
        lambda path: True,
    ),
)


def file_groups(published: Published) -> list[FileGroup]:
    """All files of the dump, each in the first group that fits; without groups that are empty."""
    left = sorted(published.files.values(), key=lambda file: file.path)
    groups = []
    for heading, explanation, fits in _GROUPS:
        files = [_data_file(file) for file in left if fits(file.path)]
        left = [file for file in left if not fits(file.path)]
        if files:
            groups.append(FileGroup(heading, explanation, files))
    return groups


def _data_file(file: PublishedFile) -> DataFile:
    return DataFile(file.path, file.bytes, file.sha256, file.rows, file.about)
