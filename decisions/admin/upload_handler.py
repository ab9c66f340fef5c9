"""Receives uploaded files into one temporary file, however many there are.

Django keeps a small file in memory and opens a temporary file for each larger one: thousands of
files take hundreds of megabytes, or more open files than a process may have.
"""

import io
import tempfile
from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class OneFileUploadHandler(FileUploadHandler):
    """Writes the files of a request one after another into one temporary file."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file of the request."""
        super().new_file(*args, **kwargs)
        if not hasattr(self, "_shared"):
            self._shared = _Shared()
        self._start = self._shared.size

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece of the file."""
        self._shared.append(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        """The file, whose bytes are read from the temporary file."""
        return UploadedFile(
            file=cast("IO[bytes]", _Part(self._shared, self._start, file_size)),
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


class _Shared:
    """The temporary file; it is deleted when the last part of it is closed."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with its last part
        self.size = 0
        self.open_parts = 0

    def append(self, data: bytes) -> None:
        self.file.seek(self.size)
        self.file.write(data)
        self.size += len(data)


class _Part(io.RawIOBase):
    """A file of the request, as a stretch of the temporary file."""

    def __init__(self, shared: _Shared, start: int, size: int) -> None:
        self._shared = shared
        self._start = start
        self._size = size
        self._at = 0
        shared.open_parts += 1

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._shared.file.seek(self._start + self._at)
        data = self._shared.file.read(min(len(buffer), self._size - self._at))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = min(max(base + offset, 0), self._size)
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        if not self.closed:
            self._shared.open_parts -= 1
            if not self._shared.open_parts:
                self._shared.file.close()
        super().close()
