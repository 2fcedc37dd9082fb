#!/bin/sh
# Run `make test` in a small Debian 13 as an ordinary user: another Python, another make, no root.
# `make test-debian` calls this. DEBIAN=folder says where it lies, TESTS=… which tests to run.
set -eu
cd "$(dirname "$0")/.."
system=${DEBIAN:-$PWD/build/debian}
user=learner
. .ci/debian_root.sh
shut_in "$PWD/.ci/debian.sh" "$@"

[ -e "$system" ] || make_system ""
furnish
course=/home/$user/course
rm -rf "$system$course"
git clone --quiet --no-local . "$system$course"
chown -R 1000:1000 "$system/home/$user"

# The tests themselves get none of the settings.
network | (
    set --
    while read -r setting; do set -- "$@" "$setting"; done
    as_user "$@" make -C $course .venv/.installed </dev/null
)
as_user make -C $course test TESTS="${TESTS:-tests}"
