"""gunicorn's configuration: `gunicorn --config python:ombudsman.runtime.gunicorn`."""

import gc
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
from pathlib import Path

from django.conf import settings
from django.template.engine import Engine
from django.template.loader import get_template
from django.urls import get_resolver
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from ombudsman.runtime import retention
from ombudsman.runtime.supervisor import Supervisor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ombudsman.settings")

wsgi_app = "ombudsman.wsgi"
_host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
bind = f"{_host}:{settings.PORT}"
workers = settings.WEB_CONCURRENCY
worker_class = "ombudsman.runtime.worker.BufferingWorker"
threads = 4
sendfile = False  # it would wait for slow clients
# No header may set SCRIPT_NAME or PATH_INFO: a visitor could write them through a proxy that passes
# names with underscores, and kept parts of pages would then link to the visitor's addresses.
forwarder_headers = ""
timeout = 120  # seconds until a worker that does not respond is killed
graceful_timeout = 10  # seconds that running requests may take when the server stops
loglevel = "warning"
logger_class = "ombudsman.runtime.worker.QuietLogger"
# gunicorn puts this socket into the user's home directory, where all archives would share it.
control_socket_disable = True

# The variable that names the directory of `prometheus_client`'s numbers.
NUMBERS = "PROMETHEUS_MULTIPROC_DIR"

# Thresholds of Python's garbage collector: new objects before a collection of the youngest
# generation, such collections before one of the middle generation, and those before one of the
# oldest. The last is raised from 10, because the oldest generation holds everything that a worker
# keeps.
GC_THRESHOLDS = (700, 10, 50)


def on_starting(server: Arbiter) -> None:
    """Allow as many connections as the system does, and stop with `manage.py run`.

    Our standard input ends with `manage.py run`, even at SIGKILL. The workers keep the numbers of
    /metrics in a directory, and each adds up those of all.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    os.environ[NUMBERS] = tempfile.mkdtemp(prefix="ombudsman-metrics-")
    if "STOP_AT_END_OF_INPUT" in os.environ:
        threading.Thread(target=_stop_at_end_of_input, daemon=True).start()


def when_ready(server: Arbiter) -> None:
    """Start what runs beside the workers.

    One process applies PostgreSQL's changes to this host's search index, one sends alerts, and one
    tells a proxy the archive's version. With `manage.py run`, one is the worker, which elsewhere is
    a service of its own.
    """
    manage = str(settings.BASE_DIR / "manage.py")
    commands = [["index", "follow"], ["alerts", "run"]]
    if settings.VERSION_PORT:
        commands.append(["archive_version", "serve"])
    if "WITH_WORKER" in os.environ:
        commands.append(["worker"])
    for command in commands:
        companion = [sys.executable, manage, *command, "--until-end-of-input"]
        _supervisors.append(Supervisor(companion, server.log.warning))
        _supervisors[-1].start()


def post_worker_init(worker: Worker) -> None:
    """Import the views and compile the templates before the first request arrives.

    The garbage collector then ignores these objects. Each worker also deletes what has expired.
    """
    _ = get_resolver().url_patterns  # imports views, forms and admin
    for directory in map(Path, Engine.get_default().dirs):
        for path in directory.rglob("*.html"):
            get_template(str(path.relative_to(directory)))
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    retention.start()


def on_reload(server: Arbiter) -> None:
    """Start anew what runs beside the workers, at SIGHUP: it then has their code.

    A proxy keeps nothing that was made by other code than that of the process that it asks.
    """
    _stop_supervisors()
    when_ready(server)


def on_exit(server: Arbiter) -> None:
    """Stop what runs beside the workers."""
    _stop_supervisors()
    shutil.rmtree(os.environ[NUMBERS], ignore_errors=True)


_supervisors: list[Supervisor] = []


def _stop_supervisors() -> None:
    while _supervisors:
        _supervisors.pop().stop()


def _stop_at_end_of_input() -> None:
    # Not from sys.stdin: this thread would still hold its lock when the interpreter exits.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
