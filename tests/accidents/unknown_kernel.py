"""The kernel is one that exists only on the student's laptop."""


def happen(notebook):
    notebook.metadata.kernelspec = {"name": "conda-env-cnn-py", "display_name": "cnn"}
