"""Files whose ending says nothing, as `wget -r` leaves them, are known by their first bytes."""

import pytest

from decisions.sources import Skipped, Source, Unreadable, read_bytes, read_paths
from decisions.sources.recognition import is_decision_file
from tests.archives import make_tar, make_zip

PAGE = b"<!DOCTYPE html>\n<html><body>page</body></html>"
FOLDER = "www.lgo.org.uk/decisions/education/other"
MIRROR = {
    f"{FOLDER}/21-019-030": PAGE,
    f"{FOLDER}/21-019-030?chapter=2": PAGE,
    f"{FOLDER}/21-019-031": b"Ambleford Council (21 019 031)",
    "www.lgo.org.uk/img/logo.png": b"\x89PNG\r\n\x1a\n",
    "www.lgo.org.uk/robots.txt": b"User-agent: *",
    "www.lgo.org.uk/README": b"a text",
    "www.lgo.org.uk/README.md": b"Files of decisions, such as 21 019 030.",
    "www.lgo.org.uk/readme.txt": b"Files of decisions, such as 21 019 030.",
}
READ = sorted(name for name in MIRROR if FOLDER in name)


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_a_mirror_in_an_archive(make):
    reads = list(read_bytes("m", make(MIRROR)))
    assert [read for read in reads if isinstance(read, Source)] == [
        Source(f"m/{name}", MIRROR[name]) for name in READ
    ]
    assert {read.name for read in reads if isinstance(read, Skipped)} == {
        f"m/{name}" for name in MIRROR if name not in READ
    }
    assert len(reads) == len(MIRROR)


def test_a_mirror_in_a_directory(tmp_path):
    for name, data in MIRROR.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    reads = list(read_paths([tmp_path]))
    assert [read.name for read in reads if isinstance(read, Source)] == [
        f"{tmp_path}/{name}" for name in READ
    ]
    assert len(reads) == len(MIRROR)


def test_markdown_is_read_where_it_names_a_decision():
    assert is_decision_file("a.md", b"---\ntitle: Ambleford Council (92 200 132)\n---\n")
    assert not is_decision_file("README.md", b"# How to use this folder")


@pytest.mark.parametrize(
    "start",
    [
        b"<html lang=en>",
        b"\xef\xbb\xbf\r\n <!doctype HTML>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">',
        b"<!-- saved from url=(0014)about:internet -->\n<HTML>",
    ],
)
def test_beginnings_of_pages(start):
    assert is_decision_file("page", start)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("feed", b'<?xml version="1.0"?><rss>'),
        ("picture", b"<svg>"),
        ("headings", b"<htmlish>"),
        ("notes", b"see <html>"),
        ("21-019-030", b"\x89PNG\0\0"),
        ("21-019-030.png", b"text"),
        ("._21-019-030", b"<html>"),
    ],
)
def test_beginnings_of_other_files(name, start):
    assert not is_decision_file(name, start)


@pytest.mark.parametrize(
    ("members", "what"),
    [({}, "it is empty"), ({"a.png": b"x"}, "1 of other kinds skipped")],
)
def test_an_archive_of_nothing_is_named(members, what, tmp_path):
    reason = f"no decision files in it: {what}"
    path = tmp_path / "z.zip"
    path.write_bytes(make_zip(members))
    assert list(read_bytes("z.zip", path.read_bytes()))[-1] == Unreadable("z.zip", reason)
    assert list(read_paths([path]))[-1] == Unreadable(str(path), reason)


def test_a_directory_of_nothing_is_named(tmp_path):
    reason = "no decision files in it: it is empty"
    assert list(read_paths([tmp_path])) == [Unreadable(str(tmp_path), reason)]
