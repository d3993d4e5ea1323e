#!/usr/bin/env bash
# Runs once, as root, when Gradescope builds the image: installs Python and the grader.
set -euo pipefail

root=${AUTOGRADER_ROOT:-/autograder}
source=$root/source

find_python() {
  for python in python3.12 python3.11 python3.13 python3; do
    if "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2> /dev/null; then
      echo "$python"
      return
    fi
  done
  return 1
}

if ! python=$(find_python); then
  apt-get update
  apt-get install -y --no-install-recommends python3.12 python3.12-venv ||
    apt-get install -y --no-install-recommends python3.11 python3.11-venv
  python=$(find_python)
fi
"$python" -m venv "$root/venv"
"$root/venv/bin/pip" install --no-cache-dir "${source}[instructor]"
"$root/venv/bin/autograder" --version
