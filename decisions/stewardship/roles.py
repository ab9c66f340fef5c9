"""The roles of staff: four groups, each with the permissions of the one before, and more.

`migrate` makes them, and gives them exactly these permissions: for other ones, make another group.
A user also needs “staff status” to enter the admin.
"""

from typing import Any

from django.contrib.auth.models import Group, Permission

READER = (
    "view_auditentry", "view_capture", "view_category", "view_council", "view_decision",
    "view_erasure", "view_ingestfailure", "view_outcome", "view_upload",
)  # fmt: skip
UPLOADER = (*READER, "add_upload", "change_upload", "delete_upload")
EDITOR = (
    *UPLOADER,
    "change_category", "change_council", "change_outcome", "change_mistakereport",
    "correct_decision", "redact_decision", "view_mistakereport", "withdraw_decision",
)  # fmt: skip
ADMINISTRATOR = (
    *EDITOR,
    "add_group", "add_user", "change_alert", "change_group", "change_user", "delete_alert",
    "delete_group", "delete_mistakereport", "erase_decision", "unseal_decision", "view_alert",
    "view_group", "view_user",
    "delete_accessattempt", "view_accessattempt",  # a lock-out after failed sign-ins
)  # fmt: skip

# The permissions of each group, by the names that Django gives them; each name is unique here.
ROLES: dict[str, tuple[str, ...]] = {
    "Reader": READER,
    "Uploader": UPLOADER,
    "Editor": EDITOR,
    "Administrator": ADMINISTRATOR,
}

_APPS = ("auth", "axes", "decisions")


def create_roles(**signal: Any) -> None:
    """Make the groups with their permissions; receives `post_migrate` of the app `decisions`."""
    held = set(Group.objects.filter(name__in=ROLES).values_list("name", "permissions__codename"))
    wanted = {(name, codename) for name, codenames in ROLES.items() for codename in codenames}
    if held == wanted:
        return
    Group.objects.bulk_create((Group(name=name) for name in ROLES), ignore_conflicts=True)
    permissions = Permission.objects.filter(
        content_type__app_label__in=_APPS, codename__in=ADMINISTRATOR
    )
    ids = dict(permissions.values_list("codename", "pk"))
    groups = dict(Group.objects.filter(name__in=ROLES).values_list("name", "pk"))
    memberships = Group.permissions.through.objects
    memberships.filter(group__in=groups.values()).delete()
    memberships.bulk_create(
        Group.permissions.through(group_id=groups[name], permission_id=ids[codename])
        for name, codename in sorted(wanted)
        if codename in ids
    )
