# A small Debian 13 and how to work in it, for debian.sh and datalab.sh: sourced, not run.
# They say before: $system, the folder in which it lies, and $user, whose numbers are 1000:1000.

# Begin again where nobody else sees what is mounted, which goes with the last process in there.
shut_in() { # the script and its arguments
    if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
        name=${1##*/}
        echo "make test-${name%.sh} needs root and debootstrap (apt install debootstrap)." >&2
        exit 1
    fi
    [ "${2:-}" = inside ] || exec unshare --mount --propagation private sh "$1" inside
}

make_system() { # with which other packages, by commas
    rm -rf "$system.part"
    mkdir -p "$system.part"
    # debootstrap stumbles over spaces in a path: in here, the folder has another one as well.
    mount --bind "$system.part" /mnt
    debootstrap --variant=minbase --include="python3-venv,make,git,ca-certificates$1" trixie /mnt
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

# Devices, and packages as they are reached out here.
furnish() {
    mount -t proc proc "$system/proc"
    mount --rbind /dev "$system/dev"
    show /etc/resolv.conf
    named_paths | while read -r path; do show "$path"; done
    cat /etc/pip.conf >"$system/etc/pip.conf" 2>/dev/null || true
    mkdir -p "$system/home/$user/.config/pip"
    pip_of_user >"$system/home/$user/.config/pip/pip.conf"
}

as_user() { # with only these variables, and the given ones
    chroot --userspec=1000:1000 --groups= "$system" env -i --chdir="/home/$user" \
        HOME=/home/$user USER=$user PATH=/usr/local/bin:/usr/bin:/bin LANG=C.UTF-8 "$@"
}
