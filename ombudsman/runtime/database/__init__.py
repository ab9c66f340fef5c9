"""Django's PostgreSQL backend, which starts the embedded server when it connects.

In: `DATABASES["default"]`. Its key `EMBEDDED` holds the arguments of `postgres.cluster`; without
that key, the database is a server that somebody else runs. Out: Django connections, `dbshell`,
and connections outside the pool for session-level locks. It may start the embedded server.
"""
