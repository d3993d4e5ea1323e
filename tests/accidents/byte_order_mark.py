"""Saved by an editor that puts a byte order mark first."""


def happen_to(file):
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
