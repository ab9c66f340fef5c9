"""The sample archive: loaded beside real decisions, removed again, and parsed without a warning."""

import pytest
from django.core.management import call_command

from decisions import search
from decisions.ingest import ingest_all
from decisions.models import Capture, Council, Decision
from decisions.sample import generate
from decisions.sources import Source
from tests.ingest.test_ingest import source

pytestmark = pytest.mark.slow


@pytest.mark.django_db(transaction=True)
def test_samples_are_loaded_and_removed_beside_real_decisions(capsys):
    ingest_all([source(reference="20 000 001", paragraphs=("A real bus.",))])
    call_command("sample", count=60)
    assert "60 created" in capsys.readouterr().out
    assert Decision.objects.filter(is_sample=True).count() == 60
    call_command("sample", count=60)
    assert "60 unchanged" in capsys.readouterr().out
    call_command("sample", remove=True)
    assert "60 sample decisions removed" in capsys.readouterr().out
    assert Decision.objects.get().reference == "20 000 001"
    assert Capture.objects.count() == Council.objects.count() == 1
    assert search.search(search.SearchQuery()).total == 1
    assert not search.verify()


@pytest.mark.django_db
def test_every_sample_is_understood_without_a_warning_but_what_it_leaves_out():
    results = []
    ingest_all((Source(name, data) for name, data in generate(300, seed=2)), results.append)
    assert {str(result.action) for result in results} == {"created"}
    warnings = {warning for result in results for warning in result.document.warnings}
    assert warnings <= {
        "no council", "no category", "no outcome", "no decision date", "no summary",
    }, warnings  # fmt: skip
    for result in results:
        numbers = [p.number for p in result.document.paragraphs() if p.number]
        assert numbers == list(range(1, len(numbers) + 1)), result.name
        assert result.document.is_sample
