"""Compressed copies of static files are kept for as long as they are copies of their files."""

from pathlib import Path

import pytest

from ombudsman.static_files import UNPACK, KeepingCompressor

CSS = b"a { color: red }\n" * 40


@pytest.mark.parametrize(
    ("ending", "left", "is_kept"),
    [
        ("", CSS, True),
        ("", CSS.replace(b"red", b"blue"), False),  # the file has changed
        (".br", b"", False),
        (".br", CSS, False),
        (".gz", b"", False),
        (".gz", b"\x1f\x8b\x08\0", False),
        (".gz", None, False),
    ],
)
def test_copies_are_made_again_only_if_they_are_not_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, left: bytes | None, is_kept: bool
):
    file = tmp_path / "a.css"
    file.write_bytes(CSS)
    compressor = KeepingCompressor(quiet=True)
    copies = [f"{file}{ending}" for ending in UNPACK]
    assert compressor.compress(str(file)) == copies
    changed = Path(f"{file}{ending}")
    changed.write_bytes(left) if left is not None else changed.unlink()
    compressed = []
    compress = KeepingCompressor.compress_brotli
    monkeypatch.setattr(
        KeepingCompressor,
        "compress_brotli",
        staticmethod(lambda data: [compressed.append(data), compress(data)][1]),
    )
    assert compressor.compress(str(file)) == copies
    assert compressed == ([] if is_kept else [file.read_bytes()])
    for ending, unpack in UNPACK.items():
        assert unpack(Path(f"{file}{ending}").read_bytes()) == file.read_bytes()
