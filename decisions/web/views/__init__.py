"""Requests to pages: choose what is shown, and hand it to a template."""
