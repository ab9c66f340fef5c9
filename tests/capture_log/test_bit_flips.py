"""`verify` notices any changed bit. BIT_FLIPS=10000 tries as many as docs/backups.md says."""

import os

import pytest

from decisions.models import CaptureLogHead
from tests.capture_log.bit_flips import COLUMNS, flip_many, is_noticed

COUNT = int(os.environ.get("BIT_FLIPS", "200"))


@pytest.mark.slow
@pytest.mark.program("openssl")
@pytest.mark.django_db
def test_every_changed_bit_is_noticed(stamped: CaptureLogHead):
    assert not is_noticed()
    results = flip_many(COUNT, seed=COUNT)
    print(*sorted(results.items()), sep="\n")
    assert {name for name, _ in results} == {f"{table}.{column}" for table, column in COLUMNS}
    assert {noticed for _, noticed in results} == {True}
    assert not is_noticed()
