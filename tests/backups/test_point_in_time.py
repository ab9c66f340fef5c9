"""Point-in-time recovery of a real embedded server, by the commands of docs/backups.md."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from ombudsman.runtime import postgres, programs
from tests.processes import wait_until

PAGE = Path(settings.BASE_DIR) / "docs" / "backups.md"
SWITCH_ON, COPY, GO_BACK, TELL_INDEX = re.findall(
    r"^```sh\n(.*?)^```$", PAGE.read_text(), re.MULTILINE | re.DOTALL
)


def give_to_postgres(directory: Path) -> None:
    """As root, PostgreSQL runs as another user, who runs the commands as well."""
    if account := programs.system_account():
        os.chown(directory, account.pw_uid, account.pw_gid)


@pytest.fixture
def backups_dir() -> Iterator[Path]:
    """A directory in which PostgreSQL's account may write."""
    path = Path(os.environ["TESTS_DATA_DIR"]) / f"backups-{os.getpid()}"
    path.mkdir(mode=0o700)
    give_to_postgres(path)
    yield path
    shutil.rmtree(path)


def test_the_archive_goes_back_to_the_moment_before_an_accident(data_dir, backups_dir):
    give_to_postgres(data_dir)
    cluster = postgres.Cluster(data_dir, durable=False)
    socket_dir = cluster.use()
    variables = {
        "BACKUPS": str(backups_dir),
        "PGDATA": str(cluster.directory),
        "PGHOST": str(socket_dir),
        "PGUSER": postgres.ROLE,
        "PGDATABASE": postgres.DATABASE,
    }

    def run(block: str, **more: str) -> None:
        code, output = programs.run_program(
            ["sh", "-euc", f'PATH="{cluster.program("psql").parent}:$PATH"\n{block}'],
            programs.system_account(),
            cwd=backups_dir,
            **variables,
            **more,
        )
        assert code == 0, output

    def query(statement: str) -> list[tuple]:
        with psycopg.connect(
            host=str(socket_dir), user=postgres.ROLE, dbname=postgres.DATABASE, autocommit=True
        ) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    query(
        "CREATE TABLE decisions_changesequence AS SELECT 1 AS value, gen_random_uuid() AS archive"
    )
    query("CREATE TABLE decision AS SELECT 'before the copy' AS text")
    run(SWITCH_ON)
    cluster.stop()
    cluster.use()
    run(COPY)
    (base,) = backups_dir.glob("base-*")
    query("INSERT INTO decision VALUES ('after the copy')")
    ((moment, archive),) = query("SELECT clock_timestamp(), archive FROM decisions_changesequence")
    query("DELETE FROM decision")  # the accident
    cluster.stop()

    run(GO_BACK, BASE=str(base), MOMENT=str(moment))
    cluster.use()

    assert query("SELECT text FROM decision") == [("before the copy",), ("after the copy",)]
    assert query("SHOW archive_mode") == [("on",)]
    run(TELL_INDEX)
    query("INSERT INTO decision VALUES ('since')")
    assert query("SELECT archive FROM decisions_changesequence") != [(archive,)]
    # The new history is archived beside the old one.
    query("SELECT pg_switch_wal()")
    wait_until(lambda: list((backups_dir / "wal").glob("00000002*")))
    assert query("SELECT failed_count FROM pg_stat_archiver") == [(0,)]
    cluster.stop()
    shutil.rmtree(cluster.directory.with_name("postgres.before"))
