#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes constraints.txt: every version of an environment made anew from pyproject.toml, the fuzzer's too.
# Names and versions only: no addresses, no hashes. Read the difference before it is committed.
set -eu
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$(command -v python3.11 || command -v python3)" -m venv "$place"
"$place/bin/python" -m pip install -qq --upgrade pip
"$place/bin/python" -m pip install -qq --group build --group dev --group fuzz
"$place/bin/python" -m pip install -qq --no-build-isolation --editable '.[node,postgres]'
{
    echo "# SPDX-License-Identifier: Apache-2.0"
    echo "# The versions that make, the tests and the pages were tried with. Made by make lock from pyproject.toml."
    "$place/bin/python" -m pip list --format=freeze --exclude-editable --exclude setuptools
} >constraints.txt
