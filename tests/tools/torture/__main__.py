"""`make torture`: SEED=1, KINDS="web postgres", TIMES=3 (each, in place of the usual number),
OUT=/dir for torture.json and torture.md, CROWD_SECONDS=60.

The moments and the choices follow from the seed; what the processes do at them does not.
"""

import contextlib
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEED = int(os.environ.get("SEED", "1"))
TIMES = int(os.environ.get("TIMES", "0"))
OUT = Path(os.environ.get("OUT", "."))

# Decisions before the first harm, and readers who read all the time.
DECISIONS = int(os.environ.get("DECISIONS", "200"))
READERS = 4


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM):  # so that nothing is left behind
        signal.signal(number, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="torture-") as directory:
        Path(directory).chmod(0o711)  # as root, PostgreSQL runs as another user
        data_dir = Path(os.path.realpath(directory)) / "data"
        data_dir.mkdir()
        os.environ["DATA_DIR"] = str(data_dir)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombudsman.settings")
        import django

        django.setup()
        from tests.tools.torture import clock
        from tests.tools.torture.kinds import KINDS, mount

        kinds = os.environ.get("KINDS", " ".join(KINDS)).split()
        is_mounted = "disk" in kinds and mount(data_dir / "index")
        if "disk" in kinds and not is_mounted:
            print("disk: left out, because this process may not mount a file system")
            kinds.remove("disk")
        if "clock" in kinds and not clock.can_be_set():
            print("clock: left out, because there is no C compiler")
            kinds.remove("clock")
        try:
            return _torture(data_dir, kinds)
        finally:
            _take_away(data_dir, is_mounted)


def _torture(data_dir: Path, kinds: list[str]) -> int:
    from tests.smtp_server import mail_server
    from tests.tools.torture import checking, clock, report
    from tests.tools.torture.kinds import KINDS
    from tests.tools.torture.readers import Readers
    from tests.tools.torture.site import Archive, NotRecovered

    tallies = {kind: report.Tally(kind) for kind in kinds}
    with contextlib.ExitStack() as ended:
        mail = ended.enter_context(mail_server())
        variables = clock.variables(data_dir, mail) if "clock" in kinds else {}
        archive = Archive(data_dir, mail, WEB_CONCURRENCY=2, **variables)
        ended.callback(archive.close)
        archive.import_files(archive.write_files(DECISIONS))
        archive.recover(checking.is_index_current)
        plan = [kind for kind in kinds for _ in range(TIMES or KINDS[kind][1])]
        random.Random(SEED).shuffle(plan)
        for number, kind in zip(itertools.count(), plan, strict=False):
            tally = tallies[kind]
            tally.times += 1
            chance = random.Random(f"{SEED} {number}")
            readers = Readers(archive, SEED * 1_000 + number)
            try:
                with readers.reading(READERS if kind != "crowd" else 0):
                    tally.seconds.append(KINDS[kind][0](archive, chance))
                failures = checking.differences(archive)
            except NotRecovered as error:
                failures = [str(error)]
            tally.answers += readers.counts
            failures += [f"wrong: {answer}" for answer in readers.wrong]
            tally.failures += [f"{number}: {failure}" for failure in failures]
            for failure in failures[:10]:
                print(f"  {number} {kind}: {failure}", flush=True)
            report.write(tallies.values(), SEED, OUT)
    for tally in tallies.values():
        print(tally, flush=True)
    return int(any(tally.failures for tally in tallies.values()))


def _take_away(data_dir: Path, is_mounted: bool) -> None:
    from ombudsman.runtime.postgres import cluster

    cluster(data_dir).stop()
    if is_mounted:
        subprocess.run(["umount", "--lazy", data_dir / "index"], check=True)
    time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
