"""The Django project: the settings of an installation, and the programs that serve it.

In: environment variables, which `settings` reads. Out: Django's settings, the WSGI application,
`/healthz` and the checks of an installation (`manage.py check`).
`runtime/` holds what `manage.py run` and gunicorn need. The project may import `decisions`;
`decisions` never imports the project.
"""
