"""The admin: requests in, pages for staff out. Each module registers the pages of one subject.

Staff look up decisions and their captures, withdraw decisions, correct names, review and confirm
uploads, deal with the mistakes that readers report, and see the state of alerts. The room may touch
models, search and ingest; Django imports it at start-up.
"""

from django.conf import settings
from django.contrib import admin

from decisions.admin import alerts, audit, bodies, captures, decisions, mistake_reports, uploads

__all__ = ["alerts", "audit", "bodies", "captures", "decisions", "mistake_reports", "uploads"]

admin.site.site_header = settings.ARCHIVE_NAME
admin.site.site_title = settings.ARCHIVE_NAME
admin.site.index_title = "The archive"
