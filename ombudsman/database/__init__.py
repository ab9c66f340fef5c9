"""Django's PostgreSQL backend, which starts the embedded server when it is asked to connect.

`DATABASES["default"]["EMBEDDED"]` holds the arguments of `ombudsman.postgres.cluster`; without
it, the database is a server elsewhere.
"""
