"""What several kinds of harm share: an import that is under way, and processes that are killed."""

import random
import signal
import time
from collections.abc import Callable

from tests.tools.torture import checking
from tests.tools.torture.site import Archive, NotRecovered, kill

# Decisions in one import.
IMPORTED = 15

# Seconds in which a process that ended is started again.
START_SECONDS = 30.0

# Longest time between the start of an import and the harm, in seconds.
LONGEST_WAIT = 4.0


def harm_during_import(
    archive: Archive, chance: random.Random, harm: Callable[[], None], is_repeated: bool = False
) -> float:
    """Do harm at a random moment of an import; with `is_repeated`, start that again if it fails."""
    numbers = archive.write_files(IMPORTED)
    running = archive.start_import()
    time.sleep(chance.uniform(0, LONGEST_WAIT))
    harm()
    started = time.monotonic()
    archive.recover()
    seconds = time.monotonic() - started
    if running.wait():
        if not is_repeated:
            raise NotRecovered("the import failed")
        archive.import_files(numbers)
    archive.imported.update(numbers)
    archive.recover(checking.is_index_current)
    return seconds


def kill_all(find: Callable[[], list[int]]) -> None:
    """Kill the processes that `find` finds; waits for one that is just being started again."""
    end = time.monotonic() + START_SECONDS
    while not (pids := find()):
        if time.monotonic() > end:
            raise NotRecovered("the process was not running")
        time.sleep(0.05)
    for pid in pids:
        kill(pid, signal.SIGKILL)
