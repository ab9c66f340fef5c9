from django.apps import AppConfig


class OmbudsmanConfig(AppConfig):
    """Registers the checks of the settings and the command `run` with Django."""

    name = "ombudsman"

    def ready(self) -> None:
        """Register the checks, and what is done at each sign-in."""
        from ombudsman import checks  # noqa: F401 -- registered by their import
        from ombudsman.sign_in import log, own_sessions  # noqa: F401
