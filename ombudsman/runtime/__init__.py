"""Serves the archive on one machine: `manage.py run`, the embedded PostgreSQL and gunicorn.

In: the settings and DATA_DIR. Out: a database that accepts connections, and web server processes.
It may start and stop processes and write below DATA_DIR (and, as root, below
/var/lib/ombudsman-decisions). `server` is the entry point of `manage.py run`; `postgres` that of
the embedded database, used by Django's backend in `database/`.
"""
