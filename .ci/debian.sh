#!/bin/sh
# Run `make test` in a small Debian 13 as an ordinary user: another Python, another make, no root.
# `make test-debian` calls this. DEBIAN=folder says where it lies, TESTS=… which tests to run.
set -eu
cd "$(dirname "$0")/.."

system=${DEBIAN:-$PWD/build/debian}
user=learner
home=/home/$user

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
    echo "make test-debian needs root and debootstrap (apt install debootstrap)." >&2
    exit 1
fi
# What is mounted from here on, nobody else sees, and it goes with the last process in here.
[ "${1:-}" = inside ] || exec unshare --mount --propagation private sh "$PWD/.ci/debian.sh" inside

make_system() {
    rm -rf "$system.part"
    mkdir -p "$system.part"
    # debootstrap stumbles over spaces in a path: in here, the folder has another one as well.
    mount --bind "$system.part" /mnt
    debootstrap --variant=minbase --include=python3-venv,make,git,ca-certificates trixie /mnt
    umount /mnt
    chroot "$system.part" useradd --create-home --uid 1000 --shell /bin/sh $user
    mv "$system.part" "$system"
}

# How packages are reached: settings of pip, certificates, proxies.
network() {
    env | grep -E -e '^PIP_(INDEX_URL|EXTRA_INDEX_URL|NO_INDEX|FIND_LINKS|TRUSTED_HOST|PROXY)=' \
        -e '^(PIP_CERT|PIP_(DEFAULT_)?TIMEOUT|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE)=' \
        -e '^((https?|no|all)_proxy|(HTTPS?|NO|ALL)_PROXY)=' || true
}

pip_of_user() {
    for file in "${PIP_CONFIG_FILE:-}" "${XDG_CONFIG_HOME:-$HOME/.config}/pip/pip.conf" \
        "$HOME/.pip/pip.conf"; do
        [ ! -f "$file" ] || { cat "$file"; return; }
    done
}

# The files and folders that those settings name, one in a line. An index in a folder
# (file:///somewhere/simple) refers to files beside it.
named_paths() {
    { network; cat /etc/pip.conf 2>/dev/null; pip_of_user; } |
        sed -E 's/[[:space:]=]+/\n/g; s,file://(/[^[:space:]]+)/[^/[:space:]]+,\1,g' | grep '^/' | sort -u || true
}

# The same path inside, to be read only.
show() {
    [ -e "$1" ] || return 0
    if [ -d "$1" ]; then mkdir -p "$system$1"; else
        mkdir -p "$system$(dirname "$1")"
        [ -e "$system$1" ] || : >"$system$1"
    fi
    mount --bind -o ro "$1" "$system$1"
}

as_user() {
    chroot --userspec=1000:1000 --groups= "$system" env -i --chdir=$home/course \
        HOME=$home USER=$user PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 "$@"
}

[ -e "$system" ] || make_system
mount -t proc proc "$system/proc"
mount --rbind /dev "$system/dev"
show /etc/resolv.conf
named_paths | while read -r path; do show "$path"; done
cat /etc/pip.conf >"$system/etc/pip.conf" 2>/dev/null || true
mkdir -p "$system$home/.config/pip"
pip_of_user >"$system$home/.config/pip/pip.conf"
rm -rf "$system$home/course"
git clone --quiet --no-local . "$system$home/course"
chown -R 1000:1000 "$system$home"

# The tests themselves get none of the settings.
network | (
    set --
    while read -r setting; do set -- "$@" "$setting"; done
    as_user "$@" make .venv/.installed </dev/null
)
as_user make test TESTS="${TESTS:-tests}"
