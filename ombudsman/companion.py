"""A program that runs beside this one: started again when it dies, ended with us however we end.

It must end by itself when its standard input ends: that is a pipe of which only we hold the other
end, and which therefore closes even at kill -9.
"""

import os
import subprocess
import threading
from collections.abc import Callable

PAUSE = 2.0  # seconds before it is started again
PATIENCE = 10.0  # seconds until one that was told to end is killed


class Companion:
    def __init__(self, command: list[str], say: Callable[[str], object]) -> None:
        """`say` hears of failures."""
        self._command = command
        self._say = say
        self._input, self._our_end = os.pipe()
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        # While a process is being started, none may be forked: it would hold on to the pipe by
        # which the start is reported. And a forked process must not keep the companion alive.
        self._starting = threading.Lock()
        os.register_at_fork(
            before=self._starting.acquire,
            after_in_parent=self._starting.release,
            after_in_child=self._forget,
        )

    def start(self) -> None:
        threading.Thread(target=self._keep_running, name="companion", daemon=True).start()

    def stop(self) -> None:
        """Tell it to end, and wait until it has."""
        self._stopping.set()
        with self._starting:
            process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            try:
                self._run()
            except OSError as error:
                self._say(f"{self._command} could not be started: {error}")
            if not self._stopping.wait(PAUSE):
                self._say(f"{self._command} ended and is started again")

    def _run(self) -> None:
        with self._starting:
            if self._stopping.is_set():
                return
            self._process = process = subprocess.Popen(  # noqa: S603 -- our own, and no shell
                self._command, stdin=self._input
            )
        process.wait()

    def _forget(self) -> None:
        os.close(self._our_end)
        self._starting.release()
