#!/bin/sh
# Set the course up as the SSP Cloud does, in a small Debian 13, and work in it with a browser.
# `make test-datalab` calls this. DATALAB=folder says where it lies; pictures go to build/pictures.
#
# It plays the platform's image: Python with uv and JupyterLab in /opt/python, the user onyxia, who
# may use sudo. What it publishes is the last commit of this folder.
set -eu
cd "$(dirname "$0")/.."
system=${DATALAB:-$PWD/build/datalab}
user=onyxia
. .ci/debian_root.sh
shut_in "$PWD/.ci/datalab.sh" "$@"

[ -e "$system" ] || make_system ,curl,sudo,python3-dev
furnish
install_image() { # what the image has installed beside the course
    network | (
        set --
        while read -r setting; do set -- "$@" "$setting"; done
        as_user "$@" sh -c 'python3 -m venv /opt/python && /opt/python/bin/pip install -q \
            -c /srv/constraints.txt uv jupyterlab ipykernel numpy pandas pyarrow requests' </dev/null
    )
}
cp constraints.txt "$system/srv/"
mkdir -p "$system/opt/python"
chown -R 1000:1000 "$system/opt/python" "$system/home/$user"
[ -x "$system/opt/python/bin/uv" ] || install_image
echo "$user ALL=(ALL) NOPASSWD: ALL" >"$system/etc/sudoers.d/$user"
network >"$system/srv/network"
exec .venv/bin/python -m tests.lab.datalab "$system"
