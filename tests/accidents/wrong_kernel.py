"""The notebook says that it is in R, from a wrong choice of the kernel."""


def happen(notebook):
    notebook.metadata = {
        "kernelspec": {"name": "ir", "display_name": "R", "language": "R"},
        "language_info": {"name": "R"},
    }
