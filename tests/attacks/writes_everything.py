"""Tries to write in every folder and to every file that it can see.

Covers: A5
Verdict: error
"""

# %% attack
import os

roots = ["/", "/usr", "/etc", "/dev", "/proc", "/proc/self", "/sys", "/course", "/course-data"]
roots += [path for path in __import__("sys").path if os.path.isdir(path)]
for folder in roots:
    if os.path.realpath(folder).startswith(("/scratch", "/dev/shm")):
        continue
    for name in ("planted", "results.json", "gradebook.db", "sitecustomize.py"):
        try:
            os.close(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT))
            print("BREACH:", os.path.join(folder, name))
        except OSError:
            pass
import course_lib
import numpy

for file in (course_lib.__file__, numpy.__file__, os.__file__):
    for attempt in (
        lambda: open(file, "a").close(),
        lambda: os.chmod(file, 0o777),
        lambda: os.rename(file, file + "x"),
        lambda: os.unlink(file),
        lambda: os.utime(file),
    ):
        try:
            attempt()
            print("BREACH:", file)
        except OSError:
            pass

# %% honest
with open("/tmp/notes.txt", "w") as file:
    file.write("as one does")
with open("/scratch/notes.txt") as file:
    print(file.read())
