"""Other processes that read and write the index of a test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from decisions.search.index import sync
from tests import processes
from tests.search.index.colours import PROCESSES


@pytest.fixture
def others():
    with processes.prepared(PROCESSES) as others:
        yield others


@pytest.fixture(autouse=True)
def index_dir(settings, tmp_path: Path) -> Iterator[Path]:
    """These tests kill writers and damage files, so their indexes are on the disk, as a site's."""
    settings.INDEX_DIR = tmp_path / "index"
    yield settings.INDEX_DIR
    with sync._background_lock:
        pass
