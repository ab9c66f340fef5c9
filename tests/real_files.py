"""The real files: decisions, layouts and hostile pages in `../shared`, beside the checkout.

They are not part of the repository, so a clone may lack them. A test that reads them has the mark
`real_files`: it runs where the files are. Where they are missing, all such tests are left out and
the end of the run says so in one line; in CI (`CI=true`) the run then fails before its first test.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
DECISIONS = SHARED / "decisions"
LAYOUTS = SHARED / "layouts"


def are_there() -> bool:
    """Whether the real files lie beside this checkout."""
    return DECISIONS.is_dir()


def require_in_ci() -> None:
    """Raise UsageError if this is a run of CI and the real files are missing."""
    in_ci = os.environ.get("CI", "").lower() in {"1", "true"}
    if in_ci and not are_there():
        raise pytest.UsageError(
            f"CI is set, and there are no real decisions in {DECISIONS}: CI tests them too."
        )


def without(items: list[pytest.Item]) -> tuple[list[pytest.Item], list[pytest.Item]]:
    """The tests that can run here, and those that are left out because the files are missing."""
    if are_there():
        return items, []
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        (left_out if item.get_closest_marker("real_files") else kept).append(item)
    return kept, left_out
