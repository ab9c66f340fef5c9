from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DecisionsConfig(AppConfig):
    name = "decisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # After Django's own receiver, which makes the permissions.
        from decisions.stewardship.roles import create_roles

        post_migrate.connect(create_roles, sender=self, dispatch_uid="decisions-roles")
