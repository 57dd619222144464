#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes the place to work in, in this order; a step whose inputs have not changed is skipped:
#   1. .venv with the versions that constraints.txt pins   (.venv/set-up holds the hash of its inputs)
#   2. the pages' styles and scripts, the letters' fonts   (tools/setup_assets.py)
#   3. the compiled translations                           (tools/setup_messages.py)
# What the machine lacks is installed with apt when root, else named in one line.
set -eu
cd "$(dirname "$0")/.."

# Two set-ups in one checkout wait for each other.
mkdir -p .cache
exec 9>.cache/set-up.lock
flock 9

lacks() { # lacks PACKAGE WHY: install it, or say what to do
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing $1 ($2)"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1"; } >.cache/apt.log 2>&1 || {
            tail -n 5 .cache/apt.log >&2
            exit 1
        }
    else
        echo "comity: install $1 ($2): sudo apt-get install $1" >&2
        exit 1
    fi
}

# An environment knows its own place: one whose checkout was moved, or whose Python is gone, is made anew.
if ! grep -qsF "$(pwd -P)/.venv" .venv/bin/activate || ! .venv/bin/python -V >.cache/python 2>&1; then
    python=$(command -v python3.11 || command -v python3 || true)
    [ -n "$python" ] || { lacks python3 "Comity is written in it"; python=python3; }
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "comity: Python 3.11 or later is needed; $python is $("$python" -V)" >&2
        exit 1
    }
    "$python" -c 'import ensurepip' 2>/dev/null || lacks python3-venv "Python's virtual environments"
    rm -rf .venv
    "$python" -m venv .venv || { rm -rf .venv; exit 1; }
    .venv/bin/python -V >.cache/python
fi

want=$(cat .cache/python pyproject.toml constraints.txt tools/setup.sh | sha256sum)
if [ "$want" != "$(cat .venv/set-up 2>/dev/null)" ]; then
    echo "Setting up .venv (a few minutes the first time)"
    export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
    # pip first, at its pinned version: Debian's does not know dependency groups.
    .venv/bin/python -m pip install -qq --constraint constraints.txt pip
    .venv/bin/python -m pip install -qq --constraint constraints.txt --group build --group dev
    .venv/bin/python -m pip install -qq --constraint constraints.txt --no-build-isolation --editable '.[node,postgres]'
    echo "$want" >.venv/set-up
fi

.venv/bin/python -m tools.setup_assets
.venv/bin/python tools/setup_messages.py
