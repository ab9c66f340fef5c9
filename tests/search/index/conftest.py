"""Other processes that read and write the index of a test."""

import pytest

from tests import processes
from tests.search.index.colours import PROCESSES


@pytest.fixture
def others():
    with processes.prepared(PROCESSES) as others:
        yield others
