"""A release is replaced by another one while readers ask for pages: no connection is refused."""

import socket
import subprocess
import sys
import threading
import urllib.request

from django.conf import settings

from tests.processes import environment, wait_until


def test_a_restart_on_a_socket_that_systemd_holds_drops_no_request(prepared_data_dir, tmp_path):
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/healthz"
    log = (tmp_path / "log").open("w")

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "--config", "python:ombudsman.runtime.gunicorn",
                "--bind", f"fd://{listener.fileno()}",
            ],
            cwd=settings.BASE_DIR,
            env=environment(DATA_DIR=prepared_data_dir, WEB_CONCURRENCY=1),
            pass_fds=[listener.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )  # fmt: skip

    answers: list[bytes] = []
    errors: list[Exception] = []
    ends = threading.Event()

    def read() -> None:
        while not ends.is_set():
            try:
                with urllib.request.urlopen(address, timeout=60) as answer:
                    answers.append(answer.read())
            except OSError as error:
                errors.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
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
    assert set(answers) == {b"ok\n"}
