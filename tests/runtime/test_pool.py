"""A server that DATABASE_URL names, with and without a pool: no lock or connection stays behind."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from ombudsman.runtime import postgres
from tests import prepared_data
from tests.processes import environment, wait_until

pytestmark = pytest.mark.processes

# While the database is prepared, Django's connection goes back to the pool, another thread takes
# its session, and Django gets another one. Prints the advisory locks during and after that.
LOCKED = """
import time
import django; django.setup()
from django.db import connection, connections
from ombudsman.runtime import server

def session(wrapper):
    wrapper.ensure_connection()
    return wrapper.connection.info.backend_pid

def locks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        return cursor.fetchone()[0]

first = session(connection)
with server.preparation_lock():
    connection.close()
    others = [connections.create_connection("default") for _ in range(2)]
    taken = [session(other) for other in others]
    others[taken.index(first) - 1 if first in taken else 0].close()
    assert session(connection) != first
    print(locks())
end = time.monotonic() + 60  # PostgreSQL releases the lock a moment after its session is closed
while (left := locks()) and time.monotonic() < end:
    time.sleep(0.1)
print(left)
"""

# Prepares the site as `manage.py run` does, then waits for the end of its input.
PREPARED = """
import sys
import django; django.setup()
from ombudsman.runtime import server
server.prepare(lambda line: None)
print("prepared", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def cluster(data_dir: Path) -> Iterator[postgres.Cluster]:
    """A server that these processes know by its address alone."""
    cluster = postgres.Cluster(data_dir / "server", durable=False)
    cluster.use()
    yield cluster
    cluster.release()


def start(script: str, cluster: postgres.Cluster, pool: int) -> subprocess.Popen[str]:
    url = f"postgresql://{postgres.ROLE}@/{postgres.DATABASE}?host={quote(str(cluster.use()), '')}"
    return subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=settings.BASE_DIR,
        env=environment(
            DJANGO_SETTINGS_MODULE="ombudsman.settings",
            DATA_DIR=cluster.data_dir.with_name("data"),
            DATABASE_URL=url,
            DATABASE_POOL=pool,
            SAMPLE=0,
        ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("pool", [0, 2])
def test_the_lock_lasts_as_long_as_the_preparation_and_no_longer(cluster, pool):
    process = start(LOCKED, cluster, pool)
    assert process.communicate()[0].split() == ["1", "0"]


@pytest.mark.parametrize("pool", [0, 2])
def test_a_process_that_only_supervises_keeps_no_connection(cluster, pool):
    data = cluster.data_dir.with_name("data")
    data.mkdir()
    prepared_data.fill_static_files(data)
    process = start(PREPARED, cluster, pool)
    assert process.stdout.readline() == "prepared\n"
    with psycopg.connect(
        host=str(cluster.use()), user=postgres.ROLE, dbname=postgres.DATABASE, autocommit=True
    ) as connection:
        query = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE usename = current_user AND backend_type = 'client backend'"
        )
        # A closed session takes a moment to end.
        wait_until(lambda: connection.execute(query).fetchone() == (1,))  # this one
    process.communicate()
    assert process.returncode == 0
