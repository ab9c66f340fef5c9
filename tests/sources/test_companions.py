"""The folder that a browser saves beside a page is passed over, however the page comes."""

import pytest

from decisions.sources import Ignored, Source, read_bytes, read_paths
from tests.archives import make_tar, make_zip

MEMBERS = {
    "in/Ambleford.html": b"<html>page</html>",
    "in/Ambleford_files/config.json": b"{}",
    "in/Ambleford_files/f.txt": b"text",
    "in/Ambleford_files/inner/saved_resource.html": b"<html></html>",
    "in/case_files/21-019-030.txt": b"a decision in a folder of no page",
}
READ = [
    Source("z/in/Ambleford.html", b"<html>page</html>"),
    Source("z/in/case_files/21-019-030.txt", b"a decision in a folder of no page"),
]


@pytest.mark.parametrize("make", [make_zip, make_tar])
def test_in_an_archive(make):
    reads = list(read_bytes("z", make(MEMBERS)))
    assert [read for read in reads if not isinstance(read, Ignored)] == READ
    assert [read.name for read in reads if isinstance(read, Ignored)] == [
        f"z/{name}" for name in MEMBERS if "Ambleford_files" in name
    ]


@pytest.fixture
def folder(tmp_path):
    for name, data in MEMBERS.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "in"


def test_in_a_directory(folder):
    assert list(read_paths([folder])) == [
        Ignored(f"{folder}/Ambleford_files"),
        Source(f"{folder}/Ambleford.html", READ[0].data),
        Source(f"{folder}/case_files/21-019-030.txt", READ[1].data),
    ]


def test_named_one_by_one_beside_the_page(folder):
    """As a shell does with `ingest in/*`."""
    assert list(read_paths(sorted(folder.iterdir()))) == [
        Source(f"{folder}/Ambleford.html", READ[0].data),
        Ignored(f"{folder}/Ambleford_files"),
        Source(f"{folder}/case_files/21-019-030.txt", READ[1].data),
    ]


def test_named_without_its_page_it_is_read(folder):
    reads = list(read_paths([folder / "Ambleford_files"]))
    assert [type(read) for read in reads] == [Source, Source, Source]
