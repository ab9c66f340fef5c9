"""The folder that a browser saves beside a page is skipped, however the page comes."""

import pytest

from decisions.sources import Skipped, Source, files_of_page, read_bytes, read_paths
from tests.archives import make_tar, make_tgz, make_zip

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
    assert [read for read in reads if not isinstance(read, Skipped)] == READ
    assert [read.name for read in reads if isinstance(read, Skipped)] == [
        f"z/{name}" for name in MEMBERS if "Ambleford_files" in name
    ]


@pytest.mark.parametrize("make", [make_tar, make_tgz])
def test_in_a_tar_in_which_the_folder_stands_before_its_page(make):
    members = {name: MEMBERS[name] for name in sorted(MEMBERS, reverse=True)}
    assert next(iter(members)).startswith("in/case_files/")
    reads = list(read_bytes("z", make(members)))
    assert sorted(reads, key=lambda read: read.name) == [
        READ[0],
        *(Skipped(f"z/{name}") for name in sorted(MEMBERS) if "Ambleford_files" in name),
        READ[1],
    ]


def test_a_damaged_tar_whose_folder_has_no_page_tells_its_damage_once():
    data = bytearray(make_tar({"a_files/21-019-030.txt": b"text", "b.txt": b"b"}))
    data[2 * 512 + 20] ^= 1  # in the header of the second member
    source, damage = sorted(read_bytes("t", bytes(data)), key=lambda read: type(read).__name__)
    assert source == Source("t/a_files/21-019-030.txt", b"text")
    assert damage.reason.startswith("damaged after a_files/21-019-030.txt")


@pytest.mark.parametrize("ending", [".htm", ".HTM", ".HTML"])
def test_beside_a_page_of_another_ending(ending):
    members = {f"a{ending}": b"<html>page</html>", "a_files/frame.html": b"<html></html>"}
    assert list(read_bytes("z", make_zip(members))) == [
        Source(f"z/a{ending}", b"<html>page</html>"),
        Skipped("z/a_files/frame.html"),
    ]


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<img src="./Kent &amp; Ex%20Council (21 019 030)_files/a b.png">', {"a b.png"}),
        ("<link href='Kent &amp; Ex Council (21 019 030)_files/a%20b.css?v=1'>", {"a b.css"}),
        ('<img src="https://a.example/Kent & Ex Council (21 019 030)_files/x.png">', {"x.png"}),
        ('<img src="./Surrey_files/a.png">', set()),
        ('<img src="./Kent &amp; Ex Council (21 019 030)_files/">', set()),
        ("Kent &amp; Ex Council (21 019 030)_files/a.png", set()),
    ],
)
def test_what_a_page_names_in_its_folder(link, found):
    assert files_of_page("Kent & Ex Council (21 019 030).html", link.encode()) == found


@pytest.fixture
def folder(tmp_path):
    for name, data in MEMBERS.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "in"


def test_in_a_directory(folder):
    assert list(read_paths([folder])) == [
        Skipped(f"{folder}/Ambleford_files"),
        Source(f"{folder}/Ambleford.html", READ[0].data),
        Source(f"{folder}/case_files/21-019-030.txt", READ[1].data),
    ]


def test_named_one_by_one_beside_the_page(folder):
    """As a shell does with `ingest in/*`."""
    assert list(read_paths(sorted(folder.iterdir()))) == [
        Source(f"{folder}/Ambleford.html", READ[0].data),
        Skipped(f"{folder}/Ambleford_files"),
        Source(f"{folder}/case_files/21-019-030.txt", READ[1].data),
    ]


def test_named_without_its_page_it_is_read(folder):
    reads = list(read_paths([folder / "Ambleford_files"]))
    assert [type(read) for read in reads] == [Source, Source, Source]
