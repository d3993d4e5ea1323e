"""A line above the imports works on the student's machine and not where notebooks are graded."""

from accidents._cells import cell

REPAIRED = (
    "A cell stopped at `os.chdir('/content/drive/MyDrive/cnn')` with FileNotFoundError: [Errno 2] "
    "No such file or directory: '/content/drive/MyDrive/cnn'. The lines below it were run all the "
    "same. (The cell that begins with `import os`.)",
)


def happen(notebook):
    imports = cell(notebook, "code-1")
    imports.source = f"import os\nos.chdir('/content/drive/MyDrive/cnn')\n{imports.source}"
