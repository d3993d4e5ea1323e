"""Makes hundreds of thousands of files, folders and links.

Covers: A14
Verdict: out_of_space
"""

# %% attack
import os


def answer(name):
    def bomb(*args, **kwargs):
        for number in range(10**6):
            os.mkdir(f"folder-{number}")
            os.symlink("/", f"folder-{number}/link")
            open(f"folder-{number}/file", "w").close()

    return bomb


# %% honest
import tempfile

with tempfile.TemporaryDirectory() as folder:
    for number in range(50):
        with open(f"{folder}/{number}", "w") as file:
            file.write(str(number))
