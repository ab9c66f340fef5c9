"""Parses and analyses files: turns named bytes into a document and its findings.

It uses sources, parsing and analysis, and needs no Django, no database and no clock.
`worker_pool` does this in other processes.
"""

from decisions.pipeline.parsed_file import (
    CitedProvision,
    ParsedFile,
    Rejected,
    cited,
    columns,
    describe_file,
    in_one_line,
    parse_file,
)

__all__ = [
    "CitedProvision",
    "ParsedFile",
    "Rejected",
    "cited",
    "columns",
    "describe_file",
    "in_one_line",
    "parse_file",
]
