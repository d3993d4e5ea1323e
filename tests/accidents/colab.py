"""The notebook was written in Colab: its drive is mounted in the cell with the imports."""

from accidents._cells import cell

REPAIRED = ("The package `google` is not installed where notebooks are graded",)


def happen(notebook):
    imports = cell(notebook, "code-1")
    imports.source = (
        "from google.colab import drive\n"
        'drive.mount("/content/drive")\n'
        'files = drive.list("/content/drive")\n'
        f"for file in files:\n    print(file)\n{imports.source}"
    )
