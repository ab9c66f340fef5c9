"""Programs that readers or operators have and the project does not need: curl, R, nginx, …

A test that runs one has the mark `program` with its name: it runs where the program is. Where it
is missing, the test is left out and the end of the run says so in one line; in CI (`CI=true`) the
run then fails before its first test.
"""

import os
import shutil
from pathlib import Path

import pytest

# The program's file, and the Debian package that has it.
PACKAGES = {
    "curl": "curl",
    "openssl": "openssl",
    "Rscript": "r-base-core",
    "soffice": "libreoffice-calc-nogui",
    "nginx": "nginx-light",
    "caddy": "caddy",
}


def missing() -> list[str]:
    """The programs that are not on PATH."""
    return [program for program in PACKAGES if not _is_there(program)]


def _is_there(program: str) -> bool:
    path = shutil.which(program)
    if path is None or program != "soffice":
        return path is not None
    # LibreOffice can be installed without Calc.
    return any(Path(path).resolve().parent.glob("libsclo.*"))


def require_in_ci() -> None:
    """Raise UsageError if this is a run of CI and a program is missing."""
    in_ci = os.environ.get("CI", "").lower() in {"1", "true"}
    if in_ci and missing():
        packages = " ".join(PACKAGES[program] for program in missing())
        raise pytest.UsageError(f"CI is set, and programs are missing: apt-get install {packages}")


def without(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests that can run here, and those that are left out because a program is missing."""
    absent = set(missing())
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        mark = item.get_closest_marker("program")
        (left_out if mark and absent & set(mark.args) else kept).append(item)
    return kept, left_out
