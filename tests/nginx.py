"""nginx before a site, configured as it is shipped: only its addresses are other ones."""

import contextlib
import os
import shutil
import socket
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from tests.processes import wait_until

DEPLOY = Path(settings.BASE_DIR) / "deploy"

MAIN = """
daemon off;
worker_processes {workers};
pid {place}/pid;
error_log {place}/error.log;
events {{ worker_connections 2048; }}
http {{
    log_format cache "$status $upstream_cache_status";
    access_log {place}/access.log cache;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    include {place}/nginx-cache.conf;
    server {{
        listen 127.0.0.1:{port} backlog=2048;
        include {place}/nginx-cache-location.conf;
    }}
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def program() -> str:
    """Debian's nginx is where only root's PATH leads."""
    found = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
    assert found
    return found


class Nginx:
    """A running nginx at `url`."""

    def __init__(self, place: Path, url: str, pid: int) -> None:
        self.place = place
        self.url = url
        self.pid = pid

    def uses(self) -> Counter[str]:
        """How many requests were a HIT, a MISS, a BYPASS of the cache, and so on; "-" for none."""
        lines = (self.place / "access.log").read_text().splitlines()
        return Counter(line.split()[1] for line in lines)


@contextlib.contextmanager
def before(site: str, version_port: int, place: Path, *, workers: int = 1) -> Iterator[Nginx]:
    """nginx before the site at this address, with its files in `place`."""
    place.mkdir()
    # As root, nginx gives its workers to another user, who must be able to write.
    place.chmod(0o777)
    others = {
        "127.0.0.1:8000;": f"{urlsplit(site).netloc};",
        "127.0.0.1:8001;": f"127.0.0.1:{version_port};",
        "/var/cache/nginx/archive": str(place / "cache"),
        "/etc/nginx/archive-proxy.conf": str(place / "nginx-proxy.conf"),
    }
    for name in ("nginx-cache.conf", "nginx-cache-location.conf", "nginx-proxy.conf"):
        text = (DEPLOY / name).read_text()
        for shipped, here in others.items():
            text = text.replace(shipped, here)
        (place / name).write_text(text)
    port = free_port()
    main = place / "nginx.conf"
    main.write_text(MAIN.format(place=place, port=port, workers=workers))
    process = subprocess.Popen([program(), "-c", main, "-p", place, "-e", place / "error.log"])

    def listens() -> bool:
        assert process.poll() is None, (place / "error.log").read_text()
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", port)) == 0

    try:
        wait_until(listens)
        yield Nginx(place, f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait()
