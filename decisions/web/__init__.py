"""The website: an HTTP request goes in, a page, a CSV file or a redirect comes out.

`urls` chooses the view, `filters` reads the parameters, `results` asks the search index or
PostgreSQL, and `presenters` and `charts` prepare what a template shows. `querystring` makes every
address that has parameters; `seo` makes the metadata for search engines. The room may query models
and search; it changes nothing.
"""
