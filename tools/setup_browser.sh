#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The browser that tests/browser drives: Debian's Chromium, installed with apt when root, else named in one line.
# Without it those tests are skipped and say so; under CI=true they fail.
set -eu
cd "$(dirname "$0")/.."
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing chromium (tests of the pages)"
    mkdir -p .cache
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } >.cache/apt.log 2>&1 ||
        tail -n 5 .cache/apt.log >&2
else
    echo "comity: tests of the pages need chromium: sudo apt-get install chromium" >&2
fi
