"""A site whose PostgreSQL is away for a while."""

import urllib.error
import urllib.request

from ombudsman.runtime import postgres
from tests.processes import Site, wait_until


def get(url: str) -> tuple[int, dict[str, str], str]:
    try:
        with urllib.request.urlopen(url, timeout=60) as response:
            return response.status, dict(response.headers), response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def test_while_postgresql_is_away_pages_say_so_and_soon_work_again(attacked: Site):
    url = attacked.url
    cluster = postgres.Cluster(attacked.data_dir)
    version = cluster.directory / "PG_VERSION"
    written = version.read_text()
    paths = ["/decisions/?q=marked-words", "/councils/", "/api/decisions/", "/healthz"]
    version.write_text("17\n")  # nobody can start it then
    try:
        cluster.stop()
        for path in paths[:3]:
            status, headers, page = get(url + path)
            assert status == 503, path
            assert headers["Retry-After"] == "10"
            if path.startswith("/api/"):
                assert headers["Content-Type"] == "application/problem+json"
            else:
                assert "The archive is not available at the moment" in page
                assert "no-store" in headers["Cache-Control"]
        assert get(url + paths[3])[0] == 503
    finally:
        version.write_text(written)
    wait_until(lambda: [get(url + path)[0] for path in paths] == [200] * len(paths))
    said = attacked.log.read_text()
    assert "marked-words" not in said
    assert "GET /decisions/ answered 503 ombudsman.runtime.errors.DatabaseUnavailable: " in said
