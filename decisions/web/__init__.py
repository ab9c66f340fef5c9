"""The website: an HTTP request goes in, a page, a CSV file or a redirect comes out.

`urls` names the view, `filters` reads what is asked for, `results` asks the search index or
PostgreSQL, `presenters` and `charts` prepare what a template shows. Everything here only reads: it
may query models and search, and changes nothing. `querystring` makes every address that has
parameters; `seo` says what search engines may know of a page.
"""
