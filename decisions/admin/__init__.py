"""The admin: requests in, pages for staff out. Each module registers the pages of one subject.

Staff look up decisions and their captures, act on decisions (`acts`), correct names, review and
confirm uploads, search the audit log, deal with the mistakes that readers report, and see the state
of alerts. The room may touch models, search, ingest and stewardship; Django imports it at start-up.
"""

from django.conf import settings
from django.contrib import admin

from decisions.admin import (
    alerts,
    audit,
    bodies,
    captures,
    decisions,
    erasures,
    mistake_reports,
    uploads,
    users,
)

__all__ = [
    "alerts",
    "audit",
    "bodies",
    "captures",
    "decisions",
    "erasures",
    "mistake_reports",
    "uploads",
    "users",
]

admin.site.site_header = settings.ARCHIVE_NAME
admin.site.site_title = settings.ARCHIVE_NAME
admin.site.index_title = "The archive"
