"""Cells with outputs, counts and attachments that no schema allows."""


def happen(notebook):
    for cell in notebook.cells:
        cell["outputs"] = [{"output_type": "unknown"}, 3]
        cell["execution_count"] = "many"
        cell["attachments"] = []
        cell["prompt_number"] = 1
