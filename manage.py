#!/usr/bin/env python
"""Run a management command: `manage.py help` lists them."""

import os
import select
import signal
import sys


def main() -> None:
    """Run the command on the command line. An error of the installation is one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombudsman.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    # Exit in the ordinary way at SIGTERM, so that the database that we started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        execute_from_command_line(sys.argv)
        print(end="", flush=True)
    except BrokenPipeError:
        if not reader_is_gone():
            raise
        # Python flushes standard output once more at exit: let it write to nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (ImproperlyConfigured, OperationalError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(" ".join(str(error).split()))


def reader_is_gone() -> bool:
    """Tell whether nobody reads our output any more, as in `manage.py quality | head`."""
    output = select.poll()
    output.register(sys.stdout, 0)  # no events: poll() then reports only errors and hang-ups
    return bool(output.poll(0))


if __name__ == "__main__":
    main()
