"""The notebook was written in Colab: its drive is mounted in the cell with the imports."""

from accidents._cells import cell

REPAIRED = (
    "A cell stopped at `from google.colab import drive` with ModuleNotFoundError: No module named "
    "'google.colab'",
)


def happen(notebook):
    imports = cell(notebook, "code-1")
    imports.source = (
        "from google.colab import drive\n"
        'drive.mount("/content/drive")\n'
        'files = drive.list("/content/drive")\n'
        f"for file in files:\n    print(file)\n{imports.source}"
    )
