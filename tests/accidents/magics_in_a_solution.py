"""A solution cell is timed, reloads modules, and asks for help."""

from accidents._cells import cell


def happen(notebook):
    for name, magic in {
        "pad2d": "%%time", "conv1d_full": "%load_ext autoreload\n%autoreload 2\nnp.pad?",
    }.items():  # fmt: skip
        solution = cell(notebook, f"{name}_solution")
        solution.source = f"{magic}\n{solution.source}"
