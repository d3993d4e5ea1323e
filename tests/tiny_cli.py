"""The command line with the tiny course's checks: `python tiny_cli.py CHECKS.py ARGUMENTS...`.

The checks of a real course are part of the package. Those of the tests are a file of their own,
which a test may edit as an instructor would.
"""

import runpy
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
checks = sys.argv.pop(1)
runpy.run_path(checks, run_name="tiny_checks")

from autograder.__main__ import main  # noqa: E402

main()
