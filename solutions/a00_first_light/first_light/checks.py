"""What the notebook a00_first_light/first_light requires."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check, predict, structure
from course_lib import data, slides, training
from course_lib.checking import Case

SLIDE = slides.cite("Lecture 7", "Example: LeNet-5")
PUBLIC_DIGITS = 100

# Kernel size, input and output channels or units of each layer with weights, as on the slide.
_CONVOLUTIONS = {"conv1": (5, 1, 20), "conv2": (5, 20, 50)}
_LINEAR = {"dense1": (2450, 500), "dense2": (500, 10)}


def _slide_parameters() -> dict[str, int]:
    counts = {name: (k * k * ins + 1) * outs for name, (k, ins, outs) in _CONVOLUTIONS.items()}
    counts |= {name: (ins + 1) * outs for name, (ins, outs) in _LINEAR.items()}
    return counts | {"total": sum(counts.values()), "pool1": 0}


@check(
    "lenet_parameters",
    slide=SLIDE,
    where_to_look="Count the weights of one filter or unit, add its bias, multiply by how many "
    "there are.",
)
def lenet_parameters() -> Iterator[Case]:
    counts = _slide_parameters()
    labels = {
        "conv1": "20 filters on one channel",
        "pool1": "a pooling layer",
        "conv2": "50 filters on 20 channels",
        "dense1": "the linear layer 2450 → 500",
        "dense2": "the linear layer 500 → 10",
        "total": "the whole network",
    }
    for name, label in labels.items():
        yield answer(expected={name: counts[name]}, label=f"{name}: {label}")


@check(
    "why_dense",
    slide=SLIDE,
    where_to_look="Compare how many weights one filter has with how many one unit has.",
)
def why_dense() -> Iterator[Case]:
    yield answer(expected="b", label="why the first linear layer is so large")


@check("lenet", slide=SLIDE)
def lenet(reference: SimpleNamespace) -> Iterator[Case]:
    yield structure(
        like=reference.build_lenet,
        parameters=_slide_parameters()["total"],
        activations=False,  # They show in `lenet_outputs`.
        label="the layers of the slide, in their order",
    )


@check(
    "lenet_outputs",
    slide=SLIDE,
    where_to_look="Is the check of the layers green? Then only what stands between the weights is "
    "left: the ReLU after both convolutions and after the first linear layer, and the softmax.",
)
def lenet_outputs(draw: Draw) -> Iterator[Case]:
    for count in (3, 2):
        images = draw.rng.uniform(0, 1, (count, 28, 28, 1)).astype(np.float32)
        frequency = draw.uniform(0.3, 0.6)
        yield call(
            images,
            frequency,
            expected=_lenet_with_waves(images, frequency),
            label=f"{count} images, weights of frequency {frequency:.2f}",
            rtol=1e-3,
            atol=1e-4,
        )


def _lenet_with_waves(images: np.ndarray, frequency: float) -> np.ndarray:
    """The slide's network in plain NumPy, with the notebook's wave-like weights."""

    def wave(*shape: int) -> np.ndarray:
        numbers = np.sin(frequency * np.arange(1, np.prod(shape) + 1)).reshape(shape)
        return numbers * (0.1 if len(shape) == 1 else 4 / np.sqrt(np.prod(shape[:-1])))

    x = images.astype(np.float64)
    for kernel, ins, outs in _CONVOLUTIONS.values():
        margin = kernel // 2
        padded = np.pad(x, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, (kernel, kernel), axis=(1, 2))
        weights = wave(kernel, kernel, ins, outs)
        x = np.einsum("nhwckl,klco->nhwo", windows, weights, optimize=True) + wave(outs)
        count, height, width, channels = x.shape
        blocks = np.maximum(x, 0).reshape(count, height // 2, 2, width // 2, 2, channels)
        x = blocks.max(axis=(2, 4))
    x = x.reshape(len(x), -1)
    x = np.maximum(x @ wave(*_LINEAR["dense1"]) + wave(_LINEAR["dense1"][1]), 0)
    scores = x @ wave(*_LINEAR["dense2"]) + wave(_LINEAR["dense2"][1])
    exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@check(
    "cross_entropy",
    slide=slides.cite("Convolutional Neural Network", "Loss function"),
    where_to_look="Pick each image's probability of its true class, take the natural logarithm, "
    "the mean, and the minus sign.",
    allows=("arrays", "activations", "softmax"),
)
def cross_entropy(draw: Draw) -> Iterator[Case]:
    for classes in (10, 7):
        yield call(
            np.full((5, classes), 1 / classes),
            draw.rng.integers(0, classes, 5),
            expected=np.log(classes),
            label=f"knows nothing: {classes} equal probabilities give log {classes}",
        )
    for count, classes in ((6, 4), (9, 3), (1, 5)):
        scores = draw.rng.normal(size=(count, classes)) * 2
        probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        labels = draw.rng.integers(0, classes, count)
        surprise = [-np.log(probabilities[row, label]) for row, label in enumerate(labels)]
        yield call(
            probabilities,
            labels,
            expected=sum(surprise) / count,
            label=f"{count} {'images' if count > 1 else 'image'}, {classes} classes",
        )


@check(
    "accuracy",
    where_to_look="`np.argmax(scores, axis=1)` gives the predicted class of each image; what "
    "fraction of them equals the label?",
    allows=("arrays", "activations", "softmax"),
)
def accuracy(draw: Draw) -> Iterator[Case]:
    for right, count, classes in ((5, 8, 4), (4, 12, 3), (7, 7, 10), (0, 5, 6)):
        scores = draw.rng.normal(size=(count, classes))
        best = scores.argmax(axis=1)
        labels = (best + draw.rng.integers(1, classes, count)) % classes
        chosen = draw.rng.permutation(count)[:right]
        labels[chosen] = best[chosen]
        yield call(
            scores,
            labels,
            expected=right / count,
            label=f"{right} of {count} right, {classes} classes",
        )


@check(
    "confusion_matrix",
    where_to_look="For every image, add one at row `labels[i]`, column `predictions[i]`.",
    allows=("arrays", "activations", "softmax"),
)
def confusion_matrix(draw: Draw) -> Iterator[Case]:
    for count, classes, unseen in ((40, 4, 0), (60, 10, 0), (25, 5, 2)):
        # The most frequent mistake goes one way only, so that rows and columns differ.
        labels = draw.rng.integers(0, classes - unseen, count)
        predictions = draw.rng.integers(0, classes - unseen, count)
        labels[:5], predictions[:5] = 0, 1
        labels[5], predictions[5] = 1, 0
        expected = [
            [int(np.sum((labels == row) & (predictions == column))) for column in range(classes)]
            for row in range(classes)
        ]
        note = ", the last two without an example" if unseen else ""
        yield call(
            labels,
            predictions,
            classes,
            expected=np.array(expected),
            label=f"{count} images, {classes} classes{note}",
        )


def trained(notebook: SimpleNamespace) -> Callable[..., Any]:
    """The training of the notebook's cells."""

    def train(images: np.ndarray, labels: np.ndarray, seed: int) -> Any:
        model = notebook.build_lenet()
        notebook.prepare(model)
        training.fit(
            model,
            (images, labels),
            data.load("mnist").validation,
            epochs=notebook.EPOCHS,
            batch_size=notebook.BATCH_SIZE,
            seed=seed,
        )
        return model

    return train


def public_digits_accuracy(draw: Draw, reference: SimpleNamespace) -> Iterator[Case]:
    """Few digits, and none of the test split: its labels stay with the grader."""
    chosen = draw.rng.permutation(len(data.load("mnist").validation))[:PUBLIC_DIGITS]
    label = f"{PUBLIC_DIGITS} validation digits"
    yield predict(
        "mnist",
        chosen,
        trained_by=trained,
        like=reference.build_lenet,
        label=label,
        public=True,
    )


@check("digits_accuracy", public=public_digits_accuracy)
def digits_accuracy(draw: Draw, reference: SimpleNamespace) -> Iterator[Case]:
    # In another order each time: the place of an image tells nothing about its label.
    order = draw.rng.permutation(len(data.load("mnist").test))
    label = f"{len(order):,} test digits"
    yield predict("mnist", order, trained_by=trained, like=reference.build_lenet, label=label)
