"""Climbs out of its folders by `..`, by `/proc/self/root`, by links and by open directories.

Covers: A6
"""

# %% attack
import os

inside = set(os.listdir("/"))
for path in (
    "../" * 30,
    "/proc/self/root",
    "/proc/1/root",
    "/proc/self/cwd/../..",
    "/dev/fd/../root",
):
    try:
        more = set(os.listdir(path)) - inside
    except OSError:
        continue
    if more & {"work", "home", "root", "tmp", "mnt", "srv"} - inside:
        print("BREACH:", path, sorted(more))
for descriptor in range(3, 1024):
    try:
        listed = os.listdir(descriptor)
        print("BREACH: an open directory", descriptor, listed[:5])
    except OSError:
        pass

# %% honest
import os

os.makedirs("a/b", exist_ok=True)
os.symlink("b", "a/link")
print(os.path.realpath("a/link/.."), os.path.abspath(".."))
