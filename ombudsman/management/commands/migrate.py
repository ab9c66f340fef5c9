"""`manage.py migrate`: Django's, without making readers and writers wait for a table in use."""

import time
from typing import Any

from django.core.management.commands import migrate
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

# Longest wait for a lock, in milliseconds. Whoever asks for the table meanwhile waits behind us.
LOCK_TIMEOUT = 1000

# Seconds between two attempts, in which they have the table to themselves.
PAUSE = 3.0


class Command(migrate.Command):
    """Runs migrations; one that finds a table in use is rolled back and tried again."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, however long others use the tables."""
        while True:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(LOCK_TIMEOUT)])
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                self.stderr.write("A table is in use by others; trying again.")
            finally:
                if connection.connection is not None:
                    with connection.cursor() as cursor:
                        cursor.execute("RESET lock_timeout")
            time.sleep(PAUSE)
