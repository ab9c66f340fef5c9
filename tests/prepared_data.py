"""A DATA_DIR as the first start of an empty archive leaves it: made once in a run, then copied.

Most of a first start goes into the tables and into compressing the static files.
"""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from tests.processes import manage

# What each site makes for itself, and what is left of the server that made the copied files.
LEFT_OUT = ("secret_key", "postgres.starting", "postgres.users")


def fill(data_dir: Path) -> None:
    """Copy the database and the static files into an empty DATA_DIR."""
    for path in _prepared().iterdir():
        # Unlike shutil, `cp -p` keeps the owner, who is PostgreSQL's user where we are root.
        subprocess.run(["cp", "-Rp", path, data_dir], check=True)


def fill_static_files(data_dir: Path) -> None:
    """Copy the static files alone."""
    shutil.copytree(_prepared() / "static", data_dir / "static")


def _prepared() -> Path:
    tests = Path(os.environ["TESTS_DATA_DIR"])
    prepared, unfinished = tests / "prepared", tests / "preparing"
    with (tests / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the workers of a run share it
        if not prepared.exists():
            unfinished.mkdir()
            for command in (["migrate"], ["collectstatic", "--no-input"]):
                done = manage(*command, DATA_DIR=unfinished)
                assert done.returncode == 0, done.stderr
            assert not (unfinished / "postgres").is_symlink()  # all copies would have one database
            for name in LEFT_OUT:
                (unfinished / name).unlink()
            unfinished.rename(prepared)
    return prepared
