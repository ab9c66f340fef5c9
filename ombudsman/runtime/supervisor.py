"""Runs a program beside this process: restarts it when it ends, and stops it with us.

The program must stop when its standard input ends. That input is a pipe whose other end only we
hold, so it ends even if we are killed with SIGKILL.
"""

import os
import subprocess
import threading
from collections.abc import Callable

RESTART_DELAY = 2.0  # seconds between the end of the program and its restart
STOP_TIMEOUT = 10.0  # seconds between SIGTERM and SIGKILL


class Supervisor:
    """Keeps one program running. `log` is called with a line for each failure."""

    def __init__(self, command: list[str], log: Callable[[str], object]) -> None:
        self._command = command
        self._log = log
        self._input, self._our_end = os.pipe()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        # No process may fork while Popen starts the program: the child would inherit the pipe on
        # which Popen waits. A forked child must also close our end of the program's input.
        self._starting = threading.Lock()
        os.register_at_fork(
            before=self._starting.acquire,
            after_in_parent=self._starting.release,
            after_in_child=self._after_fork_in_child,
        )

    def start(self) -> None:
        """Start the program, and restart it in the background whenever it ends."""
        threading.Thread(target=self._keep_running, name="supervisor", daemon=True).start()

    def stop(self) -> None:
        """Terminate the program, and wait until it has ended."""
        self._stopping.set()
        with self._starting:
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            try:
                self._run()
            except OSError as error:
                self._log(f"{self._command} could not be started: {error}")
            if not self._stopping.wait(RESTART_DELAY):
                self._log(f"{self._command} stopped and is being started again")

    def _run(self) -> None:
        with self._starting:
            if self._stopping.is_set():
                return
            self._process = process = subprocess.Popen(  # noqa: S603 -- our own, without a shell
                self._command, stdin=self._input
            )
        process.wait()

    def _after_fork_in_child(self) -> None:
        os.close(self._our_end)
        self._starting.release()
