#!/usr/bin/env python
"""Run a management command: `manage.py help` lists them."""

import os
import select
import signal
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombudsman.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    # A command that is told to end leaves in good order, and stops the database it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        execute_from_command_line(sys.argv)
        print(end="", flush=True)
    except BrokenPipeError:
        if not reader_is_gone():
            raise
        # What is left unwritten, Python would try to write once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ImproperlyConfigured, OperationalError) as error:
        # The installation is at fault, not the program: say so in one line, without a traceback.
        if "--traceback" in sys.argv:
            raise
        sys.exit(" ".join(str(error).split()))


def reader_is_gone() -> bool:
    """Whether nobody reads our output any more, as in `manage.py quality | head`."""
    output = select.poll()
    output.register(sys.stdout, 0)  # of which only the end is told
    return bool(output.poll(0))


if __name__ == "__main__":
    main()
