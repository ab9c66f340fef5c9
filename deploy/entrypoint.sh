#!/bin/sh
# What a container of the image does: one of these words, or any management command.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python}

case "${1:-serve}" in
serve)
    exec "$python" -m gunicorn --config python:ombudsman.gunicorn
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
