"""What differs between the index and PostgreSQL is named."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from decisions import search
from decisions.models import ChangeSequence, Decision
from decisions.search.index import store, verify, writer
from tests.factories import make_decision

pytestmark = pytest.mark.django_db(transaction=True)


def test_verify_names_the_differences(capsys):
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


def test_a_decision_that_is_held_twice_or_is_withdrawn_is_extra():
    twice, withdrawn, *_ = (make_decision() for _ in range(3))
    search.catch_up()
    Decision.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    held = store.current()
    with writer.writing(held) as index_writer:
        index_writer.add(twice)
        index_writer.commit(writer.database_state())
    differences = search.verify()
    assert differences.extra == [twice.pk, withdrawn.pk]
    assert (differences.missing, differences.outdated, differences.damaged) == ([], [], [])
    assert differences.checked == 2
    assert search.rebuild() == 2
    assert not search.verify()


def test_what_changed_after_the_last_commit_is_no_difference():
    kept, changed, withdrawn, deleted = (make_decision() for _ in range(4))
    search.catch_up()
    changed.summary = "Otherwise."
    changed.save()
    Decision.objects.filter(pk=withdrawn.pk).update(withdrawn_at=timezone.now())
    deleted.delete()
    make_decision()
    differences = search.verify()
    assert not differences
    assert differences.checked == 1  # of those that the index should hold as they are
    assert kept.change <= differences.change == store.current().state().change


def test_differences_are_found_in_every_step(monkeypatch):
    monkeypatch.setattr(verify, "IDS_PER_STEP", 2)
    # Ids of their own: after other tests the next ones are tens of thousands of steps away.
    made = [make_decision(pk=number) for number in range(1, 8)]
    search.catch_up()
    assert search.verify().checked == 7
    held = store.current()
    ids = [decision.pk for decision in made]
    Decision.objects.filter(pk__in=ids[-3:]).delete()  # the index alone has the last ids
    with writer.writing(held) as index_writer:
        index_writer.remove(ids[0])
        index_writer.remove(ids[3])
        index_writer.commit(writer.database_state())
    differences = search.verify()
    assert differences.missing == [ids[0], ids[3]]
    assert differences.extra == ids[4:]
    assert differences.checked == 4


@pytest.mark.parametrize("kind", ["idx", "store", "fast", "term"])
def test_verify_names_damaged_files(capsys, kind):
    """Those that the engine cannot read any more, too."""
    make_decision()
    search.catch_up()
    (file,) = store.current().path.glob(f"*.{kind}")
    file.write_bytes(file.read_bytes()[::-1])
    assert search.verify().damaged == [file.name]
    with pytest.raises(CommandError, match="differ"):
        call_command("index", "verify")
    assert f"1 damaged: {file.name}" in capsys.readouterr().err


def test_the_status_says_how_far_the_index_is(capsys):
    made = [make_decision() for _ in range(3)]
    search.catch_up()
    status = search.status()
    current = store.current()
    assert (status.name, status.decisions) == (current.path.name, 3)
    assert status.segments == len(list(current.path.glob("*.store")))
    assert status.size == sum(file.stat().st_size for file in current.path.iterdir())
    assert status.state == status.target == writer.database_state()
    assert status.behind == 0
    call_command("index", "status")
    assert f"holds:         all up to change {made[-1].change}" in capsys.readouterr().out

    made[0].delete()
    make_decision()
    assert search.status().behind == 2
    with pytest.raises(CommandError, match="behind by 2 changes"):
        call_command("index", "status")
    ChangeSequence.objects.update(archive="00000000-0000-4000-8000-000000000000")
    with pytest.raises(CommandError, match="another archive"):
        call_command("index", "status")


def test_each_command_says_that_there_is_no_index():
    for action in ("status", "verify"):
        with pytest.raises(CommandError, match="no search index has been built yet"):
            call_command("index", action)
