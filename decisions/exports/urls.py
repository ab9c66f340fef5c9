"""The addresses of files: of a list, and of one decision."""

from django.urls import re_path

from decisions.exports import decision_files, lists

app_name = "exports"
urlpatterns = [
    re_path(r"^decisions/export\.(?P<extension>csv|jsonl|xlsx)$", lists.export, name="list"),
    # A reference begins with a digit, which keeps this apart from the files of lists.
    re_path(
        r"^decisions/(?P<reference>\d[^/.]*)\.(?P<extension>txt|md|json|xml|pdf)$",
        decision_files.decision_file,
        name="decision",
    ),
]
