#!/bin/sh
# Runs a management command of an installation without containers, with its settings and as its
# user: `archive createsuperuser`, or `archive NAME=value createsuperuser` with another value. For
# root; docs/deploy.md links it to /usr/local/bin/archive.
set -eu
set -a
. /etc/ombudsman-decisions.env
set +a
while case "${1-}" in [A-Z]*=*) ;; *) false ;; esac; do
    export "$1"
    shift
done
HOME=~archive
root=$(dirname "$(dirname "$(readlink -f "$0")")")
exec runuser -u archive -- "$root/.venv/bin/python" "$root/manage.py" "$@"
