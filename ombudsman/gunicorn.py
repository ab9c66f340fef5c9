"""How gunicorn serves the archive: `gunicorn --config python:ombudsman.gunicorn`.

The number of workers is gunicorn's own variable, WEB_CONCURRENCY.
"""

import gc
import os
import signal
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.urls import get_resolver
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from ombudsman.companion import Companion

wsgi_app = "ombudsman.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
timeout = 120
graceful_timeout = 10
loglevel = "warning"
# One socket in the user's home directory would be shared by all archives on the machine.
control_socket_disable = True


def on_starting(server: Arbiter) -> None:
    """Under `manage.py run`, end with it: its end of our standard input closes, even at kill -9."""
    if "STOP_AT_END_OF_INPUT" in os.environ:
        threading.Thread(target=_stop_at_end_of_input, daemon=True).start()


def when_ready(server: Arbiter) -> None:
    """Keep the search index up with PostgreSQL, in one process of the host's own."""
    global _follower
    manage = Path(__file__).parent.parent / "manage.py"
    command = [sys.executable, str(manage), "index", "follow", "--until-end-of-input"]
    _follower = Companion(command, server.log.warning)
    _follower.start()


def post_worker_init(worker: Worker) -> None:
    """Let nobody wait for what a worker does once, and keep the garbage collector off it.

    Left alone the collector went over everything that stays at every twentieth list page, which
    then took 55 ms longer (2026-11-25); a worker's first list page took 100 ms longer.
    """
    get_resolver().url_patterns  # noqa: B018 -- views, forms and admin are imported now
    for directory in settings.TEMPLATES[0]["DIRS"]:
        for path in directory.rglob("*.html"):
            get_template(str(path.relative_to(directory)))
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 50)


def on_exit(server: Arbiter) -> None:
    if _follower:
        _follower.stop()


_follower: Companion | None = None


def _stop_at_end_of_input() -> None:
    # Not through sys.stdin, whose lock this thread would hold when the process ends.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
