import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from decisions.capture_log import stamp
from decisions.ingest import ingest_all
from decisions.models import CaptureLogHead
from decisions.sources import Source
from tests.capture_log.authority import Authority
from tests.texts import decision_text


@pytest.fixture(scope="session")
def openssl_authority() -> Iterator[Authority]:
    directory = Path(tempfile.mkdtemp())
    authority = Authority(directory)
    yield authority
    authority.close()
    shutil.rmtree(directory)


@pytest.fixture
def authority(openssl_authority: Authority, settings) -> Authority:
    """A running authority, which the settings name."""
    openssl_authority.spoil = None
    settings.TIMESTAMP_AUTHORITY = openssl_authority.url
    settings.TIMESTAMP_CERTIFICATES = str(openssl_authority.certificates)
    return openssl_authority


def receive(*numbers: int) -> None:
    """Import a decision for each number."""
    texts = [decision_text(f"21 700 {number:03}") for number in numbers]
    ingest_all(Source(f"{number}.txt", text.encode()) for number, text in enumerate(texts))


@pytest.fixture
def stamped(db, authority: Authority) -> CaptureLogHead:
    """The head of a log of five entries; three more entries follow it, which a second head has."""
    receive(1, 2, 3, 4, 5)
    head = stamp()
    assert head
    receive(6, 7, 8)
    assert stamp()
    return head
