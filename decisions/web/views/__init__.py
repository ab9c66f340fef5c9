"""Views: an HttpRequest goes in, an HttpResponse comes out.

A view reads the address, queries `results` and the models, and passes values and a `PageMetadata`
(title, breadcrumbs, structured data) to a template. Values that take more than a few lines to
prepare come from `presenters` or `charts`. A view changes nothing in the database.
"""
