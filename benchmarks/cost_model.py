"""What it takes to learn a network's costs: the cost model, `model.summary()`, the profiler.

Each measurement runs in a fresh process: imports first, then time and the growth of the peak of
resident memory. Ratios are to the cost model.

    python benchmarks/cost_model.py [MODEL ...]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable

MODELS = ("VGG19", "ResNet50", "NASNetLarge")


def cost_model(name: str) -> dict[str, int]:
    """Counts without weights."""
    import keras

    from course_lib import costs

    table = costs.count(lambda: getattr(keras.applications, name)(weights=None))
    return {"parameters": table.parameters, "macs": table.macs}


def summary(name: str) -> dict[str, int]:
    """An ordinary build and Keras' own table, which has parameters and no multiply-adds."""
    import keras

    model = getattr(keras.applications, name)(weights=None)
    model.summary(print_fn=lambda *_, **__: None)
    return {"parameters": model.count_params()}


def profiler(name: str) -> dict[str, int]:
    """An ordinary build, traced and given to TensorFlow's profiler."""
    import contextlib
    import io
    import os

    import keras
    import tensorflow as tf

    model = getattr(keras.applications, name)(weights=None)
    specification = tf.TensorSpec((1, *model.inputs[0].shape[1:]), model.inputs[0].dtype)
    graph = tf.function(lambda x: model(x)).get_concrete_function(specification).graph
    builder = tf.compat.v1.profiler.ProfileOptionBuilder
    options = builder(builder.float_operation()).with_file_output(os.devnull).build()
    with contextlib.redirect_stdout(io.StringIO()):
        profile = tf.compat.v1.profiler.profile(graph, cmd="op", options=options)
    return {"parameters": model.count_params(), "flops": profile.total_float_ops}


METHODS: dict[str, Callable[[str], dict[str, int]]] = {
    "cost model": cost_model,
    "model.summary()": summary,
    "TensorFlow profiler": profiler,
}


def measure(method: str, name: str) -> None:
    """Runs one measurement in this process and prints it as JSON."""
    import keras
    import tensorflow as tf  # noqa: F401  imports are not what is compared

    import course_lib.costs._count

    # Lazily imported parts of Keras and TensorFlow too.
    course_lib.costs.count(lambda: keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)]))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    result = METHODS[method](name)
    seconds = time.perf_counter() - start
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    unit = 1 if sys.platform == "darwin" else 1024
    print("RESULT" + json.dumps({"seconds": seconds, "bytes": grown_kib * unit, **result}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("models", nargs="*", default=MODELS, help="names in keras.applications")
    parser.add_argument("--measure", metavar="METHOD", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure, arguments.models[0])
        return
    heading = f"{'model':14} {'method':20} {'time':>9} {'memory':>10} {'time ×':>8} {'memory ×':>9}"
    print(heading + "  result", "-" * (len(heading) + 30), sep="\n")
    for name in arguments.models:
        first: dict[str, float] | None = None
        for method in METHODS:
            done = subprocess.run(
                [sys.executable, __file__, name, "--measure", method],
                capture_output=True,
                text=True,
                check=False,
            )
            lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT")]
            if not lines:
                raise SystemExit(f"{method} failed on {name}:\n{done.stderr[-2000:]}")
            result = json.loads(lines[0].removeprefix("RESULT"))
            seconds, size = result.pop("seconds"), result.pop("bytes")
            first = first or {"seconds": seconds, "bytes": max(size, 1)}
            shown = ", ".join(f"{value:,} {key}" for key, value in result.items())
            print(
                f"{name:14} {method:20} {seconds:7.3f} s {size / 1e6:7.1f} MB "
                f"{seconds / first['seconds']:8.1f} {size / first['bytes']:9.1f}  {shown}"
            )


if __name__ == "__main__":
    main()
