from django.apps import AppConfig


class OmbudsmanConfig(AppConfig):
    """Makes Django find the command `run` and, later, the project's checks."""

    name = "ombudsman"
