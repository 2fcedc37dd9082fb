#!/bin/sh
# Create or update .venv from pyproject.toml and constraints.txt. `make` calls this when needed.
# Uses uv where it is installed, else venv and pip. PYTHON=… names an interpreter of your choice,
# EXTRAS=… which of the optional packages (all).
set -eu
cd "$(dirname "$0")/.."

extras="rclone,grading,dev"
extras=${EXTRAS:-$extras}
recent='import sys; sys.exit(sys.version_info < (3, 11))'
complete='import ensurepip, venv'
version_of='import sys; print("%d.%d" % sys.version_info[:2])'

say() { printf '%s\n' "$*" >&2; }
have_uv() { command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; }
runs() { "$1" -c "$2" >/dev/null 2>&1; }

# Shims of version managers exist without working, so each candidate is run. One that lacks venv
# counts only where uv can do without.
find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3.13 python3.12 python3.11 python3 python; do
        runs "$candidate" "$recent" || continue
        if have_uv || runs "$candidate" "$complete"; then
            echo "$candidate"
            return
        fi
    done
    ! have_uv || uv python find --quiet '>=3.11' 2>/dev/null || true
}

# One line for somebody whose Python cannot do it; nothing for the others.
obstacle() {
    [ -z "$(find_python)" ] || return 0
    found=none
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        version=$("$candidate" -c "$version_of" 2>/dev/null) || continue
        if runs "$candidate" "$recent"; then
            echo "Python $version comes without venv: install it (Debian, Ubuntu:" \
                "apt install python$version-venv), then run make again."
            return
        fi
        [ "$found" != none ] || found=$version
    done
    echo "The course needs Python 3.11 or newer (found: $found): install it (Debian, Ubuntu:" \
        "apt install python3 python3-venv; others: https://www.python.org/downloads), then run" \
        "make again."
}

# uv does not read pip's settings: hand on where pip would look.
pip_setting() {
    "$python" -m pip config list 2>/dev/null |
        sed -n "s/^\(global\|install\|:env:\)\.$1='\(.*\)'$/\2/p" | tail -n 1 | sed 's/\\n/ /g'
}
as_pip() {
    : "${UV_DEFAULT_INDEX:=$(pip_setting index-url)}"
    : "${UV_INDEX:=$(pip_setting extra-index-url)}"
    : "${UV_FIND_LINKS:=$(pip_setting find-links)}"
    : "${SSL_CERT_FILE:=$(pip_setting cert)}"
    : "${UV_INDEX_STRATEGY:=unsafe-best-match}"
    for name in UV_DEFAULT_INDEX UV_INDEX UV_FIND_LINKS SSL_CERT_FILE UV_INDEX_STRATEGY; do
        eval "[ -z \"\$$name\" ] && unset $name || export $name"
    done
}

with_uv() (
    as_pip
    runs .venv/bin/python "$recent" ||
        uv venv --quiet --clear --python "$python" .venv || return
    uv pip install --quiet --python .venv/bin/python -c constraints.txt -e ".[$extras]"
)

with_pip() {
    runs .venv/bin/python "$recent" && runs .venv/bin/python 'import pip' ||
        "$python" -m venv --clear .venv
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
        .venv/bin/python -m pip install -q -q -c constraints.txt -e ".[$extras]"
}

if [ "${1:-}" = obstacle ]; then
    obstacle
    exit
fi
python=$(find_python)
say "Setting up .venv with $("$python" --version):" \
    "$(grep -c == constraints.txt) packages, some minutes the first time."
if ! have_uv; then
    with_pip
elif ! with_uv; then
    say "uv could not do it: trying pip."
    with_pip
fi
pwd -P >.venv/.installed
