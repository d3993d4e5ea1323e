"""A solution warns and prints to stderr at every call."""

from accidents._cells import cell

NOISE = (
    "    import sys, warnings\n    warnings.warn('slow')\n    print('called', file=sys.stderr)\n"
)


def happen(notebook):
    solution = cell(notebook, "pad2d_solution")
    solution.source = solution.source.replace("    rows, columns", f"{NOISE}    rows, columns")
