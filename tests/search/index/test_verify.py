"""What differs between the index and PostgreSQL is named."""

import pytest
from django.core.management import CommandError, call_command

from decisions import search
from decisions.models import Decision
from decisions.search.index import store, writer
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
