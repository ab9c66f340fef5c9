"""The admin: requests in, pages for staff out. Each module registers the pages of one subject.

Staff look up decisions and their captures, withdraw decisions, correct names, and review and
confirm uploads. The room may touch models, search and ingest; Django imports it at start-up.
"""

from django.contrib import admin

from decisions.admin import bodies, captures, decisions, uploads

__all__ = ["bodies", "captures", "decisions", "uploads"]

admin.site.site_header = "Ombudsman Decisions"
admin.site.site_title = "Ombudsman Decisions"
admin.site.index_title = "The archive"
