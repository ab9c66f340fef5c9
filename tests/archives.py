"""Archives as bytes, made as the tools that people use make them."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Iterable

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def make_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def make_tar(
    members: Iterable[tuple[str, bytes]] | dict[str, bytes], format: int = tarfile.PAX_FORMAT
) -> bytes:
    if isinstance(members, dict):
        members = members.items()
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format) as archive:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def make_tgz(members: dict[str, bytes]) -> bytes:
    return gzip.compress(make_tar(members), mtime=0)


class Warc:
    """A crawl, one record after another: `Warc().page(url, body).bytes()`."""

    def __init__(self, packed: bool = True) -> None:
        self._buffer = io.BytesIO()
        self._writer = WARCWriter(self._buffer, gzip=packed)
        self.starts: list[int] = []  # where each record begins

    def bytes(self) -> bytes:
        return self._buffer.getvalue()

    def record(
        self,
        kind: str,
        url: str,
        body: bytes,
        http: StatusAndHeaders | None = None,
        type: str | None = None,
        **headers: str,
    ) -> "Warc":
        self.starts.append(self._buffer.tell())
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        record = self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            http_headers=http,
            warc_content_type=type or "",
            warc_headers_dict=named,
        )
        self._writer.write_record(record)
        return self

    def info(self) -> "Warc":
        self.starts.append(self._buffer.tell())
        record = self._writer.create_warcinfo_record("crawl.warc.gz", {"software": "a crawler"})
        self._writer.write_record(record)
        return self

    def response(
        self,
        url: str,
        body: bytes,
        type: str | None = "text/html",
        status: str = "200 OK",
        http: dict[str, str] | None = None,
        **headers: str,
    ) -> "Warc":
        lines = [("Content-Type", type)] if type else []
        lines += list((http or {}).items())
        return self.record(
            "response", url, body, StatusAndHeaders(status, lines, protocol="HTTP/1.1"), **headers
        )

    def page(self, url: str, body: bytes, type: str | None = "text/html") -> "Warc":
        """What wget writes of one page: what it asked, what it got, and how it came there."""
        path = "/" + url.split("/", 3)[3]
        asked = StatusAndHeaders(f"GET {path} HTTP/1.1", [("Host", "a")], is_http_request=True)
        self.record("request", url, b"", asked)
        self.response(url, body, type)
        return self.record("metadata", url, b"via: https://a/\r\n", type="application/warc-fields")
