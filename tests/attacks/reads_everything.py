"""Walks every file that can be read, for solutions, gradebooks, keys, cases and other students.

Covers: A6
"""

# %% attack
import os
import re

WANTED = re.compile(r"gradebook\.db|\d+\.key|course\.toml|\w*_calibration\.json|.*\.ipynb")
for root, folders, files in os.walk("/"):
    if root.startswith(("/proc", "/sys")):
        folders.clear()
        continue
    packages = "site-packages" in root or "dist-packages" in root
    for name in files:
        if name.endswith(".cases") or (WANTED.fullmatch(name) and not packages):
            print("BREACH:", os.path.join(root, name))
    for name in folders:
        if name in ("solutions", "variants", "submitted", "autograded") and not packages:
            print("BREACH:", os.path.join(root, name))

# %% honest
import os

import numpy as np

print(sorted(os.listdir("."))[:3], os.path.exists(np.__file__))
