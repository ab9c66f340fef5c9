"""Safari's web archives: their page, and what is no page."""

import plistlib

import pytest

from decisions.sources import Source, Unreadable, read_bytes
from tests.archives import make_zip

ADDRESS = "https://www.lgo.org.uk/decisions/education/other/92-200-121"
MAIN = {
    "WebResourceData": b"<html>page</html>",
    "WebResourceURL": ADDRESS,
    "WebResourceTextEncodingName": "UTF-8",
    "WebResourceMIMEType": "text/html",
}
PAGE = Source("a.webarchive", b"<html>page</html>", ADDRESS, "UTF-8")


@pytest.mark.parametrize("format", [plistlib.FMT_BINARY, plistlib.FMT_XML])
def test_the_page_is_read_and_its_parts_are_not(format):
    archive = {"WebMainResource": MAIN, "WebSubresources": [MAIN], "WebSubframeArchives": []}
    data = plistlib.dumps(archive, fmt=format)
    assert list(read_bytes("a.webarchive", data)) == [PAGE]
    assert list(read_bytes("z", make_zip({"a.webarchive": data}))) == [
        Source("z/a.webarchive", PAGE.data, ADDRESS, "UTF-8")
    ]


def test_an_address_on_the_disk_is_no_web_address():
    main = {"WebResourceData": b"x", "WebResourceURL": "file:///a.html"}
    data = plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
    assert list(read_bytes("a", data)) == [Source("a", b"x")]


@pytest.mark.parametrize("main", [{}, [], {"WebResourceData": "no bytes"}])
def test_an_archive_without_a_page_is_named(main):
    data = plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
    assert list(read_bytes("a", data)) == [
        Unreadable("a", "a web archive of Safari that contains no page")
    ]


@pytest.mark.parametrize("cut", [40, 100, -1])
def test_an_archive_cut_short_is_named(cut):
    data = plistlib.dumps({"WebMainResource": MAIN}, fmt=plistlib.FMT_BINARY)
    (read,) = read_bytes("a", data[:cut])
    assert isinstance(read, Unreadable)
    assert read.reason == "a damaged web archive of Safari"


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0"?><plist></dict><key>WebMainResource</key></plist>',
        b'<?xml version="1.0" encoding="UTFTF-8"?><plist><key>WebMainResource</key></plist>',
        b'<?xml version="1.0"?><plist><key>WebMainResource</key><string/></plist>',
        b'<?xml version="1.0"?><plist><dict></array><key>WebMainResource</key></dict></plist>',
    ],
)
def test_damage_of_every_kind_is_named(data):
    (read,) = read_bytes("a", data)
    assert isinstance(read, Unreadable)
    assert read.reason == "a damaged web archive of Safari"
