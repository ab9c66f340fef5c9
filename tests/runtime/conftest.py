"""A running site that several modules attack."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ombudsman.runtime import postgres
from tests import prepared_data
from tests.processes import Site, site


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A small site with one web process."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    data = Path(os.environ["TESTS_DATA_DIR"]) / f"{worker}-attacked"
    data.mkdir()
    prepared_data.fill(data)
    log = tmp_path_factory.mktemp("attacked") / "log"
    with site(data, log, SAMPLE=100, WEB_CONCURRENCY=1) as running:
        yield running
    postgres.Cluster(data).stop()
