"""A time-stamping authority of openssl's, which answers by HTTP."""

import subprocess
import tempfile
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIG = """
[stamps]
serial = {0}/serial
crypto_device = builtin
signer_cert = {0}/tsa.pem
certs = {0}/ca.pem
signer_key = {0}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
EXTENSIONS = "extendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\n"


class Authority:
    """Stamps what is posted to `url`; `certificates` is the PEM file that proves its stamps.

    `spoil` changes a reply on its way, if it is set; `queries` are those received.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.certificates = directory / "ca.pem"
        self.spoil: Callable[[bytes], bytes] | None = None
        self.queries: list[bytes] = []
        (directory / "config").write_text(CONFIG.format(directory))
        (directory / "extensions").write_text(EXTENSIONS)
        (directory / "serial").write_text("01\n")
        new_key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
        self._openssl(
            "req", "-x509", *new_key, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30",
            "-subj", "/CN=Test authority root",
        )  # fmt: skip
        self._openssl(
            "req", "-new", *new_key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Test"
        )
        self._openssl(
            "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-out",
            "tsa.pem", "-days", "30", "-set_serial", "2", "-extfile", "extensions",
        )  # fmt: skip
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/tsr"

    def reply_to(self, query: bytes) -> bytes:
        self.queries.append(query)
        with tempfile.NamedTemporaryFile() as file:
            file.write(query)
            file.flush()
            return self._openssl(
                "ts", "-reply", "-queryfile", file.name, "-config", "config", "-section", "stamps"
            )

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _openssl(self, *arguments: str) -> bytes:
        ran = subprocess.run(["openssl", *arguments], cwd=self.directory, capture_output=True)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def _handler(authority) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.headers["Content-Type"] == "application/timestamp-query"
                reply = authority.reply_to(self.rfile.read(int(self.headers["Content-Length"])))
                reply = authority.spoil(reply) if authority.spoil else reply
                self.send_response(200 if reply else 503)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
