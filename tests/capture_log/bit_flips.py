"""Changes one bit at a time of what is stored, and asks `verify` whether it notices."""

import random
from collections import Counter

from django.db import DataError, connection, transaction

from decisions.capture_log import check_log
from decisions.ingest.verification import damaged_captures

# Columns whose bits are changed, how each is bytes in SQL, and how bytes are it.
_TEXT = "convert_to({}, 'LATIN1')", "convert_from(%s, 'LATIN1')"
_TIME = (
    "int8send((extract(epoch FROM {}) * 1000000)::int8)",
    "to_timestamp(('x' || encode(%s, 'hex'))::bit(64)::int8 / 1000000.0)",
)
_BYTES = "{}", "%s"
COLUMNS = {
    ("decisions_capture", "content"): _BYTES,
    ("decisions_capture", "sha256"): _TEXT,
    ("decisions_capture", "received_at"): _TIME,
    ("decisions_capturelogentry", "sha256"): _TEXT,
    ("decisions_capturelogentry", "reference"): _TEXT,
    ("decisions_capturelogentry", "received_at"): _TIME,
    ("decisions_capturelogentry", "leaf"): _BYTES,
    ("decisions_captureloghead", "root"): _BYTES,
    ("decisions_captureloghead", "reply"): _BYTES,
    ("decisions_captureloghead", "certificates"): _TEXT,
    ("decisions_captureloghead", "checksum"): _BYTES,
    ("decisions_captureloghead", "stamped_at"): _TIME,
}


def is_noticed() -> bool:
    """Whether `verify` finds anything, without parsing decisions again."""
    try:
        return any(True for _ in check_log()) or any(True for _ in damaged_captures())
    except DataError:  # a time after the year 9999 cannot be read: `verify` fails
        return True


def flip(chance: random.Random) -> tuple[str, bool] | None:
    """Change one bit and take it back; says of what, and whether it was noticed.

    None where PostgreSQL cannot store the changed value.
    """
    table, column = chance.choice(list(COLUMNS))
    read, write = COLUMNS[table, column]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT ctid::text, {read.format(column)} FROM {table}")
        place, value = chance.choice(cursor.fetchall())
        changed = bytearray(value)
        at = chance.randrange(len(changed))
        changed[at] ^= 1 << chance.randrange(8)
        if 0 in changed and read == _TEXT[0]:
            return None
        # No trigger runs: as if a disk or somebody with its files had changed it.
        cursor.execute("SET LOCAL session_replication_role = replica")
        statement = f"UPDATE {table} SET {column} = {write} WHERE ctid = %s::tid"
        try:
            with transaction.atomic():
                cursor.execute(statement, [bytes(changed), place])
        except DataError:  # such as a time after the year 294276
            return None
        cursor.execute("SET LOCAL session_replication_role = origin")
        noticed = is_noticed()
        transaction.set_rollback(True)
    return f"{table}.{column}", noticed


def flip_many(count: int, seed: int) -> Counter[tuple[str, bool]]:
    """Change that many bits, one after another; how many of each column were noticed or not."""
    chance = random.Random(seed)
    results: Counter[tuple[str, bool]] = Counter()
    while results.total() < count:
        if result := flip(chance):
            results[result] += 1
    return results
