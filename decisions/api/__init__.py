"""The API under `/api/`: an HTTP request goes in, JSON or a page that describes the API comes out.

`urls` chooses the view, `parameters` reads the address as strictly as a program needs, `base` does
what all views share (304, limit, CORS, `fields`), `paging` makes cursors, `problems` answers errors
as RFC 9457, and `schemas` describes the answers for OpenAPI. The same filters as the website's
select the decisions, and `serializers` writes them. The room may query models and search and keep
its counts of requests in DATA_DIR; it changes nothing else.
"""
