"""The same decisions in SQLite's FTS5, which Datasette stands on, with the same facets.

A narrow table of decisions with indexed columns, a table apart for each facet of which a decision
has several values, one for the texts, and an FTS5 table with the porter stemmer over that. As in
the archive's index, standard wording is left out of the words.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from decisions.models import NOT_STATED, ChangeSequence, Decision, StandardWording
from decisions.search import PAGE_SIZE, SearchQuery

# In the table itself; the facets of many values have tables of their own and, for Datasette,
# which counts JSON arrays, a column as well.
SINGLE = ("council", "outcome")
MANY = ("category", "reason", "remedy", "provision")

SCHEMA = """
CREATE TABLE decision (
    id INTEGER PRIMARY KEY, reference TEXT, council TEXT, category TEXT, subcategory TEXT,
    outcome TEXT, decided_on TEXT, reason TEXT, remedy TEXT, provision TEXT, summary TEXT
);
CREATE TABLE decision_text (id INTEGER PRIMARY KEY, body TEXT);
CREATE VIRTUAL TABLE decision_fts USING fts5 (
    body, content='decision_text', content_rowid='id', tokenize='porter unicode61'
);
""" + "".join(
    f"CREATE TABLE decision_{name} (decision INTEGER, value TEXT,"
    " PRIMARY KEY (decision, value)) WITHOUT ROWID;\n"
    for name in MANY
)
# After the rows are in; ANALYZE last, so that SQLite knows what it holds.
INDEXES = (
    """
INSERT INTO decision_fts (decision_fts) VALUES ('rebuild');
INSERT INTO decision_fts (decision_fts) VALUES ('optimize');
CREATE INDEX decision_by_council ON decision (council);
CREATE INDEX decision_by_category ON decision (category);
CREATE INDEX decision_by_outcome ON decision (outcome);
CREATE INDEX decision_by_date ON decision (decided_on DESC, id DESC);
"""
    + "".join(
        f"CREATE INDEX {name}_by_value ON decision_{name} (value, decision);\n" for name in MANY
    )
    + "ANALYZE;\n"
)


def build(path: Path) -> bool:
    """The database at `path`, made unless it holds this very archive; returns whether it was."""
    sequence = ChangeSequence.objects.get()
    made_of = f"{sequence.archive} {sequence.value}"
    if path.exists():
        with sqlite3.connect(path) as held:
            if held.execute("SELECT * FROM made_of").fetchone() == (made_of,):
                return False
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    database = sqlite3.connect(part)
    database.executescript("PRAGMA journal_mode = off; PRAGMA synchronous = off;" + SCHEMA)
    with database:
        for row, values, body in _rows():
            marks = ", ".join("?" * len(row))
            database.execute(f"INSERT INTO decision VALUES ({marks})", row)
            database.execute("INSERT INTO decision_text VALUES (?, ?)", [row[0], body])
            for name, several in values.items():
                database.executemany(
                    f"INSERT INTO decision_{name} VALUES (?, ?)",
                    ((row[0], value) for value in several),
                )
    database.executescript(INDEXES)
    with database:
        database.execute("CREATE TABLE made_of (archive TEXT)")
        database.execute("INSERT INTO made_of VALUES (?)", [made_of])
    database.close()
    part.replace(path)
    return True


def _rows() -> Iterator[tuple[tuple, dict[str, list[str]], str]]:
    standard = frozenset(StandardWording.objects.standard().values_list("pk", flat=True))
    decisions = Decision.objects.published()
    for decision in decisions.select_related("council", "category__parent", "outcome").iterator(
        chunk_size=500
    ):
        category = decision.category
        top = category and (category.parent or category)
        values = {
            "category": sorted({top.path, category.path}) if top and category else [NOT_STATED],
            "reason": sorted(set(decision.reasons)),
            "remedy": decision.remedies,
            "provision": decision.provisions,
        }
        row = (
            decision.pk,
            decision.reference,
            decision.council.slug if decision.council else NOT_STATED,
            top.path if top else NOT_STATED,
            category.path if category else NOT_STATED,
            decision.outcome.slug if decision.outcome else NOT_STATED,
            decision.decided_on and decision.decided_on.isoformat(),
            *(json.dumps(values[name]) for name in ("reason", "remedy", "provision")),
            decision.summary,
        )
        yield row, values, "\n".join(_texts(decision, standard))


def _texts(decision: Decision, standard: frozenset[int]) -> Iterator[str]:
    """All that the archive's index finds a decision by."""
    yield from (decision.reference, *decision.other_references)
    for named in (decision.council, decision.category, decision.outcome, decision.summary):
        if named:
            yield str(named)
    apart = decision.standard_places(standard)
    for index, section in enumerate(decision.document_sections):
        yield section.heading or ""
        for position, paragraph in enumerate(section.paragraphs):
            if (index, position) not in apart:
                yield from paragraph.texts()


def language(text: str) -> str:
    """One of `kinds.QUERIES` as FTS5 writes it."""
    return text.replace(" -", " NOT ")


def ask(database: sqlite3.Connection, search_query: SearchQuery) -> int:
    """Twenty in order, the exact count, six facets counted under the others; returns the count.

    What matches is looked up once for all facets whose filters are not in use, and once more for
    each that is: as few searches as the archive's own.
    """
    count = _collect(database, search_query)
    if search_query.text:
        found = (
            "SELECT rowid FROM decision_fts WHERE decision_fts MATCH ?"
            " AND +rowid IN (SELECT id FROM temp.matching) ORDER BY rank LIMIT ?"
        )
        database.execute(found, [language(search_query.text), PAGE_SIZE]).fetchall()
    else:
        found = (
            f"SELECT id FROM decision WHERE {_id('id', database, count)}"
            " IN (SELECT id FROM temp.matching) ORDER BY decided_on DESC, id DESC LIMIT ?"
        )
        database.execute(found, [PAGE_SIZE]).fetchall()
    used = [name for name in (*SINGLE, *MANY) if search_query.terms.get(name)]
    for name in (*SINGLE, *MANY):
        if name not in used:
            _count(database, name, count)
    for name in used:
        _count(database, name, _collect(database, search_query, without=name))
    return count


def _collect(database: sqlite3.Connection, search_query: SearchQuery, without: str = "") -> int:
    """The ids that match words and filters, into a table in memory; returns how many."""
    conditions, values = [], []
    if search_query.text:
        conditions.append("id IN (SELECT rowid FROM decision_fts WHERE decision_fts MATCH ?)")
        values.append(language(search_query.text))
    for name, chosen in search_query.terms.items():
        if name != without:
            conditions.append(f"{name} = ?")  # `kinds` asks for one value, of the upper level
            values += chosen
    if search_query.date_from and search_query.date_to:
        conditions.append("decided_on BETWEEN ? AND ?")
        values += [search_query.date_from.isoformat(), search_query.date_to.isoformat()]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    database.execute("DROP TABLE IF EXISTS temp.matching")
    database.execute("CREATE TEMP TABLE matching (id INTEGER PRIMARY KEY)")
    collect = f"INSERT INTO temp.matching SELECT id FROM decision {where}"
    return database.execute(collect, values).rowcount


def _count(database: sqlite3.Connection, name: str, matching: int) -> None:
    column, table, key = name, "decision", "id"
    if name in MANY:
        column, table, key = "value", f"decision_{name}", "decision"
    database.execute(
        f"SELECT {column}, count(*) FROM {table} WHERE {_id(key, database, matching)}"
        f" IN (SELECT id FROM temp.matching) GROUP BY {column}"
    ).fetchall()


def _id(column: str, database: sqlite3.Connection, matching: int) -> str:
    """The column as SQLite shall use it: few are looked up one by one, many while an index in the
    order wanted is read, which was seen to be up to 8 times faster from a quarter of all on."""
    (last,) = database.execute("SELECT max(id) FROM decision").fetchone()
    return f"+{column}" if matching * 4 > last else column


def connect(path: Path) -> sqlite3.Connection:
    """Opened for reading, its pages mapped into memory and temporary tables kept there."""
    database = sqlite3.connect(path, isolation_level=None)
    database.executescript("PRAGMA temp_store = memory; PRAGMA mmap_size = 30000000000;")
    return database
