"""`python -m course_lib.data`: which data sets are here, and fetch the others."""

from __future__ import annotations

import argparse
import sys

from course_lib.data._errors import DataUnavailableError
from course_lib.data._load import fetch, is_offline
from course_lib.data._sets import SETS

_EXAMPLES = """\
examples:
  python -m course_lib.data list
  python -m course_lib.data fetch cifar10
      brings CIFAR-10 into your own cache; data.load("cifar10") then needs no network.
  python -m course_lib.data fetch cifar10 flowers --to /srv/course-data
      makes a shared copy. Everybody who sets COURSE_DATA_DIR=/srv/course-data uses it,
      and it can be carried to a machine without a network.

A download that breaks off goes on where it stopped when the command is given again, if the
server allows it. Every file is checked against its SHA-256.
"""


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 if all is well, 1 if a data set could not be had."""
    parser = argparse.ArgumentParser(
        prog="python -m course_lib.data",
        description="The course's data sets: see which are on this machine, fetch the others.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="list | fetch")
    commands.add_parser("list", help="what there is, where it comes from, what it would cost")
    fetching = commands.add_parser("fetch", help="download what is not here yet")
    fetching.add_argument("names", nargs="+", choices=tuple(SETS), metavar="NAME")
    fetching.add_argument(
        "--to", metavar="FOLDER", help="where to put the files; by default your own cache"
    )
    chosen = parser.parse_args(arguments)
    if chosen.command == "list":
        _list()
        return 0
    return _fetch(chosen.names, chosen.to)


def _list() -> None:
    for name, known in SETS.items():
        height, width, _ = known.shape
        here = "here" if is_offline(name) else f"download of {known.download_bytes / 1e6:.0f} MB"
        counts = " / ".join(f"{count:,}" for count in known.images)
        classes = f"{len(known.class_names)} classes"
        print(f"{name:<14} {height}×{width}  {classes:<12} {counts:<24} {here}")
        print(f"{'':<14} {known.source}")


def _fetch(names: list[str], folder: str | None) -> int:
    for name in names:
        try:
            place = fetch(name, folder)
        except DataUnavailableError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"{name}: {place or 'comes with the course, nothing to fetch'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
