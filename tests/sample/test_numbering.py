"""References of samples: each seed has its own, and the default seed keeps those it always had."""

import hashlib
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command

from decisions.models import Decision
from decisions.sample import DEFAULT_SEED, MAX_SEED, generate, max_count, reference_numbers

SEEDS = range(DEFAULT_SEED, MAX_SEED + 1)


def references(seed: int) -> set[str]:
    """The first and the last 20 references of a seed, as its files have them."""
    parts = (generate(20, seed), generate(20, seed, max_count(seed) - 20))
    return {name[:10] for part in parts for name, _ in part}


def test_ranges_follow_each_other_from_90_to_99():
    ranges = [reference_numbers(seed) for seed in SEEDS]
    assert (ranges[0][0], ranges[-1][-1]) == (90_000_001, 99_999_999)
    assert all(before.stop == after.start for before, after in pairwise(ranges))
    assert {len(numbers) for numbers in ranges} == {4_999_999, 100_000}


def test_files_of_different_seeds_never_share_a_reference():
    seen = [name for seed in (1, 2, 3, 50, 51) for name in references(seed)]
    assert len(seen) == len(set(seen)) == 200


@pytest.mark.parametrize("seed", [-1, 0, 52, 10**20])
def test_a_seed_without_references_is_refused(seed, tmp_path):
    with pytest.raises(ValueError, match=f"seed {seed}: give a number from 1 to 51"):
        generate(1, seed)
    with pytest.raises(CommandError, match=f"--seed {seed}: give a number from 1 to 51"):
        call_command("sample", count=1, seed=seed, out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_decisions_beyond_the_references_of_a_seed_are_refused(tmp_path):
    with pytest.raises(ValueError, match="of seed 2: outside 0 to 100,000"):
        generate(1, 2, start=100_000)
    with pytest.raises(CommandError, match="--count 100001: give a number from 1 to 100,000"):
        call_command("sample", count=100_001, seed=2, out=tmp_path)


def test_the_default_archive_never_changes():
    """To the letter: archives, benchmarks and links of today have these decisions."""
    digest = hashlib.sha256()
    for name, data in generate(600):
        digest.update(name.encode() + b"\0" + data + b"\0")
    assert digest.hexdigest() == (
        "3c2090dfb420414b9febcf3fb7ecbec854d5aff421da73693c23dfa68ee1f483"
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_samples_of_two_seeds_stand_beside_each_other(capsys):
    call_command("sample", count=30, seed=1, verbosity=0)
    assert "other seeds" not in capsys.readouterr().out
    texts = dict(Decision.objects.values_list("reference", "summary"))
    call_command("sample", count=20, seed=2, verbosity=0)
    said = capsys.readouterr().out
    assert "20 created, 0 updated" in said
    assert "30 sample decisions of other seeds stay in the archive" in said
    assert Decision.objects.count() == 50
    assert texts.items() <= dict(Decision.objects.values_list("reference", "summary")).items()

    call_command("sample", count=30, seed=1, verbosity=0)
    said = capsys.readouterr().out
    assert "30 unchanged" in said
    assert "20 sample decisions of other seeds" in said
    call_command("sample", remove=True)
    assert not Decision.objects.exists()
