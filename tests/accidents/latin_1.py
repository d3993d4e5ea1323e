"""Saved in the old Western European encoding, with an umlaut in a comment."""

REPAIRED = ("The file is not UTF-8 text, so it was read as Western European",)


def happen_to(file):
    text = file.read_text().replace("rounded up", "aufgerundet für jede Breite")
    file.write_bytes(text.encode("latin-1", errors="replace"))
