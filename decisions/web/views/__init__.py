"""Views: an HttpRequest goes in, an HttpResponse comes out.

A view reads the address, asks `results` and the models, and gives a template its values together
with a `PageMetadata` (title, breadcrumbs, structured data). What takes more than a few lines to
prepare is done in `presenters` or `charts`. A view changes nothing in the database.
"""
