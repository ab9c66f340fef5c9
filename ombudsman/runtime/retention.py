"""Deletes what the privacy notice says is deleted, while the web server runs.

A thread of each worker does it, so that no timer has to be installed. Deleting twice does no harm.
"""

import logging
import threading

from django.db import connection

log = logging.getLogger(__name__)

# Seconds between two deletions. The about page says what this means for counts: two hours at most.
INTERVAL = 3600.0


def start() -> None:
    """Delete what has expired, now and from then on, on a thread that ends with the process."""
    threading.Thread(target=keep_deleting, name="retention", daemon=True).start()


def keep_deleting(stopped: threading.Event | None = None) -> None:
    """Delete what has expired, at once and then every INTERVAL, until `stopped`."""
    # Not imported above: gunicorn imports this module before Django has loaded its apps.
    from decisions.models import delete_expired_alerts, delete_expired_reports
    from ombudsman.sign_in.lock_out import delete_failed_sign_ins

    stopped = stopped or threading.Event()
    while True:
        try:
            delete_failed_sign_ins()
            delete_expired_reports()
            delete_expired_alerts()
        except Exception:
            log.exception("Expired reports and alerts could not be deleted; trying again later")
        finally:
            connection.close()
        if stopped.wait(INTERVAL):
            return
