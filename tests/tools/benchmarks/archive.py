"""The archive that is measured: a temporary one, or one that is kept from run to run."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def opened(kept: Path | None = None) -> Iterator[Path]:
    """Set Django up on an archive with its tables made; yields its DATA_DIR.

    `kept` stays as it is left; without it the archive is gone afterwards. Once a process.
    """
    data_dir = kept or Path(tempfile.mkdtemp(prefix="ombudsman-bench-"))
    data_dir.mkdir(parents=True, exist_ok=True)
    data_dir.chmod(0o711)  # as root, the database runs as another user, who must be able to pass
    os.environ.update(DATA_DIR=str(data_dir), DJANGO_SETTINGS_MODULE="ombudsman.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    for name in ("DATABASE_URL", "PRODUCTION"):
        os.environ.pop(name, None)
    try:
        from django.core.management import call_command

        set_up()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield data_dir
    finally:
        if kept is None:
            _stop(data_dir)
            shutil.rmtree(data_dir, ignore_errors=True)


def set_up() -> None:
    """For a process that was started with the environment of an opened archive."""
    import django

    django.setup()


def _stop(data_dir: Path) -> None:
    from django.db import connections

    from ombudsman.runtime import postgres

    connections.close_all()
    postgres.cluster(data_dir).stop()
