"""Files that lose pages while they are mapped: readers survive, writers do not."""

import mmap
import os
import signal
from pathlib import Path

import pytest

from decisions import search
from decisions.search import facets
from decisions.search.index import lost_pages, store
from decisions.search.index.lost_pages import LostPages, reading


@pytest.fixture
def mapped(tmp_path: Path) -> mmap.mmap:
    """A file of four pages that was truncated after it was mapped."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * 4 * mmap.PAGESIZE)
    with path.open("rb") as file:
        pages = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    os.truncate(path, mmap.PAGESIZE)
    return pages


def test_what_was_read_without_its_pages_is_discarded(mapped):
    before = lost_pages.replaced_pages()
    with reading():
        assert mapped[0] == ord("x")
    with pytest.raises(LostPages), reading():
        assert mapped[2 * mmap.PAGESIZE + 7] == 0
    with pytest.raises(LostPages), reading():
        1 / mapped[3 * mmap.PAGESIZE + 7]  # as the engine may fail on zeros
    assert lost_pages.replaced_pages() == before + 2
    with reading():  # the zeros stay: whoever has the file open must open it again
        assert mapped[2 * mmap.PAGESIZE] == 0


def test_a_reader_hears_of_pages_that_another_thread_lost(mapped):
    with pytest.raises(LostPages), reading():
        facets._executor().submit(mapped.__getitem__, 2 * mmap.PAGESIZE).result()


@pytest.mark.django_db(transaction=True)
def test_an_index_that_lost_pages_is_unavailable(mapped, tmp_path):
    search.catch_up()
    assert store.query_index(lambda _: mapped[2 * mmap.PAGESIZE], default="none") == "none"
    with pytest.raises(store.IndexUnavailable), store._reading(tmp_path):
        assert mapped[3 * mmap.PAGESIZE] == 0


def test_a_signal_of_another_cause_replaces_no_page_and_ends_the_process():
    pid = os.fork()
    if pid == 0:
        before = lost_pages.replaced_pages()
        with reading():
            signal.raise_signal(signal.SIGBUS)
        if lost_pages.replaced_pages() == before:
            signal.raise_signal(signal.SIGBUS)  # the first one may be handled
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGBUS


def test_a_process_that_does_not_read_the_index_ends(mapped):
    """Its writer would merge zeros into new files."""
    with reading():
        pass
    pid = os.fork()
    if pid == 0:
        mapped[2 * mmap.PAGESIZE]
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGBUS
