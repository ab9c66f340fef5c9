"""Users: only a superuser makes or changes a superuser; an administrator gives roles by groups."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest


class StaffAdmin(UserAdmin):
    """Django's admin of users, in which nobody gives themselves what only superusers have."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Without these, whoever may change users could make themselves a superuser."""
        if request.user.is_superuser:
            return super().get_readonly_fields(request, obj)
        return ("is_superuser", "user_permissions", "last_login", "date_joined")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser's name, address and password are for superusers to change."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


admin.site.unregister(User)
admin.site.register(User, StaffAdmin)
