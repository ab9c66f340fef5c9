"""A release is replaced by another one while readers ask for pages: no request is lost."""

import contextlib
import http.client
import socket
import subprocess
import sys
import threading

from django.conf import settings

from tests.processes import environment, wait_until


def test_a_restart_on_a_socket_that_systemd_holds_drops_no_request(prepared_data_dir, tmp_path):
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    port = listener.getsockname()[1]
    log = (tmp_path / "log").open("w")

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "--config", "python:ombudsman.runtime.gunicorn",
                "--bind", f"fd://{listener.fileno()}",
            ],
            cwd=settings.BASE_DIR,
            env=environment(
                DATA_DIR=prepared_data_dir, WEB_CONCURRENCY=1, API_REQUESTS_PER_MINUTE=0
            ),
            pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )  # fmt: skip

    answers: list[int] = []  # their statuses
    errors: list[Exception] = []
    ends = threading.Event()

    def read(*, keeps: bool) -> None:
        """Ask again and again, on new connections or on one that is kept, as proxies keep theirs.

        A kept one is replaced when an answer says that it ends, and never before.
        """
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        with contextlib.closing(connection):
            while not ends.is_set():
                try:
                    connection.request("GET", "/api/decisions/")
                    answer = connection.getresponse()
                    answer.read()
                    answers.append(answer.status)
                except (OSError, http.client.HTTPException) as error:
                    errors.append(error)
                    return
                if not keeps:
                    connection.close()

    readers = [
        threading.Thread(target=read, kwargs={"keeps": keeps})
        for keeps in (False, False, True, True, True)
    ]
    first = start()
    second = None
    try:
        for reader in readers:
            reader.start()
        wait_until(lambda: len(answers) > 20 or errors)
        first.terminate()
        assert first.wait() == 0
        second = start()
        before = len(answers)
        wait_until(lambda: len(answers) > before + 20 or errors)
    finally:
        ends.set()
        for reader in readers:
            reader.join()
        for process in filter(None, (first, second)):
            process.terminate()
            process.wait()
        listener.close()
        log.close()
    assert errors == [], (tmp_path / "log").read_text()
    assert set(answers) == {200}
