"""Unpacks an archive of a few kilobytes into memory without end.

Covers: A13, A14
Verdict: out_of_memory
Holds: 2200 MB
"""

# %% attack
import io
import zipfile
import zlib

bomb = zlib.compress(bytes(64 << 20), 1)
held = []


def answer(name):
    def unpack(*args, **kwargs):
        while True:
            held.append(bytearray(zlib.decompress(bomb)))

    return unpack


# %% honest
import io
import zipfile

stream = io.BytesIO()
with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr("zeros", bytes(1 << 20))
print(len(stream.getvalue()), len(zipfile.ZipFile(stream).read("zeros")))
