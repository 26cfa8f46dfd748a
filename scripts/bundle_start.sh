#!/bin/sh
# Starts the dashboard without a network: ./start.sh   (PORT=8600 ./start.sh for another port)
cd "$(dirname "$0")" || exit 1
for candidate in python@PYTHON@ python3 python; do
  if command -v "$candidate" >/dev/null 2>&1 &&
    [ "$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)" = "@PYTHON@" ]; then
    exec "$candidate" start.py "$@"
  fi
done
@NO_PYTHON@
exit 1
