"""Saved by an editor that writes UTF-16."""

REPAIRED = ("The file was saved as UTF-16",)


def happen_to(file):
    file.write_text(file.read_text(), encoding="utf-16")
