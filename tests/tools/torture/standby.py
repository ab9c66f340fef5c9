"""Harm to a standby: a second PostgreSQL server that streams every change of the site's."""

import json
import os
import random
import shlex
import shutil
import signal
import time
from pathlib import Path

import psutil
import psycopg

from ombudsman.runtime import data_directory, programs
from ombudsman.runtime.postgres import DATABASE, ROLE, cluster
from tests.tools.torture.harming import IMPORTED, harm_during_import
from tests.tools.torture.site import RECOVERY_TIMEOUT, Archive, NotRecovered, kill

# The replication slot, for which the site's server keeps the changes that the standby lacks.
SLOT = "torture"

# Everything that readers see of the decisions, as one line.
CONTENT = """
    SELECT count(*), md5(string_agg(
        concat_ws('|', reference, change, withdrawn_at, md5(sections::text)), ',' ORDER BY reference
    )) FROM decisions_decision
"""


def lose_standby(archive: Archive, chance: random.Random) -> float:
    """A standby is killed during an import; pages go on; it is started and has everything."""
    standby = Standby(archive)
    try:
        standby.start()
        standby.await_state(archive, "ok")

        def harm() -> None:
            standby.kill()
            standby.await_state(archive, "degraded")

        harm_during_import(archive, chance, harm)
        archive.import_files(archive.write_files(IMPORTED))  # without it
        started = time.monotonic()
        standby.start()
        standby.await_state(archive, "ok")
        standby.catch_up()
        return time.monotonic() - started
    finally:
        standby.remove()


class Standby:
    """A copy of the site's server that follows it, in a directory of its own."""

    def __init__(self, archive: Archive) -> None:
        self._primary = str(cluster(archive.data_dir).use())
        self._account = programs.system_account()
        self._programs = programs.programs_directory(self._account)
        # Beside the site's own, which PostgreSQL's account can reach.
        self._directory = cluster(archive.data_dir).directory.with_name("standby")
        self._directory.mkdir(mode=0o700)
        if self._account:
            os.chown(self._directory, self._account.pw_uid, self._account.pw_gid)
        self._socket = data_directory.socket_directory(self._directory, self._account)
        self._run(
            "pg_basebackup", "--host", self._primary, "--username", ROLE, "--checkpoint=fast",
            "--create-slot", "--slot", SLOT, "--write-recovery-conf", "--pgdata", self._directory,
        )  # fmt: skip
        for lock in self._directory.glob(".s.PGSQL.*.lock"):
            lock.unlink()

    def start(self) -> None:
        """Start it; returns when it answers queries."""
        options = shlex.join(
            f"--{name}={value}"
            for name, value in {
                "listen_addresses": "",
                "unix_socket_directories": str(self._socket),
            }.items()
        )
        (self._directory / "postmaster.pid").unlink(missing_ok=True)
        self._run(
            "pg_ctl", "start", "-w", "-s", "-l", self._directory / "standby.log", "-o", options
        )

    def kill(self) -> None:
        """Kill its first process, and wait until all others of it have ended."""
        pid = int((self._directory / "postmaster.pid").read_text().split()[0])
        children = psutil.Process(pid).children()
        kill(pid, signal.SIGKILL)
        psutil.wait_procs(children)

    def catch_up(self) -> None:
        """Wait until it has every change, and compare its decisions. Raises NotRecovered."""
        end = time.monotonic() + RECOVERY_TIMEOUT
        written = self._ask(self._primary, "SELECT pg_current_wal_lsn()")
        applied = f"SELECT pg_last_wal_replay_lsn() >= '{written[0]}'::pg_lsn"
        while self._ask(str(self._socket), applied) != (True,):
            if time.monotonic() > end:
                raise NotRecovered("the standby has not caught up")
            time.sleep(0.05)
        if self._ask(self._primary, CONTENT) != self._ask(str(self._socket), CONTENT):
            raise NotRecovered("the standby differs")

    def await_state(self, archive: Archive, state: str) -> None:
        """Wait until the site's /readyz says this of its replicas, and is ready all the time."""
        end = time.monotonic() + RECOVERY_TIMEOUT
        while True:
            status, said = archive.get("/readyz")
            found = {check["name"]: check["state"] for check in json.loads(said)["checks"]}
            if status == 200 and found["replica"] == state:
                return
            if time.monotonic() > end:
                raise NotRecovered(f"/readyz says {status} {said}")
            time.sleep(0.05)

    def remove(self) -> None:
        """Stop it, and let the site's server forget it."""
        if (self._directory / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "-w", "-s", "-m", "immediate")
        slots = f"slot_name = '{SLOT}' AND NOT active"
        drop = f"SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE {slots}"
        while self._ask(self._primary, "SELECT count(*) FROM pg_replication_slots") != (0,):
            self._ask(self._primary, drop)
            time.sleep(0.05)
        shutil.rmtree(self._directory)

    def _run(self, program: str, *arguments: str | Path) -> None:
        code, output = programs.run_program(
            [self._programs / program, *arguments],
            self._account,
            cwd=self._directory,
            PGDATA=str(self._directory),
        )
        if code:
            raise NotRecovered(f"{program}: {output}")

    def _ask(self, socket: str, query: str) -> tuple[object, ...] | None:
        with psycopg.connect(host=socket, dbname=DATABASE, user=ROLE, autocommit=True) as session:
            return session.execute(query).fetchone()
