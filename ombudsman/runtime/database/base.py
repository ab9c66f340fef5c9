import contextlib
from collections.abc import Iterator
from typing import Any

import psycopg
from django.db.backends.postgresql import base, client

from ombudsman.runtime import postgres


def start_embedded(settings: dict[str, Any]) -> None:
    """Start the embedded server if `settings` name one, and set HOST to its socket."""
    if embedded := settings.get("EMBEDDED"):
        settings["HOST"] = str(postgres.cluster(**embedded).use())


class DatabaseClient(client.DatabaseClient):
    """Runs `psql` for `manage.py dbshell`."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Any
    ) -> tuple[list[str], dict[str, str] | None]:
        """Return psql's command line and environment; psql is the wheel's for our server."""
        start_embedded(settings_dict)
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        if embedded := settings_dict.get("EMBEDDED"):
            arguments[0] = str(postgres.cluster(**embedded).program("psql"))
        return arguments, environment


class DatabaseWrapper(base.DatabaseWrapper):
    """Connections to PostgreSQL; a failure to connect is DatabaseUnavailable, in one line."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        """Return the arguments of `psycopg.connect`, with the embedded server running."""
        start_embedded(self.settings_dict)
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection, from the pool if there is one. Raises DatabaseUnavailable."""
        with _one_line_errors(conn_params):
            return super().get_new_connection(conn_params)

    def connect_outside_pool(self) -> psycopg.Connection:
        """Return a new connection in autocommit mode, which the caller must close.

        A session-level lock needs one. It lasts until PostgreSQL's session ends, and
        `connection.close()` only gives a pooled session back. Raises DatabaseUnavailable.
        """
        conn_params = self.get_connection_params()
        with _one_line_errors(conn_params):
            return psycopg.connect(**conn_params, autocommit=True)


@contextlib.contextmanager
def _one_line_errors(conn_params: dict[str, Any]) -> Iterator[None]:
    try:
        yield
    except psycopg.OperationalError as error:
        host = conn_params.get("host") or "this machine"
        reason = " ".join(str(error).split())
        raise postgres.DatabaseUnavailable(
            f"Cannot connect to the database {conn_params.get('dbname')!r} on {host}: {reason}"
        ) from error
