"""A small, seeded part of `make torture`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests import prepared_data
from tests.processes import environment


@pytest.mark.processes
def test_a_site_loses_nothing_and_recovers(tmp_path: Path) -> None:
    kinds = "damage"
    prepared_data.fill_static_files(tmp_path)
    asked = environment(
        KINDS=kinds, TIMES=1, DECISIONS=20, OUT=tmp_path, TMPDIR=_room(),
        STATIC_ROOT=tmp_path / "static",
    )  # fmt: skip
    command = [sys.executable, "-m", "tests.tools.torture"]
    ended = subprocess.run(
        command, cwd=settings.BASE_DIR, env=asked, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    for kind in kinds.split():
        assert f"{kind}: 1 times, 0 failures; recovered in " in ended.stdout
        assert f"| {kind} | 1 | 0 | " in (tmp_path / "torture.md").read_text()


def _room() -> str:
    """Where the tests keep their data."""
    return os.environ["TESTS_DATA_DIR"]
