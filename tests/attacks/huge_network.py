"""Describes a network of ten thousand layers, layer upon layer, for the judge to compare and draw.

Covers: A14
"""

# %% attack
from course_lib.checking import keras_probes

SHAPE = [None, 8, 8, 3]


def layer(number, parallel):
    name = f"x{number}"
    before = "x0" if parallel else f"x{number - 1}"
    made = number == 0
    return {
        "name": name,
        "class_name": "InputLayer" if made else "ReLU",
        "kind": "layer",
        "config": {"name": name},
        "weights": [],
        "calls": [
            {
                "inbound": [] if made else [[before, 0, 0]],
                "input_shapes": [] if made else [SHAPE],
                "output_shapes": [SHAPE],
                "output_dtypes": ["float32"],
                "arguments": {"args": [], "kwargs": {}},
            }
        ],
    }


def described(self, subject):
    count, parallel = 10_000, bool(self.kwargs)
    return {
        "version": 1,
        "name": "huge",
        "inputs": [["x0", 0, 0]],
        "outputs": [[f"x{count - 1}", 0, 0]],
        "layers": [layer(number, parallel) for number in range(count)],
    }


keras_probes.BuildBlueprint.exercise = described

# %% honest
network = [{"name": f"x{number}", "layers": 3} for number in range(100)]
print(len(network))
