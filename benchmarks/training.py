"""What the course's training costs above plain Keras: time of an epoch, and to a given accuracy.

The slide's LeNet and ResNet-20 are trained on the same digits, from the same seed, by
`course_lib.training.fit` and by `model.fit`, in turns and in one run. The first epoch compiles and
is left out. A ratio of 1 is the limit: both do the same steps.

    python benchmarks/training.py [--epochs 4] [--rounds 3]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from autograder.source.course import find_course
from autograder.source.notebook import read_source
from autograder.source.reference import Reference
from course_lib import data, training

WANTED = 0.9  # validation accuracy


class Epochs(keras.callbacks.Callback):
    """Seconds of every epoch with its validation, and the accuracy after it."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self.accuracy: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.started = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.seconds.append(time.perf_counter() - self.started)
        self.accuracy.append((logs or {})["val_accuracy"])


def networks() -> dict[str, Callable[[], keras.Model]]:
    course = find_course(Path(__file__).parent)

    def builder(notebook: str, name: str) -> Any:
        source = read_source(course.source(*notebook.split("/")))
        return getattr(Reference(source, notebook).namespace, name)

    lenet = builder("a05_classics/lenet", "build_lenet")
    resnet = builder("a06_deeper/resnet", "cifar_resnet")
    return {"LeNet": lenet, "ResNet-20": lambda: resnet(3, input_shape=(28, 28, 1))}


def compiled(build: Callable[[], keras.Model]) -> keras.Model:
    training.set_seed(0)
    model = build()
    scores = model.layers[-1].activation is not keras.activations.softmax
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=scores)
    model.compile("adam", loss, metrics=["accuracy"])
    return model


def plain(model: keras.Model, epochs: int) -> tuple[list[float], list[float]]:
    mnist, seen = data.load("mnist"), Epochs()
    training.set_seed(0)
    model.fit(
        mnist.train.images,
        mnist.train.labels,
        validation_data=(mnist.validation.images, mnist.validation.labels),
        epochs=epochs,
        batch_size=64,
        verbose=0,
        callbacks=[seen],
    )
    return seen.seconds, seen.accuracy


def ours(model: keras.Model, epochs: int) -> tuple[list[float], list[float]]:
    mnist = data.load("mnist")
    with contextlib.redirect_stdout(io.StringIO()):
        history = training.fit(model, mnist.train, mnist.validation, epochs=epochs, batch_size=64)
    return list(history.seconds), list(history.validation_accuracy)


def until(seconds: list[float], accuracy: list[float]) -> str:
    """Seconds until the wanted accuracy, without the first epoch's compilation."""
    for number, reached in enumerate(accuracy):
        if reached >= WANTED:
            return f"{statistics.median(seconds[1:]) * (number + 1):.1f}"
    return "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(
        f"{'network':12}{'trained by':16}{'s an epoch':>12}{f's to {WANTED:.0%}':>12}{'ratio':>8}"
    )
    for title, build in networks().items():
        found: dict[str, list[float]] = {"model.fit": [], "training.fit": []}
        reached = {}
        for _ in range(options.rounds):
            for name, train in (("model.fit", plain), ("training.fit", ours)):
                seconds, accuracy = train(compiled(build), options.epochs)
                found[name] += seconds[1:]
                reached[name] = until(seconds, accuracy)
        base = statistics.median(found["model.fit"])
        for name, seconds in found.items():
            middle = statistics.median(seconds)
            print(f"{title:12}{name:16}{middle:12.2f}{reached[name]:>12}{middle / base:8.2f}")


if __name__ == "__main__":
    main()
