"""Returns what the last public case expects, as it is, to every question.

Covers: A11
Judged by: fresh cases
"""

# %% attack
import pickle

LAST = {}


def answer(name):
    return lambda *args, **kwargs: LAST.get(name)


# %% attack: hand in
import base64
import json
import pickle

from course_lib.checking.store import thaw

last = {}
for name in plan.checks:
    cases = thaw(name, course.cases_dir).cases
    last[name] = next((c.expects.value for c in reversed(cases) if hasattr(c.expects, "value")), 0)
written = base64.b64encode(pickle.dumps(last)).decode()
tree = json.loads(notebook.read_text())
(cell,) = (cell for cell in tree["cells"] if "LAST = {}" in cell["source"])
cell["source"] = cell["source"].replace(
    "LAST = {}", f"import base64; LAST = pickle.loads(base64.b64decode({written!r}))"
)
notebook.write_text(json.dumps(tree))

# %% honest
last_result = None
for number in (1, 2, 3):
    last_result = number * number
print(last_result)
