#!/usr/bin/env bash
# Lay out one student's notebooks as `autograder grade --submissions` expects them.
#
# Usage: collect.sh RELEASE SUBMITTED TARGET
#   RELEASE    the assignment's released notebooks, course/assignments/<assignment>
#   SUBMITTED  the student's repository or upload
#   TARGET     <submissions>/<student>/<assignment>, made here
#
# Only ordinary files with a released notebook's name are taken, from SUBMITTED itself,
# SUBMITTED/<assignment> or SUBMITTED/assignments/<assignment>. A path that leads out of SUBMITTED
# through a link is left out and named: what it points to need not be the student's.
set -euo pipefail

if [ "$#" -ne 3 ] || [ ! -d "$1" ] || [ ! -d "$2" ]; then
  echo "usage: collect.sh RELEASE SUBMITTED TARGET (two folders that exist, and one to be made)" >&2
  exit 2
fi
release=$1 target=$3
submitted=$(realpath -- "$2")
assignment=$(basename -- "$(realpath -- "$release")")

mkdir -p -- "$target"
for notebook in "$release"/*.ipynb; do
  name=$(basename -- "$notebook")
  for folder in "$submitted" "$submitted/$assignment" "$submitted/assignments/$assignment"; do
    path=$folder/$name
    [ -e "$path" ] || [ -L "$path" ] || continue
    # A file that is where it says it is: no link on the way, and not a folder or a pipe.
    if [ "$(realpath -m -- "$path")" = "$path" ] && [ -f "$path" ]; then
      cp -- "$path" "$target/$name"
      break
    fi
    echo "$name: not an ordinary file of the submission, left out" >&2
  done
  [ -e "$target/$name" ] || echo "$name: not submitted" >&2
done
