"""A crowd: pages a second with nginx and without, stale pages, and 500 readers for a minute.

    KEEP=/dir python -m tests.tools.benchmarks.crowd     the archive in /dir; nginx and wrk needed
    SECONDS=20                                           how long each rate is measured
    STAY=60                                              how long the 500 stay, twice
    TRIES=1000                                           withdrawals and corrections
    PARTS="rates readers stale"                          what is measured

docs/performance.md says what is measured.
"""

import os
import random
import re
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.tools.benchmarks import archive

CROWD = 500
MEGABYTE = 1 << 20
SCRIPT = """
local paths = {{ {paths} }}
request = function()
  return wrk.format("GET", paths[math.random(#paths)], {{["Accept-Encoding"] = "gzip"}})
end
"""


@dataclass(frozen=True)
class Load:
    """What wrk counted."""

    rate: float
    requests: int
    failures: int
    slowest: str


def wrk(site: str, paths: list[str], clients: int, seconds: int) -> Load:
    """Ask the site for these addresses in random order, by so many clients at once."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.format(paths=", ".join(f"[[{path}]]" for path in paths)))
        script.flush()
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s", "--latency"]
        said = subprocess.run(
            [*command, "-s", script.name, site], check=True, capture_output=True, text=True
        ).stdout
    bad = sum(map(int, re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", said)))
    return Load(
        float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),
        int(re.search(r"(\d+) requests in", said)[1]),
        bad,
        re.search(r"99%\s+(\S+)", said)[1],
    )


@contextmanager
def cpu(processes: list[psutil.Process]) -> Iterator[list[float]]:
    """Appends the seconds of processor time that the processes took meanwhile."""

    def total() -> float:
        times = [process.cpu_times() for process in processes if process.is_running()]
        return sum(time.user + time.system for time in times)

    taken: list[float] = []
    before = total()
    yield taken
    taken.append(total() - before)


def family(pid: int) -> list[psutil.Process]:
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def postgres_of(data_dir: Path) -> list[psutil.Process]:
    pid = int((data_dir / "postgres" / "postmaster.pid").read_text().split()[0])
    return family(pid)


def own_memory(workers: list[psutil.Process]) -> float:
    """Megabytes that these processes share with no file."""
    return sum(worker.memory_full_info().uss for worker in workers) / MEGABYTE


def rate(
    name: str, site: str, paths: list[str], clients: int, seconds: int, measured: list
) -> None:
    """Prints pages a second, and the processor time that the measured processes took for each."""
    with cpu(measured) as taken:
        load = wrk(site, paths, clients, seconds)
    print(
        f"{name}: {load.rate:,.0f} a second, {clients} clients, 99% within {load.slowest},"
        f" {load.failures} failures; {1000 * taken[0] / load.requests:.2f} ms of processor time"
        f" each, nginx, gunicorn and PostgreSQL together",
        flush=True,
    )


def stale(proxy: str, tries: int) -> tuple[int, int]:
    """Changes at random moments, each seen through the cache: how many answers were too old.

    And how many withdrawals were of a decision that the list had just shown: after it is restored,
    the list shows it once the search index has it again.
    """
    from decisions.models import Decision
    from tests.tools.benchmarks.client import status_and_body

    decision = Decision.objects.published().newest_first().first()
    page = decision.get_absolute_url()
    listed = "/decisions/?sort=newest"
    this = Decision.objects.filter(pk=decision.pk)
    summary = decision.summary
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            status_and_body(proxy, random.choice((page, listed)))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    found = listings = 0
    try:
        for number in range(tries):
            time.sleep(random.random() / 20)
            if number % 2:
                words = f"Corrected {number}."
                this.update(summary=words, withdrawn_at=None)
                status, body = status_and_body(proxy, page)
                found += status != 200 or words not in body
            else:
                listings += page in status_and_body(proxy, listed)[1]
                this.update(withdrawn_at="2026-01-01T00:00:00Z")
                status, _ = status_and_body(proxy, page)
                found += status != 410
                found += page in status_and_body(proxy, listed)[1]
    finally:
        ended.set()
        for reader in readers:
            reader.join()
        this.update(summary=summary, withdrawn_at=None)
    return found, listings


def main() -> None:
    kept = Path(os.environ["KEEP"]).resolve()
    parts = os.environ.get("PARTS", "rates readers stale").split()
    with archive.opened(kept) as data_dir:
        from decisions import search
        from decisions.models import Decision
        from tests import nginx, processes
        from tests.tools.benchmarks.kinds import kinds

        search.catch_up()
        lists = [kind.address for kind in kinds()]
        some = Decision.objects.published().order_by("?")[:200]
        pages = [decision.get_absolute_url() for decision in some]
        port = nginx.free_port()
        log = data_dir / "site.log"
        place = Path(tempfile.mkdtemp(prefix="crowd-", dir=data_dir.parent))
        place.chmod(0o711)
        with (
            processes.site(data_dir, log, VERSION_PORT=port) as site,
            nginx.before(site.url, port, place / "nginx", workers=2) as proxy,
        ):
            from urllib.request import urlopen

            processes.wait_until(lambda: _answers(urlopen, f"http://127.0.0.1:{port}/"))
            print(f"load of the machine: {os.getloadavg()}", flush=True)
            gunicorn = family(site.process.pid)
            everything = [*gunicorn, *postgres_of(data_dir), *family(proxy.pid)]
            if "rates" in parts:
                rates(site.url, proxy, lists, pages, everything)
            if "readers" in parts:
                for name, address in (("nginx", proxy.url), ("gunicorn", site.url)):
                    readers(name, address, lists + pages, gunicorn)
            if "stale" in parts:
                tries = int(os.environ.get("TRIES", 1000))
                before = proxy.uses()
                found, listings = stale(proxy.url, tries)
                uses = proxy.uses() - before
                print(
                    f"{tries} changes: {found} stale answers; the list had shown the decision"
                    f" before {listings} of {tries // 2} withdrawals; nginx: {uses}"
                )
            print(f"load of the machine: {os.getloadavg()}", flush=True)


def rates(site: str, proxy, lists: list[str], pages: list[str], measured: list) -> None:
    """Pages a second without nginx, and with it once it has kept nearly all of them."""
    seconds = int(os.environ.get("SECONDS", 20))
    wrk(site, lists, 4, 5)  # every worker opens its index
    rate("List pages without nginx", site, lists, 4, seconds, measured)
    wrk(proxy.url, lists + pages, 8, 3 * seconds)
    before = proxy.uses()
    rate("Pages kept by nginx", proxy.url, lists + pages, 50, seconds, measured)
    print(f"nginx: {proxy.uses() - before}", flush=True)


def readers(name: str, address: str, paths: list[str], gunicorn: list[psutil.Process]) -> None:
    """A crowd at once, twice as long as it takes to see whether memory grows."""
    stay = int(os.environ.get("STAY", 60))
    memory = [own_memory(gunicorn)]
    loads = []
    for _ in range(2):
        loads.append(wrk(address, paths, CROWD, stay))
        memory.append(own_memory(gunicorn))
    print(
        f"{CROWD} readers at {name}, twice {stay} seconds:"
        f" {' and '.join(f'{load.requests:,}' for load in loads)} pages,"
        f" {sum(load.failures for load in loads)} failures, 99% within"
        f" {' and '.join(load.slowest for load in loads)}; memory of gunicorn and what it runs"
        f" {', '.join(f'{size:.0f}' for size in memory)} MB",
        flush=True,
    )


def _answers(urlopen, address: str) -> bool:
    try:
        return urlopen(address).status == 204
    except OSError:
        return False


if __name__ == "__main__":
    main()
