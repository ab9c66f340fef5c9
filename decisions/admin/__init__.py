"""What staff see: decisions and their captures to look up, uploads to review and confirm.

Django imports this package at start-up; each module registers the pages of one subject.
"""

from django.contrib import admin

from decisions.admin import bodies, captures, decisions, uploads

__all__ = ["bodies", "captures", "decisions", "uploads"]

admin.site.site_header = "Ombudsman Decisions"
admin.site.site_title = "Ombudsman Decisions"
admin.site.index_title = "The archive"
