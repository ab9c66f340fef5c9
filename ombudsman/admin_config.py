"""Tells Django which site the admin is; apart from `apps.py`, where Django looks for one app."""

from django.contrib.admin.apps import AdminConfig


class ArchiveAdminConfig(AdminConfig):
    """Django's admin with the archive's front page."""

    default_site = "ombudsman.admin_site.ArchiveAdminSite"
