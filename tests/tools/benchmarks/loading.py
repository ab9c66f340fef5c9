"""Sample decisions straight into the tables by COPY: what `ingest` writes, many times faster.

`tests/tools/test_benchmarks.py` proves the rows equal. The search index is not touched: the loaded
rows count as another archive, so that `search.catch_up()` rebuilds the index.
"""

import datetime
import hashlib
import multiprocessing
import os
import time
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from decisions.ingest import LookupCache
from decisions.ingest.batches import File
from decisions.ingest.copying import copy_rows, give_ids
from decisions.ingest.writer import capture_of, fill, ids_of
from decisions.models import Decision, StandardWording
from decisions.pipeline import parse_file
from decisions.sample import generate
from decisions.sources import Source
from tests.tools.benchmarks import archive

# Decisions that one process understands and copies in one transaction.
CHUNK = 2_000

SEED = 1
SECONDS_BETWEEN_LINES = 10

COUNT_WORDING = """
INSERT INTO decisions_standardwording (fingerprint, decisions, first_decision_ids)
SELECT fingerprint, count(*), (array_agg(id ORDER BY id))[:%s]
FROM decisions_decision, unnest(fingerprints) AS fingerprint GROUP BY fingerprint
"""
RECORD_PUBLICATIONS = """
INSERT INTO decisions_publication (reference, decision_id, first_change, change)
SELECT reference, id, change, change FROM decisions_decision WHERE withdrawn_at IS NULL
ON CONFLICT (reference) DO NOTHING
"""
GO_ON_COUNTING = """
SELECT setval(pg_get_serial_sequence('decisions_decision', 'id'), max(id)) FROM decisions_decision
"""
ANOTHER_ARCHIVE = "UPDATE decisions_changesequence SET archive = gen_random_uuid()"


def load(size: int) -> int:
    """See to it that the archive holds the first `size` samples; returns how many were lacking.

    A load that was broken off goes on where it was, once its processes have ended.
    """
    chunks = list(_chunks(missing(size)))
    lacking = sum(map(len, chunks))
    if not lacking and StandardWording.objects.exists():
        return 0
    # Counted at the end; until then, their absence says that a load was broken off.
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE decisions_standardwording")
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(os.cpu_count(), initializer=archive.set_up) as pool:
        _tell(pool.imap_unordered(copy_samples, chunks), lacking)
    finish()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return lacking


def missing(size: int) -> list[int]:
    """The numbers below `size` of samples that the archive does not hold."""
    present = Decision.objects.filter(pk__lte=size, is_sample=True).values_list("pk", flat=True)
    held = set(present.iterator(chunk_size=10_000))
    return [number for number in range(size) if number + 1 not in held]


def copy_samples(numbers: range) -> int:
    """Generate, understand and copy these samples; number n becomes the decision with id n + 1."""
    samples = [Source(*sample) for sample in generate(len(numbers), SEED, numbers.start)]
    files = [
        File(source, hashlib.sha256(source.data).hexdigest(), parse_file(source))
        for source in samples
    ]
    decisions, captures = [], []
    now = datetime.datetime.now(datetime.UTC)
    for number, file, ids in zip(numbers, files, ids_of(files, LookupCache()), strict=True):
        decision = Decision(pk=number + 1, reference=file.parsed.document.reference)
        fill(decision, file, ids)
        decisions.append(decision)
        captures.append(capture_of(decision, file, now))
    with transaction.atomic(), connection.cursor() as cursor:
        # No trigger counts or numbers anything; what they would write is written here.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SELECT decisions_advance_change()")
        (change,) = cursor.fetchone()
        for decision in decisions:
            decision.change = change
        copy_rows(decisions)
        give_ids(captures)
        copy_rows(captures)
        # A transaction may be part of a longer one.
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    return len(numbers)


def finish() -> None:
    """What the triggers would have counted, and a new name for what is another archive now."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(COUNT_WORDING, [StandardWording.STANDARD_FROM])
        cursor.execute(RECORD_PUBLICATIONS)
        cursor.execute(GO_ON_COUNTING)
        cursor.execute(ANOTHER_ARCHIVE)


def _chunks(numbers: list[int]) -> Iterator[range]:
    """Runs without a gap, CHUNK long at most."""
    start = 0
    for end in range(1, len(numbers) + 1):
        whole = end - start == CHUNK
        if whole or end == len(numbers) or numbers[end] != numbers[end - 1] + 1:
            yield range(numbers[start], numbers[end - 1] + 1)
            start = end


def _tell(counts: Iterable[int], total: int) -> None:
    started = told = time.monotonic()
    done = 0
    for count in counts:
        done += count
        now = time.monotonic()
        if now - told > SECONDS_BETWEEN_LINES or done == total:
            told = now
            pace = done / (now - started)
            print(f"  {done:,} of {total:,} loaded, {pace:,.0f} a second", flush=True)
