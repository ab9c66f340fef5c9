"""The index as a projection: missing, damaged, outdated or behind, it heals; `verify` proves it."""

import os
import time

import pytest
from django.core.management import CommandError, call_command

from decisions import search
from decisions.models import ChangeSequence, Decision
from decisions.search.index import schema, store, sync, writer
from tests.factories import make_decision

pytestmark = pytest.mark.django_db(transaction=True)


def total() -> int:
    return search.search(search.SearchQuery()).total


def wait_until(condition) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen within 30 seconds")


def break_segments(directory) -> None:
    """Overwrite everything but the list of segments, as a failing disk might."""
    for file in directory.iterdir():
        if file.suffix in {".idx", ".term", ".store", ".fast", ".pos", ".fieldnorm"}:
            file.write_bytes(os.urandom(file.stat().st_size))


def test_without_an_index_there_is_no_answer_and_the_index_heals():
    make_decision("90 000 001", outcome="Upheld")
    make_decision("90 000 002", outcome="Not upheld")
    assert search.search(search.SearchQuery("delayed", terms={"outcome": ("upheld",)})) is None
    wait_until(lambda: search.search(search.SearchQuery()))
    assert search.search(search.SearchQuery("delayed")).total == 2


def test_a_deleted_index_heals(index_dir):
    make_decision()
    search.catch_up()
    for directory in index_dir.glob("v*"):
        for file in directory.iterdir():
            file.unlink()
        directory.rmdir()
    search.search(search.SearchQuery())
    wait_until(lambda: search.search(search.SearchQuery()))
    assert total() == 1


def test_a_damaged_index_heals(index_dir):
    make_decision()
    search.catch_up()
    break_segments(store.current().path)
    store.close()
    search.search(search.SearchQuery("delayed"))
    wait_until(lambda: search.search(search.SearchQuery("delayed")))
    assert search.search(search.SearchQuery("delayed")).total == 1
    assert not search.verify()


def test_an_index_of_an_older_schema_is_made_anew(index_dir):
    make_decision()
    search.catch_up()
    old = store.current().path
    old.rename(index_dir / "v0-older")
    (index_dir / "current").write_text("v0-older")
    search.catch_up()
    assert total() == 1
    assert [path.name[:3] for path in index_dir.glob("v*")] == [f"v{schema.VERSION}-"]


def test_an_index_of_another_archive_or_ahead_of_this_one_is_made_anew():
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


def test_only_what_changed_is_applied():
    made = [make_decision() for _ in range(5)]
    assert search.catch_up() == 5
    assert search.catch_up() == 0
    made[0].summary = "Otherwise."
    made[0].save()
    assert search.catch_up() == 1
    assert search.search(search.SearchQuery("otherwise")).ids == [made[0].pk]


def test_one_transaction_is_one_change_however_many_rows_it_has():
    made = [make_decision() for _ in range(5)]
    before = ChangeSequence.objects.get().value
    Decision.objects.update(kind="report")
    assert ChangeSequence.objects.get().value == before + 1
    assert set(Decision.objects.values_list("change", flat=True)) == {before + 1}
    assert search.catch_up() == len(made)


def test_a_commit_says_how_far_it_reached_even_between_changes(monkeypatch):
    monkeypatch.setattr(writer, "MAX_CHANGES_PER_COMMIT", 2)
    make_decision()
    search.catch_up()
    [make_decision() for _ in range(7)]
    reached = []
    commit = writer.Writer.commit
    monkeypatch.setattr(
        writer.Writer,
        "commit",
        lambda self, state: (reached.append(state.change), commit(self, state)),
    )
    search.catch_up()
    assert reached == [3, 5, 7, 8]
    assert not search.verify()


def test_while_another_writes_the_work_is_left_to_it():
    make_decision()
    with sync.lock(wait=False) as held:
        assert held
        assert search.catch_up() == 0
    assert search.catch_up() == 1


def test_a_reader_sees_each_commit_and_a_rebuild():
    for count in (1, 2, 3):
        make_decision()
        search.catch_up()
        assert total() == count
    old = store.current().path
    assert search.rebuild() == 3
    assert not old.exists()
    assert total() == 3


def test_a_failed_rebuild_leaves_the_old_index_in_use(monkeypatch, index_dir):
    make_decision()
    search.catch_up()
    monkeypatch.setattr(schema, "entry", lambda *arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        search.rebuild()
    assert total() == 1
    assert len(list(index_dir.glob("v*"))) == 1


def test_verify_names_what_differs(capsys):
    made = [make_decision() for _ in range(4)]
    search.catch_up()
    call_command("index", "verify")
    assert "hold the same 4 decisions" in capsys.readouterr().out

    held = store.current()
    with writer.writing(held) as index_writer:
        index_writer.load_standard_wording()
        index_writer.remove(made[0].pk)
        made[1].change -= 1
        index_writer.replace(made[1])
        index_writer.commit(held.state())
    Decision.objects.filter(pk=made[2].pk).delete()
    state = writer.database_state()
    with writer.writing(held) as index_writer:
        index_writer.commit(state)
    differences = search.verify()
    assert differences.missing == [made[0].pk]
    assert differences.outdated == [made[1].pk]
    assert differences.extra == [made[2].pk]
    with pytest.raises(CommandError, match="differ"):
        call_command("index", "verify")
    assert f"1 missing: {made[0].pk}" in capsys.readouterr().err

    call_command("index", "rebuild")
    call_command("index", "verify")
    assert "3 decisions" in capsys.readouterr().out


def test_an_empty_archive_has_an_index_too():
    search.catch_up()
    search_results = search.search(search.SearchQuery("anything"))
    assert (search_results.from_index, search_results.total, search_results.ids) == (True, 0, [])
    assert not search.verify()
