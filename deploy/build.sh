#!/bin/sh
# The steps that build the image; tests/runtime/test_deploy.py runs them too. PYTHON names another
# interpreter.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python}

case "$1" in
install)
    "$python" -m pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore \
        --require-hashes -r requirements.lock
    ;;
static)
    # The settings require these values, but collectstatic uses no secret and no database.
    SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgresql://build/build \
        "$python" manage.py collectstatic --no-input --verbosity 0
    ;;
sbom)
    # Lists the packages of the image in CycloneDX; scanners of images look for this name.
    "$python" deploy/sbom.py > sbom.cdx.json
    ;;
*)
    echo "Usage: $0 install|static|sbom" >&2
    exit 2
    ;;
esac
