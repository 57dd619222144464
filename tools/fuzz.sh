#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs every tests/fuzz/*.py for SECONDS under atheris, which is installed the first time.
# What a target learned is kept in .cache/fuzz; an input that breaks one is written there and named.
set -eu
cd "$(dirname "$0")/.."
seconds=$1
.venv/bin/python -c 'import atheris' 2>/dev/null || .venv/bin/python -m pip install -qq --constraint constraints.txt --group fuzz
for target in tests/fuzz/*.py; do
    [ -e "$target" ] || { echo "comity: there is nothing in tests/fuzz yet" >&2; exit 1; }
    name=$(basename "$target" .py)
    mkdir -p ".cache/fuzz/$name"
    echo "== $target, $seconds s"
    .venv/bin/python "$target" -verbosity=0 -print_final_stats=1 -max_len=65536 -max_total_time="$seconds" -artifact_prefix=".cache/fuzz/$name-" ".cache/fuzz/$name"
done
