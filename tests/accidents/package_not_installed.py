"""The imports include packages that are not installed, on one line with others."""

from accidents._cells import cell

REPAIRED = (
    "The package `torch` is not installed where notebooks are graded",
    "The package `seaborn` is not installed where notebooks are graded",
)


def happen(notebook):
    imports = cell(notebook, "code-1")
    imports.source = (
        "import os, torch, sys\nimport seaborn as sns\nsns.set_theme()\n"
        f"{imports.source}\nprint(os.sep, sys.platform)"
    )
