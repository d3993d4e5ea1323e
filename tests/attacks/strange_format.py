"""Hands in a notebook of a format version that there is not, with a kernel that runs a program.

Covers: A17
"""

# %% attack: hand in
import json

tree = json.loads(notebook.read_text())
tree |= {"nbformat": 99, "nbformat_minor": "x"}
tree["metadata"] = {
    "kernelspec": {"name": "../../bin/sh", "language": "bash", "display_name": "<script>"},
    "language_info": {"name": "bash", "version": []},
}
notebook.write_text(json.dumps(tree))

# %% honest: hand in
import json

# Another kernel's name, an older minor version, and metadata of some editor.
tree = json.loads(notebook.read_text())
tree["nbformat_minor"] = 2
for cell in tree["cells"]:
    cell.pop("id", None)
tree["metadata"] |= {
    "kernelspec": {"name": "cnn", "language": "python", "display_name": "CNN (3.12)"},
    "colab": {"provenance": []}, "accelerator": "GPU",
}  # fmt: skip
notebook.write_text(json.dumps(tree))
