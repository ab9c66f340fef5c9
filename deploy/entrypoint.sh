#!/bin/sh
# A container's command: serve, healthy, or any management command.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python}

case "${1:-serve}" in
serve)
    "$python" manage.py check
    exec "$python" -m gunicorn --config python:ombudsman.runtime.gunicorn
    ;;
healthy)
    exec "$python" -c '
import os, urllib.request
port = os.environ.get("PORT", "8000")
urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=8)'
    ;;
*)
    exec "$python" manage.py "$@"
    ;;
esac
