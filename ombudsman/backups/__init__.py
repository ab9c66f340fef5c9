"""The whole database as one directory, by PostgreSQL's own tools, and back.

In: the database of the settings, or a directory that `back_up` wrote. Out: that directory, or the
database as it was. It runs pg_dump, pg_restore and psql, and touches only that directory and that
database. A backup has everything: users, the log of their acts, uploads, alerts. `decisions.dumps`
writes what may be handed out.
"""

from ombudsman.backups.backup import Backup, BackupError, is_backup
from ombudsman.backups.restoring import pending_migrations, restore
from ombudsman.backups.writing import back_up

__all__ = ["Backup", "BackupError", "back_up", "is_backup", "pending_migrations", "restore"]
