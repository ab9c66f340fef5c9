"""Parses and analyses files: named bytes in, a parsed document and its findings out.

It uses sources, parsing and analysis, and needs no Django, no database and no clock.
`worker_pool` does the same in other processes.
"""

from decisions.pipeline.parsed_file import (
    CitedProvision,
    ParsedFile,
    Rejected,
    cited,
    columns,
    in_one_line,
    parse_file,
)

__all__ = [
    "CitedProvision",
    "ParsedFile",
    "Rejected",
    "cited",
    "columns",
    "in_one_line",
    "parse_file",
]
