"""Answers from a table of the public cases, which ship with the notebook, and knows nothing else.

Covers: A11
Judged by: fresh cases
"""

# %% attack
import pickle

import numpy as np

from pathlib import Path

TABLE = {}  # Filled in before it is handed in: by check, pairs of arguments and expected values.


def same(a, b):
    if isinstance(a, (tuple, list)) and isinstance(b, (tuple, list)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[key], b[key]) for key in a)
    try:
        return bool(np.array_equal(a, b))
    except Exception:
        return False


def answer(name):
    rows = TABLE.get(name, [])

    def look_up(*args, **kwargs):
        for known_args, known_kwargs, value in rows:
            if same(args, known_args) and same(kwargs, known_kwargs):
                return value
        return rows[-1][2] if rows else None

    return look_up


# %% attack: hand in
import base64
import json
import pickle

from course_lib.checking.store import thaw

table = {}
for name in plan.checks:
    public = thaw(name, course.cases_dir)
    table[name] = [
        (getattr(c.probe, "args", ()), getattr(c.probe, "kwargs", {}), c.expects.value)
        for c in public.cases
        if hasattr(c.expects, "value")
    ]
written = base64.b64encode(pickle.dumps(table)).decode()
tree = json.loads(notebook.read_text())
(cell,) = (cell for cell in tree["cells"] if "TABLE = {}" in cell["source"])
cell["source"] = cell["source"].replace(
    "TABLE = {}",
    f"import base64; TABLE = pickle.loads(base64.b64decode({written!r}))",
)
notebook.write_text(json.dumps(tree))

# %% honest
import pickle

import numpy as np

# A table of one's own results is nothing bad.
TABLE = pickle.loads(pickle.dumps({"pi": np.pi}))
print(TABLE)
