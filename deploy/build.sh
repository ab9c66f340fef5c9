#!/bin/sh
# What the image is built of; tests/test_deploy.py runs the same steps. PYTHON chooses another.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python}

case "$1" in
install)
    "$python" -m pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore \
        --require-hashes -r requirements.lock
    ;;
static)
    # Nothing secret is used here, and nothing connects: settings insist on values.
    SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgresql://build/build \
        "$python" manage.py collectstatic --no-input --verbosity 0
    ;;
*)
    echo "Usage: $0 install|static" >&2
    exit 2
    ;;
esac
