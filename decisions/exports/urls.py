"""The addresses of files: of a list, and of one decision."""

from django.urls import re_path

from decisions.exports import lists

app_name = "exports"
urlpatterns = [
    re_path(r"^decisions/export\.(?P<extension>csv|jsonl|xlsx)$", lists.export, name="list"),
]
