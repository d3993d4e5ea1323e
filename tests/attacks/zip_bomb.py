"""Hands in archives: one that unpacks to gigabytes, one whose members climb out of the folder.

Covers: A13, A14
Verdict: unreadable
"""

# %% attack: hand in
import zipfile
import zlib

with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    for number in range(20):
        archive.writestr(f"{number}", bytes(32 << 20))
    archive.writestr("../../../../planted", "x")
    archive.writestr("/etc/planted", "x")
    archive.writestr(f"../{notebook.name}", "{}")
notebook.write_bytes((folder / "bomb.zip").read_bytes())

# %% honest: hand in
import zipfile

with zipfile.ZipFile(folder / "backup.zip", "w") as archive:
    archive.write(notebook, notebook.name)
