"""Runs `manage.py` in forks of one process that has imported what needs no settings.

A command then takes a third of the time of a new interpreter. A fork has the arguments,
environment, input and output of its own, and ends as an interpreter ends.
"""

import functools
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from django.conf import settings

from tests import bytecode

# Reads requests, one a line of JSON; writes the exit status of each.
_PROGRAM = """
import json, os, runpy, sys
import django.core.management, django.db.models, django.db.backends.postgresql.base, psycopg_pool
import bs4, dj_database_url, environs, lxml.html, psutil, tantivy
import decisions.pipeline.fork_server, decisions.sample

for line in sys.stdin:
    request = json.loads(line)
    if pid := os.fork():
        print(os.waitpid(pid, 0)[1], flush=True)
        continue
    os.environ.clear()
    os.environ.update(request["environment"])
    for number, path in enumerate([os.devnull, request["output"], request["errors"]]):
        os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY), number)
    sys.argv = ["manage.py", *request["arguments"]]
    break
else:
    os._exit(0)
runpy.run_path("manage.py", run_name="__main__")
"""

_one_at_a_time = threading.Lock()


@functools.cache
def _server() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        cwd=settings.BASE_DIR,
        env=bytecode.shared({**os.environ}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one command to its end: one at a time, as the server waits for it."""
    with _one_at_a_time, tempfile.TemporaryDirectory() as directory:
        output, errors = Path(directory, "output"), Path(directory, "errors")
        output.touch()
        errors.touch()
        request = {
            "arguments": arguments,
            "environment": environment,
            "output": str(output),
            "errors": str(errors),
        }
        server = _server()
        print(json.dumps(request), file=server.stdin, flush=True)
        status = int(server.stdout.readline())
        code = os.waitstatus_to_exitcode(status)
        return subprocess.CompletedProcess(arguments, code, output.read_text(), errors.read_text())
