"""A member of staff who works in the admin of a running site over HTTP, as a browser would."""

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

# What stands between the parts of an upload.
BOUNDARY = "parts-of-an-upload"


class AdminClient:
    """A member of staff with a browser."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self.url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        fields = {"username": username, "password": password, "next": "/admin/"}
        self.post("/admin/login/", fields)

    def get(self, address: str) -> tuple[str, str]:
        """The address and the text of a page."""
        with self._opener.open(self.url + address) as response:
            return response.url.removeprefix(self.url), response.read().decode()

    def token(self, address: str) -> str:
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(address)[1])[1]

    def post(self, address: str, fields: dict[str, str]) -> None:
        fields = {**fields, "csrfmiddlewaretoken": self.token(address)}
        with self._opener.open(self.url + address, urlencode(fields).encode()):
            pass

    def upload(self, path: Path) -> str:
        """Send a file in pieces; returns the address of the upload."""
        address = "/admin/decisions/upload/add/"
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f"{self.token(address)}\r\n--{BOUNDARY}\r\nContent-Disposition: form-data;"
            f' name="files"; filename="{path.name}"\r\n\r\n'
        ).encode()
        end = f"\r\n--{BOUNDARY}--\r\n".encode()

        def pieces() -> Iterator[bytes]:
            yield head
            with path.open("rb") as file:
                yield from iter(lambda: file.read(1 << 20), b"")
            yield end

        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(head) + path.stat().st_size + len(end)),
        }
        request = urllib.request.Request(self.url + address, pieces(), headers)
        with self._opener.open(request) as response:
            return response.url.removeprefix(self.url)
