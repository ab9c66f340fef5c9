"""The error for a database that cannot be used, and functions that word its messages."""

import errno
import os
from pathlib import Path

from django.db import OperationalError

# Error numbers of the operating system for a full disk or an exhausted quota.
DISK_FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT)


class DatabaseUnavailable(OperationalError):
    """The database cannot be used. The message is one line, for whoever runs the archive."""


def describe_os_error(error: OSError, data_dir: Path) -> str:
    """Return one line that says which path below `data_dir` failed, and why."""
    if error.errno in DISK_FULL_ERRORS:
        return _disk_full(data_dir)
    path = error.filename or data_dir
    return f"The database cannot be used: {path}: {error.strerror}."


def describe_output(output: str, task: str, directory: Path) -> str:
    """Return one line for the `output` of a PostgreSQL program that failed at `task`."""
    if any(os.strerror(number) in output for number in DISK_FULL_ERRORS):
        return _disk_full(directory)
    lines = [line.strip() for line in output.split("\n") if line.strip()]
    errors = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "error:" in line]
    reason = (errors or lines or ["PostgreSQL gave no reason"])[-1]
    return f"Could not {task} in {directory}: {reason} (see also server.log there)"


def _disk_full(directory: Path) -> str:
    return (
        f"The disk that holds {directory} is full. No data was lost: free some space and start"
        " again, or set DATA_DIR to a directory on another disk."
    )
