from typing import Any

import psycopg
from django.db.backends.postgresql import base, client

from ombudsman import postgres


def start_embedded(settings: dict[str, Any]) -> None:
    """Start the embedded server, if these settings want one, and enter where it listens."""
    if embedded := settings.get("EMBEDDED"):
        settings["HOST"] = str(postgres.cluster(**embedded).use())


class DatabaseClient(client.DatabaseClient):
    """`manage.py dbshell`."""

    @classmethod
    def settings_to_cmd_args_env(cls, settings_dict, parameters):
        start_embedded(settings_dict)
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        if embedded := settings_dict.get("EMBEDDED"):
            arguments[0] = str(postgres.cluster(**embedded).program("psql"))
        return arguments, environment


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_connection_params(self):
        start_embedded(self.settings_dict)
        return super().get_connection_params()

    def get_new_connection(self, conn_params):
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError as error:
            host = conn_params.get("host") or "this machine"
            reason = " ".join(str(error).split())
            raise postgres.DatabaseUnavailable(
                f"Cannot connect to the database {conn_params.get('dbname')!r} on {host}: {reason}"
            ) from error
