"""The same costs on the JAX backend, in a process of its own: a backend is chosen at import."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import textwrap

import pytest

from course_lib import costs
from course_lib.blueprints import blueprint

SCRIPT = """
import json
import keras
from keras import layers, ops
from course_lib import costs
from course_lib.blueprints import blueprint

class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.conv = layers.Conv2D(4, 3, padding="same")
    def build(self, input_shape):
        self.gain = self.add_weight(shape=(4,), name="gain")
    def call(self, inputs):
        return ops.relu(self.conv(inputs) * self.gain + inputs)

def subclassed():
    return keras.Sequential([keras.Input((8, 8, 4)), Block(), Block()])

def compiled():
    model = keras.Sequential([keras.Input((8, 5)), layers.Bidirectional(layers.LSTM(3)),
                              layers.Normalization(mean=1.0, variance=2.0), layers.Dropout(0.5)])
    model.compile("adam", "mse")
    return model

def huge():
    return keras.Sequential([keras.Input((100_000,)), layers.Dense(100_000)])

def application(name):
    return lambda: getattr(keras.applications, name)(weights=None)

builders = {name: application(name) for name in ("VGG19", "ResNet50", "MobileNetV2")}
builders |= {"subclassed": subclassed, "compiled": compiled, "huge": huge}
result = {"backend": keras.backend.backend()}
for name, build in builders.items():
    table = costs.count(build)
    result[name] = [table.parameters, table.trainable_parameters, table.macs,
                    table.activation_bytes, list(table.unsupported),
                    [row.receptive_field for row in table.rows]]
result["classes"] = [layer.class_name for layer in blueprint(subclassed).layers]
print("RESULT" + json.dumps(result))
"""


def count_on(backend: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SCRIPT)],
        env={**os.environ, "KERAS_BACKEND": backend, "JAX_PLATFORMS": "cpu"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
    assert lines, done.stderr[-3000:]
    result = json.loads(lines[0].removeprefix("RESULT"))
    assert result.pop("backend") == backend
    return result


@pytest.mark.jax
def test_costs_are_the_same_on_jax_and_tensorflow():
    if importlib.util.find_spec("jax") is None:
        pytest.skip("JAX is not installed here; `pip install jax` to run this test")
    on_jax = count_on("jax")
    assert on_jax["VGG19"][:3] == [143_667_240, 143_667_240, 19_632_062_464]
    assert on_jax["huge"][0] == 10**10 + 10**5
    assert on_jax == count_on("tensorflow")


def test_a_blueprint_needs_no_backend_to_be_counted():
    import keras

    plan = blueprint(lambda: keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)]))
    assert costs.count(plan).macs == 12
