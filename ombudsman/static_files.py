"""The storage of static files: under names that change with their content, and compressed."""

import gzip
import zlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

UNPACK: dict[str, Callable[[bytes], bytes]] = {".br": brotli.decompress, ".gz": gzip.decompress}


class KeepingCompressor(Compressor):  # type: ignore[misc]
    """Compresses a file unless its compressed copies unpack to it: compressing takes far longer."""

    def compress(self, path: str) -> list[str]:
        """Return the paths of the compressed copies, which may be none."""
        return _good_copies(Path(path)) or list(super().compress(path))


class StaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Keeps compressed copies when the site is started again, and computes each address once."""

    def create_compressor(self, **options: Any) -> KeepingCompressor:
        """Return what compresses the collected files."""
        return KeepingCompressor(**options)

    def url(self, name: str, force: bool = False) -> str:
        """Return the address of a file, with the hash of its content in the name."""
        address = None if settings.DEBUG or force else self._addresses.get(name)
        if address is None:
            address = self._addresses[name] = str(super().url(name, force))
        return address

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}


def _good_copies(path: Path) -> list[str]:
    """The compressed copies of a file, or none if one is missing or is not of this file."""
    data = path.read_bytes()
    copies = [f"{path}{ending}" for ending in UNPACK]
    try:
        unpacked = [
            unpack(Path(copy).read_bytes())
            for copy, unpack in zip(copies, UNPACK.values(), strict=True)
        ]
    except (OSError, EOFError, zlib.error, brotli.error):
        return []
    return copies if all(one == data for one in unpacked) else []
