"""The kinds of harm. Each does it once, and returns the seconds until the site had recovered."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.tools.torture import checking
from tests.tools.torture.clock import set_clock
from tests.tools.torture.harming import IMPORTED, LONGEST_WAIT, harm_during_import, kill_all
from tests.tools.torture.jobs import kill_job
from tests.tools.torture.readers import Readers
from tests.tools.torture.site import Archive, NotRecovered, kill
from tests.tools.torture.standby import lose_standby

# Bytes of the file system that `full_disk` fills.
DISK_SIZE = "24m"

# How long a full disk, a lack of connections, and a crowd last, in seconds.
FULL_SECONDS = 3.0
EXHAUSTED_SECONDS = 5.0
CROWD_SECONDS = float(os.environ.get("CROWD_SECONDS", "60"))
CROWD_READERS = 500

Kind = Callable[[Archive, random.Random], float]


def kill_ingest(archive: Archive, chance: random.Random) -> float:
    """`manage.py ingest` and its processes are killed; it is then started again."""
    numbers = archive.write_files(IMPORTED)
    running = archive.start_import()
    time.sleep(chance.uniform(0, LONGEST_WAIT))
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    archive.import_files(numbers)
    return archive.recover(checking.is_index_current)


def kill_follower(archive: Archive, chance: random.Random) -> float:
    """The process that keeps the index up to date is killed while it has work."""
    return harm_during_import(
        archive, chance, lambda: kill_all(lambda: archive.companion("index", "follow"))
    )


def kill_worker(archive: Archive, chance: random.Random) -> float:
    """The process that works on uploads is killed."""
    return harm_during_import(
        archive, chance, lambda: kill_all(lambda: archive.companion("worker"))
    )


def kill_web(archive: Archive, chance: random.Random) -> float:
    """A process that answers requests is killed."""
    return harm_during_import(
        archive, chance, lambda: kill_all(lambda: [chance.choice(archive.web_workers())])
    )


def kill_postgres(archive: Archive, chance: random.Random) -> float:
    """PostgreSQL's first process is killed, and all others of it end."""

    def harm() -> None:
        server = archive.postgres()
        if server is None:
            raise NotRecovered("PostgreSQL was not running")
        kill(server.pid, signal.SIGKILL)

    return harm_during_import(archive, chance, harm, is_repeated=True)


def kill_backend(archive: Archive, chance: random.Random) -> float:
    """A process of PostgreSQL is killed, at which it ends all connections and recovers."""

    def harm() -> None:
        server = archive.postgres()
        children = server.children() if server else []
        if not children:
            raise NotRecovered("PostgreSQL was not running")
        kill(chance.choice(children).pid, signal.SIGKILL)

    return harm_during_import(archive, chance, harm, is_repeated=True)


def restart_postgres(archive: Archive, chance: random.Random) -> float:
    """PostgreSQL is stopped as its administrator would; the site starts it again."""

    def harm() -> None:
        server = archive.postgres()
        if server is None:
            raise NotRecovered("PostgreSQL was not running")
        kill(server.pid, signal.SIGINT)  # PostgreSQL's "fast" shutdown

    return harm_during_import(archive, chance, harm, is_repeated=True)


def damage_index(archive: Archive, chance: random.Random) -> float:
    """A file of the index is truncated, or a byte of it flipped, while readers search."""
    workers, name = archive.web_workers(), archive.index_name()
    path = chance.choice(archive.index_files())
    content = path.read_bytes()
    if chance.random() < 0.5:
        os.truncate(path, chance.randrange(len(content)))
    else:
        with path.open("r+b") as file:
            place = chance.randrange(len(content))
            file.seek(place)
            file.write(bytes([content[place] ^ 1 << chance.randrange(8)]))
    seconds = archive.recover(lambda: archive.index_name() not in ("", name))
    if archive.web_workers() != workers:
        raise NotRecovered("a damaged index ended a process that answers requests")
    return seconds


def full_disk(archive: Archive, chance: random.Random) -> float:
    """The file system of the index is full for a while, during an import."""
    index = archive.data_dir / "index"
    if not os.path.ismount(index):
        raise NotRecovered("the index has no file system of its own")
    numbers = archive.write_files(IMPORTED)
    running = archive.start_import()
    time.sleep(chance.uniform(0, LONGEST_WAIT))
    ballast = index / "ballast"
    _fill(ballast)
    time.sleep(chance.uniform(0, FULL_SECONDS))
    ballast.unlink()
    if running.wait():
        archive.import_files(numbers)
    archive.imported.update(numbers)
    return archive.recover(checking.is_index_current)


def exhaust_connections(archive: Archive, chance: random.Random) -> float:
    """Another program holds every connection that PostgreSQL has left."""
    import psycopg

    from ombudsman.runtime.postgres import DATABASE, ROLE, cluster

    held: list[psycopg.Connection] = []
    socket_dir = str(cluster(archive.data_dir).use())
    try:
        while len(held) < 200:
            held.append(psycopg.connect(host=socket_dir, dbname=DATABASE, user=ROLE))
    except psycopg.OperationalError:
        pass
    time.sleep(chance.uniform(0, EXHAUSTED_SECONDS))
    for connection in held:
        connection.close()
    return archive.recover(checking.is_index_current)


def crowd(archive: Archive, chance: random.Random) -> float:
    """Many readers at once for a minute; none of them may get an error."""
    readers = Readers(archive, chance.randrange(1_000))
    with readers.reading(CROWD_READERS):
        time.sleep(CROWD_SECONDS)
    bad = {kind: count for kind, count in readers.counts.items() if kind != "right"}
    if bad:
        raise NotRecovered(f"of {readers.counts.total():,} answers to {CROWD_READERS}: {bad}")
    return archive.recover()


def _fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            return


def mount(index: Path) -> bool:
    """Give the index a small file system of its own, where this process may mount one."""
    index.mkdir(parents=True, exist_ok=True)
    program = shutil.which("mount")
    if os.geteuid() != 0 or program is None:
        return False
    command = [program, "-t", "tmpfs", "-o", f"size={DISK_SIZE}", "tmpfs", str(index)]
    return subprocess.run(command, capture_output=True).returncode == 0


# Each kind with its share of the kills.
KINDS: dict[str, tuple[Kind, int]] = {
    "ingest": (kill_ingest, 40),
    "follower": (kill_follower, 40),
    "worker": (kill_worker, 20),
    "web": (kill_web, 40),
    "postgres": (kill_postgres, 30),
    "backend": (kill_backend, 30),
    "restart": (restart_postgres, 10),
    "damage": (damage_index, 20),
    "disk": (full_disk, 20),
    "connections": (exhaust_connections, 5),
    "job": (kill_job, 20),
    "standby": (lose_standby, 5),
    "clock": (set_clock, 10),
    "crowd": (crowd, 1),
}
