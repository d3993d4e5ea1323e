"""`python -m course_lib.slides`: the ledger on the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course_lib.slides import LedgerError, erratum, fact, verify
from course_lib.slides._report import errata_text, erratum_text, fact_text, summary_text


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line and returns its exit code.

    0: done, and every fact agrees with its status; 1: some fact contradicts it; 2: wrong usage.
    """
    parser = argparse.ArgumentParser(
        prog="python -m course_lib.slides",
        description="Recomputes every number that the decks print, and says which ones hold.",
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--errata", action="store_true", help="list the decks' mistakes")
    choice.add_argument("--fact", metavar="ID", help="show one fact (F0119) or mistake (E01)")
    choice.add_argument(
        "--html", metavar="FILE", type=Path, help="write the ledger as one HTML page"
    )
    options = parser.parse_args(arguments)
    try:
        if options.errata:
            print(errata_text())
        elif options.fact:
            name = options.fact.upper()
            print(erratum_text(erratum(name)) if name[:1] == "E" else fact_text(fact(name)))
        elif options.html:
            from course_lib.slides._page import page

            try:
                options.html.write_text(page(), encoding="utf-8")
            except OSError as error:
                print(f"slides: cannot write {options.html}: {error.strerror}", file=sys.stderr)
                return 2
            print(f"Wrote {options.html}")
        else:
            problems = verify()
            print(summary_text(problems))
            return 1 if problems else 0
    except LedgerError as error:
        print(f"slides: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
