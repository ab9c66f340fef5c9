"""Which of Django's checks a command runs before its work."""

# For commands that run beside the site. Checks of the code import every page; the tests and
# `manage.py run` run those.
OF_SETTINGS = ("ombudsman",)
