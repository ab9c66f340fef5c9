"""Stops a command that runs until it is told to end."""

import os
import signal
import threading

from django.core.management.base import CommandParser


def add_end_of_input(parser: CommandParser) -> None:
    """Add the option `--until-end-of-input`."""
    parser.add_argument(
        "--until-end-of-input",
        action="store_true",
        help="stop when standard input ends, that is, when the program that started this ends",
    )


def stop_event(*, until_end_of_input: bool) -> threading.Event:
    """An event that SIGINT and SIGTERM set, and perhaps the end of standard input."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    if until_end_of_input:
        threading.Thread(target=_wait_for_end_of_input, args=[stopped], daemon=True).start()
    return stopped


def _wait_for_end_of_input(stopped: threading.Event) -> None:
    # Not from sys.stdin: this thread would still hold its lock when the process ends.
    while os.read(0, 1):
        pass
    stopped.set()
