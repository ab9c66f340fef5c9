"""An index that is missing, unreadable, outdated or of another archive is built anew."""

import os
import shutil
from pathlib import Path

import pytest
import tantivy

from decisions import search
from decisions.models import ChangeSequence
from decisions.search.index import lost_pages, schema, store, writer
from ombudsman.runtime import programs
from tests import processes
from tests.factories import make_decision
from tests.processes import has_ended, wait_until
from tests.search.index.colours import COLOURS, PROCESSES, assert_no_litter, is_right, make, wear

pytestmark = pytest.mark.django_db(transaction=True)


def total() -> int:
    return search.search(search.SearchQuery()).total


def test_without_an_index_there_is_no_result_and_the_index_is_rebuilt():
    make_decision("90 000 001", outcome="Upheld")
    make_decision("90 000 002", outcome="Not upheld")
    assert search.search(search.SearchQuery("delayed", terms={"outcome": ("upheld",)})) is None
    wait_until(lambda: search.search(search.SearchQuery()))
    assert search.search(search.SearchQuery("delayed")).total == 2


def test_a_deleted_index_is_rebuilt(index_dir):
    make_decision()
    search.catch_up()
    for directory in index_dir.glob("v*"):
        for file in directory.iterdir():
            file.unlink()
        directory.rmdir()
    search.search(search.SearchQuery())
    wait_until(lambda: search.search(search.SearchQuery()))
    assert total() == 1


def test_a_commit_while_an_index_is_opened_is_not_missed(monkeypatch):
    make_decision()
    search.catch_up()

    def change_first(opening: store.IndexStore) -> store.Commit:
        monkeypatch.undo()
        make_decision()
        search.catch_up()
        return opening.commit()

    monkeypatch.setattr(store.IndexStore, "commit", change_first)
    opened = store.IndexStore(store.current().path)
    assert opened.state() == writer.database_state()


def test_an_error_of_our_own_is_not_taken_for_an_index_that_cannot_be_read(monkeypatch):
    make_decision()
    search.catch_up()
    store.close()
    monkeypatch.setattr(schema, "register_analyzers", lambda index: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        search.search(search.SearchQuery())


def test_a_panic_of_the_engine_is_an_index_that_cannot_be_read():
    search.catch_up()

    def panic(opened: store.IndexStore) -> object:
        return opened.searcher().search(tantivy.Query.all_query(), 0)

    with pytest.raises(BaseException, match="Limit must be") as raised:
        panic(store.current())
    assert not isinstance(raised.value, Exception)
    assert store.query_index(panic, default="none") == "none"


def test_a_store_is_opened_again_after_another_is_in_use_or_pages_were_lost(monkeypatch, index_dir):
    search.catch_up()
    first = store.current()
    assert store.current() is first
    search.rebuild()
    second = store.current()
    assert second.path != first.path
    assert second.is_in_use()
    monkeypatch.setattr(lost_pages, "_replaced", lost_pages.replaced_pages() + 1)
    third = store.current()
    assert third is store.current() is not second
    assert third.commit() != second.commit(), "what was cached may have zeros in it"
    (index_dir / "current").write_text(first.path.name)
    assert not first.is_in_use(), "it has no files any more"
    assert not second.is_in_use(), "another has its place"
    (index_dir / "current").write_bytes(b"\xff")
    assert not second.is_in_use()


def test_an_index_of_an_older_schema_is_rebuilt(index_dir):
    make_decision()
    search.catch_up()
    old = store.current().path
    old.rename(index_dir / "v0-older")
    (index_dir / "current").write_text("v0-older")
    search.catch_up()
    assert total() == 1
    assert [path.name[:3] for path in index_dir.glob("v*")] == [f"v{schema.VERSION}-"]


def test_an_index_of_another_archive_or_ahead_of_this_one_is_rebuilt():
    make_decision()
    search.catch_up()
    first = store.current().path
    ChangeSequence.objects.update(archive="00000000-0000-4000-8000-000000000000")
    search.catch_up()
    second = store.current().path
    assert second != first
    ChangeSequence.objects.update(value=0)
    search.catch_up()
    assert store.current().path != second
    assert total() == 1


def test_an_empty_archive_has_an_index_too():
    search.catch_up()
    search_results = search.search(search.SearchQuery("anything"))
    assert (search_results.from_index, search_results.total, search_results.ids) == (True, 0, [])
    assert not search.verify()


def remove(directory: Path, index_dir: Path) -> None:
    """Remove a directory in which the follower may be creating files: rename it first."""
    shutil.rmtree(directory.rename(index_dir.with_name("removed")))


def delete_everything(index_dir: Path) -> None:
    remove(index_dir, index_dir)


def delete_generation(index_dir: Path) -> None:
    remove(index_dir / (index_dir / "current").read_text(), index_dir)


def delete_pointer(index_dir: Path) -> None:
    (index_dir / "current").unlink()


def write_nonsense(index_dir: Path) -> None:
    (index_dir / "current").write_bytes(os.urandom(40))


def point_nowhere(index_dir: Path) -> None:
    (index_dir / "current").write_text(f"{(index_dir / 'current').read_text()}0")


def put_a_file_in_its_place(index_dir: Path) -> None:
    kept = index_dir / (index_dir / "current").read_text()
    remove(kept, index_dir)
    kept.write_text("")


@pytest.mark.parametrize(
    "harm",
    [
        delete_everything,
        delete_generation,
        delete_pointer,
        write_nonsense,
        point_nowhere,
        put_a_file_in_its_place,
    ],
)
def test_a_missing_index_is_rebuilt_by_the_follower(others, index_dir, harm):
    decision = make(COLOURS[0])
    search.catch_up()
    pid = others.run("follow")
    wear(decision, COLOURS[1])
    wait_until(is_right)
    harm(index_dir)
    wait_until(is_right)
    assert not has_ended(pid)
    assert not search.verify()
    assert_no_litter(index_dir)


def test_an_unreadable_index_is_rebuilt(settings, data_dir):
    """Root may read everything, so that the follower runs as somebody else there."""
    index_dir = settings.INDEX_DIR = data_dir / "index"
    account = programs.system_account()
    make(COLOURS[0])
    search.catch_up()
    old = store.current().path
    old.chmod(0)
    if account:
        for path in (index_dir, index_dir / "lock", index_dir / "current"):
            os.chown(path, account.pw_uid, account.pw_gid)
    with processes.prepared(PROCESSES) as others:
        others.run("follow_as", account.pw_uid if account else os.geteuid())
        wait_until(lambda: (index_dir / "current").read_text() != old.name)
        wait_until(is_right)
