"""Addresses that are made in faster ways are those that Django makes."""

from dataclasses import replace

from django.template import Context, Engine
from django.urls import reverse, set_script_prefix
from whitenoise.storage import CompressedManifestStaticFilesStorage

from decisions.models import page_address
from decisions.search import SearchQuery
from decisions.web.querystring import search_url, to_querydict, urls_by_value
from ombudsman.static_files import StaticFilesStorage

PAGES = {
    ("decisions:list",): [],
    ("decisions:category", "education/school-transport"): ["education/school-transport"],
    ("exports:decision", "21-019-030", "pdf"): ["21-019-030", "pdf"],
    ("exports:decision", "21-019-030", "xml"): ["21-019-030", "xml"],
    ("exports:list", "", "csv"): ["csv"],
}


def test_addresses_of_pages_are_those_of_reverse():
    for prefix in ("/archive/", "/"):  # the site may be mounted below a path
        set_script_prefix(prefix)
        for asked, arguments in PAGES.items():
            assert page_address(*asked) == reverse(asked[0], args=arguments)


def test_a_fixed_part_of_a_page_is_rendered_once_for_each_path_of_the_site():
    part = "{% load archive %}{% fixed %}{% page_address 'decisions:about' %} {{ n }}{% endfixed %}"
    page = Engine.get_default().from_string(part)
    prefixes = ("/archive/", "/", "/archive/")
    rendered = []
    for number, prefix in enumerate(prefixes):
        set_script_prefix(prefix)
        rendered.append(page.render(Context({"n": number})))
    set_script_prefix("/")
    assert rendered == ["/archive/about/ 0", "/about/ 1", "/archive/about/ 0"]


def test_addresses_of_searches_are_quoted_and_keep_the_order_of_their_parameters():
    asked = SearchQuery(
        "bus & “taxi”", {"outcome": ("upheld",), "council": ("a", "b")}, sort="oldest"
    )
    address = search_url(asked)
    assert to_querydict(asked).urlencode() == address.partition("?")[2].replace("%20", "+")
    for value, url in urls_by_value(asked, "outcome", ["late", "upheld"]).items():
        assert url == search_url(replace(asked, terms={**asked.terms, "outcome": (value,)}))


def test_the_address_of_a_static_file_is_computed_once(tmp_path, monkeypatch):
    files = StaticFilesStorage(location=str(tmp_path), base_url="/static/")
    files.hashed_files = {"base.css": "base.0123.css"}
    assert files.url("base.css") == "/static/base.0123.css"
    monkeypatch.setattr(CompressedManifestStaticFilesStorage, "url", None)
    assert files.url("base.css") == "/static/base.0123.css"
