"""Presenters: models, findings and search results go in, values for a template come out.

One module for each thing shown: a page of results, a decision's text, its summary, its citations.
A presenter may query models and search; it never sees the request or the response. HTML that
is not in a template is made here, in `charts` and in `templatetags`, always from escaped text.
"""
