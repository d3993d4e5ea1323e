"""What the notebook a08_transfer/transfer requires.

Models do not travel: a student's function is called by a function of the notebook that builds a
small network, fills it with known numbers, and returns what came of it. What is expected comes from
arithmetic, from layers called one by one, or from the facts of the ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from autograder.checks import Draw, answer, call, check, fit, raises, structure, transplant
from autograder.checks.oracles import keras_gradients
from course_lib import slides
from course_lib.checking import Case

SLIDE = slides.cite("Lecture 9", "Transfer Learning with CNNs")

Reference = SimpleNamespace


def _filters(draw: Draw, low: int = 2, high: int = 9) -> list[int]:
    """Filters of the three convolutions, all different."""
    return draw.different(3, low, high)


@check(
    "head_share",
    slide=SLIDE,
    where_to_look="A convolution has 9 · inputs · filters weights and a bias for each filter; the "
    "first FC-4096 sees 7 × 7 × 512 values. Only the layer after the last FC-4096 is new.",
)
def head_share() -> Iterator[Case]:
    drawn = slides.fact("F0619")
    inputs, convolutions = 3, 0
    for filters in (64, 64, 128, 128, 256, 256, 512, 512, 512, 512):
        convolutions += (9 * inputs + 1) * filters
        inputs = filters
    hidden = (7 * 7 * 512 + 1) * 4096 + (4096 + 1) * 4096
    yield answer(
        expected={"weight_layers": int(drawn.computed())},
        label="how many layers have weights",
        share=0.5,
    )
    yield answer(expected={"frozen": convolutions + hidden}, label="how many numbers are frozen")
    yield answer(expected={"trained": (4096 + 1) * 10}, label="how many numbers are trained")


@check(
    "features_at",
    where_to_look="Make a model that ends at the layer, run it in inference mode, and look at the "
    "shape of what comes out.",
)
def features_at(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Maps in a row, averaged maps, and an output; the layers are called one after the other."""
    for layer, average, label in [
        ("conv1", False, "the maps of the first convolution, in a row"),
        ("bn2", True, "averaged maps after batch normalization"),
        ("pool3", False, "the maps of the last stage, in a row"),
        ("relu3", True, "averaged maps of the last stage"),
        ("head", True, "scores, which are no maps"),
    ]:
        filters, count = _filters(draw), draw.integer(2, 4)
        images = draw.normal(count, 8, 8, 1)
        network = reference.fill(reference.build_network(filters, 3, 8))
        x = keras.ops.convert_to_tensor(images)
        for one in network.layers[1:]:
            x = one(x, training=False)
            if one.name == layer:
                break
        expected = keras.ops.convert_to_numpy(x)
        if expected.ndim == 4:
            expected = (
                expected.mean(axis=(1, 2)) if average else np.stack([e.ravel() for e in expected])
            )
        yield call(filters, images, layer, average, expected=expected, label=label, rtol=1e-3)


def _trainable_after(until: str | None) -> str:
    """Names of the weights after a layer, in order."""
    found, reached = [], until is None
    kinds: dict[str, tuple[str, ...]]
    kinds = {"conv": ("kernel",), "bn": ("gamma", "beta"), "relu": (), "pool": ()}
    for number in (1, 2, 3):
        for kind, weights in kinds.items():
            if reached:
                found += [f"{kind}{number}/{weight}" for weight in weights]
            reached = reached or f"{kind}{number}" == until
    # No check freezes the head.
    return ", ".join([*found, "head/kernel", "head/bias"])


@check(
    "freeze",
    slide=SLIDE,
    where_to_look="Go through `model.layers` in order and set `trainable` of every one of them: "
    "False up to and including `until`, True after it.",
)
def freeze(draw: Draw) -> Iterator[Case]:
    """A layer with weights, one without, everything but the head; and once more after that."""
    middle = f"conv{draw.integer(2, 3)}"
    steps: list[tuple[list[str | None], str]] = [
        ([middle], "up to a convolution"),
        ([f"pool{draw.integer(1, 2)}"], "up to a layer without weights"),
        (["features"], "everything but the head"),
        (["features", "relu1"], "less than before: the others can be trained again"),
        (["pool3", None], "nothing is frozen any more"),
    ]
    for untils, label in steps:
        filters = _filters(draw)
        yield call(filters, *untils, expected=_trainable_after(untils[-1]), label=label)
    yield raises(_filters(draw), "conv7", label="a layer that does not exist", share=0.5)


def _counts(filters: list[int], classes: int, frozen: list[str]) -> tuple[int, int]:
    """Trained and other parameters of the network for images of 8 x 8 pixels, by arithmetic."""
    trained = {"head": (filters[-1] + 1) * classes}
    statistics = 0
    for number, (inputs, outputs) in enumerate(zip([1, *filters], filters, strict=False), 1):
        trained[f"conv{number}"] = 9 * inputs * outputs
        trained[f"bn{number}"] = 2 * outputs
        statistics += 2 * outputs
    still = sum(count for name, count in trained.items() if name not in frozen)
    return still, sum(trained.values()) + statistics - still


@check(
    "trainable_counts",
    slide=SLIDE,
    where_to_look="`model.trainable_weights` has the arrays that are trained, those of models "
    "inside the model included; everything else is not trained.",
)
def trainable_counts(draw: Draw) -> Iterator[Case]:
    """Nothing, something and everything but the head frozen; flat, and with a model inside."""
    base = ["conv1", "bn1", "conv2", "bn2", "conv3", "bn3"]
    for frozen, nested, label in [
        ([], False, "nothing is frozen"),
        (base[:3], False, "the first layers are frozen"),
        (base, False, "everything but the head is frozen"),
        (base[1::2], True, "a model inside, its batch normalization frozen"),
        (base[:4], True, "a model inside, its first layers frozen"),
    ]:
        filters, classes = _filters(draw), draw.integer(10, 19)
        yield call(
            filters,
            classes,
            frozen,
            nested,
            expected=_counts(filters, classes, frozen),
            names=("trained", "not trained"),
            label=label,
        )


@check(
    "reinitialise",
    slide=SLIDE,
    where_to_look="Each layer's own initializers draw kernels, and give zeros or ones where a "
    "layer begins so. Layers that are not named keep what they have.",
)
def reinitialise(draw: Draw) -> Iterator[Case]:
    """The head; a convolution; batch normalization; several, one of them without weights."""
    for names, label in [
        (["head"], "the head"),
        (["conv2"], "a convolution"),
        (["bn1"], "batch normalization: four arrays"),
        (["conv3", "pool3", "head"], "several layers, one of them without weights"),
        ([], "no layer"),
    ]:
        # Many numbers in each kernel, so that their spread is a fair test.
        filters = _filters(draw, 12, 18)
        expected: dict[str, str] = {}
        for number in (1, 2, 3):
            begins = {f"conv{number}/kernel": "random, as its initializer draws"}
            norm = {"gamma": "ones", "beta": "zeros"}
            norm |= {"moving_mean": "zeros", "moving_variance": "ones"}
            begins |= {f"bn{number}/{name}": words for name, words in norm.items()}
            expected |= begins
        expected |= {"head/kernel": "random, as its initializer draws", "head/bias": "zeros"}
        for weight in expected:
            if weight.split("/")[0] not in names:
                expected[weight] = "as before"
        yield call(filters, names, expected=expected, label=label)


@check(
    "new_head",
    slide=SLIDE,
    where_to_look="`self.inside(x, training=False)` in `call` of `InInference`, and one dense "
    "layer with biases after it.",
)
def new_head(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The structure, and what is computed in both modes: it must be the same."""
    filters, classes = _filters(draw, 3, 6), draw.integer(7, 11)
    like = reference.base_with_new_head
    yield structure(filters, classes, 8, like=like, label=f"the layers, for {classes} classes")
    images = draw.normal(3, 8, 8, 1)
    for training, label in [
        (False, "the scores, in inference mode"),
        (True, "the scores in training mode: batch normalization still uses its own statistics"),
    ]:
        yield transplant(
            filters,
            classes,
            8,
            like=like,
            rng=draw.rng,
            inputs=images,
            training=training,
            label=label,
        )


@check(
    "changed_weights",
    where_to_look="Two arrays are the same only if every number of one equals that of the other.",
)
def changed_weights(draw: Draw) -> Iterator[Case]:
    """One number, by little; all numbers, with the same sum; nothing; everything."""
    shapes = {
        "conv1/kernel": (3, 3, 2, 4),
        "bn1/gamma": (4,),
        "bn1/moving_mean": (4,),
        "head/kernel": (6, 5),
        "head/bias": (5,),
    }
    names = list(shapes)
    # Multiples of 1/64, so that a sum does not hang on the order of its terms.
    before = {
        name: (np.rint(64 * draw.rng.normal(size=shapes[name])) / 64).astype("float32")
        for name in draw.rng.permutation(names)
    }

    def with_change(**changes: np.ndarray) -> dict[str, np.ndarray]:
        return {**{name: values.copy() for name, values in before.items()}, **changes}

    before["conv1/kernel"][2, 1, 0, 3] = 0.5
    tiny = before["conv1/kernel"].copy()
    tiny[2, 1, 0, 3] = np.nextafter(np.float32(0.5), np.float32(1))
    moved = np.roll(before["head/bias"], 1)
    one = before["bn1/gamma"].copy()
    one[2] += 1
    half = before["head/kernel"].copy()
    half[:3] += 0.5
    for after, expected, label in [
        (with_change(), [], "nothing has changed"),
        (
            with_change(**{"conv1/kernel": tiny}),
            ["conv1/kernel"],
            "one number, by as little as can be",
        ),
        (with_change(**{"bn1/gamma": one}), ["bn1/gamma"], "one number, not the first, by 1"),
        (with_change(**{"head/kernel": half}), ["head/kernel"], "half of the numbers of one array"),
        (with_change(**{"head/bias": moved}), ["head/bias"], "the same numbers in another order"),
        (
            with_change(**{name: values + 1 for name, values in before.items()}),
            sorted(names),
            "everything has changed",
        ),
        (
            with_change(
                **{name: before[name] - 0.5 for name in ("head/kernel", "bn1/moving_mean")}
            ),
            ["bn1/moving_mean", "head/kernel"],
            "two arrays, all numbers smaller",
        ),
    ]:
        yield call(before, after, expected=expected, label=label)


@check(
    "fine_tune",
    slide=SLIDE,
    where_to_look="Set `trainable` of every layer of the base, then compile, with a tenth of the "
    "learning rate.",
)
def fine_tune(draw: Draw) -> Iterator[Case]:
    """No, one, two and all convolutions; the base was frozen as a whole before."""
    for last, label in [
        (1, "the last convolution"),
        (2, "the last two convolutions"),
        (3, "all convolutions"),
        (0, "only the head"),
    ]:
        filters = _filters(draw, 3, 6)
        rate = float(draw.rng.choice([0.01, 0.02, 0.03, 0.05]))
        kernels = [f"conv{number}/kernel" for number in range(4 - last, 4)]
        learning = ", ".join([*kernels, "head/bias", "head/kernel"])
        expected = {
            "learning rate": rate / 10,
            "trainable": learning,
            "changed by the next step": learning,
        }
        yield call(filters, last, rate, expected=expected, label=label)


@check(
    "few_per_class",
    where_to_look="Class by class: sort its rows by their random numbers and keep the first "
    "`count`. In the end sort the rows.",
)
def few_per_class(draw: Draw) -> Iterator[Case]:
    """Classes of different sizes, one of which is missing; all of them; too many."""
    for count, sizes, label in [
        (2, {0: 5, 1: 9, 2: 4}, "two of each of three classes"),
        (3, {0: 6, 2: 7, 5: 3}, "class numbers with gaps"),
        (1, {0: 4, 1: 4, 2: 4, 3: 4}, "one of each of four classes"),
    ]:
        labels = draw.rng.permutation(np.repeat(list(sizes), list(sizes.values())))
        uniform = draw.rng.random(len(labels))
        # A row is in if fewer than `count` of its class have a smaller number.
        before = (labels[:, np.newaxis] == labels) & (uniform[:, np.newaxis] > uniform)
        expected = np.flatnonzero(before.sum(axis=1) < count)
        yield call(labels, count, uniform, expected=expected, label=label)
    labels = np.array([0, 1, 0, 1, 0])
    yield raises(labels, 3, draw.rng.random(5), label="more than there are of one class", share=0.5)


@check(
    "linear_probe",
    slide=SLIDE,
    where_to_look="Take one step by hand: with zeros all classes have the same probability.",
)
def linear_probe(draw: Draw) -> Iterator[Case]:
    """One step, several steps, large scores, a class without examples; gradients by Keras."""
    for count, units, classes, steps, rate, scale, label in [
        (4, 3, 2, 1, 0.5, 1.0, "one step"),
        (7, 3, 4, 5, 0.3, 1.0, "five steps, four classes"),
        (6, 5, 3, 12, 0.2, 1.0, "twelve steps"),
        (5, 2, 3, 4, 2.0, 40.0, "large features: no infinity on the way"),
    ]:
        features = scale * draw.rng.normal(size=(count, units))
        # The last class has no example.
        labels = np.concatenate([np.arange(classes - 1), np.arange(count) % (classes - 1)])[:count]
        labels = draw.rng.permutation(labels)
        expected = _descended(features, labels, classes, steps, rate)
        yield call(
            features,
            labels,
            classes,
            steps,
            rate,
            expected=expected,
            names=("kernel", "bias"),
            label=label,
        )


def _descended(
    features: np.ndarray, labels: np.ndarray, classes: int, steps: int, rate: float
) -> tuple[np.ndarray, np.ndarray]:
    """Gradient descent on the mean cross-entropy, with the gradients of Keras."""

    def loss(kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
        scores = keras.ops.matmul(keras.ops.convert_to_tensor(features), kernel) + bias
        return keras.ops.mean(
            keras.ops.sparse_categorical_crossentropy(labels, scores, from_logits=True)
        )

    kernel, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    for _ in range(steps):
        d_kernel, d_bias = keras_gradients(loss, kernel, bias, upstream=np.array(1.0))
        kernel, bias = kernel - rate * d_kernel, bias - rate * d_bias
    return kernel, bias


def _with_the_base(names: SimpleNamespace) -> tuple[Callable[..., Any], ...]:
    """The base with a new head, or the base where something else makes scores of its features."""
    return names.build_network, names.build_base


def _public_gain(reference: Reference) -> Iterator[Case]:
    yield fit(
        "mnist",
        like=_with_the_base(reference),
        classes=(5, 6, 7, 8, 9),
        per_class=5,
        draws=5,
        label="validation images of the digits 5 to 9, learned from five of each",
        public=True,
    )


@check(
    "transfer_gain",
    slide=SLIDE,
    cpu_seconds=300,
    public=_public_gain,
    where_to_look="How accurate is the new head before fine-tuning? If it is right, look at the "
    "learning rate and at the statistics of batch normalization; if not, at the base's weights.",
)
def transfer_gain(draw: Draw, reference: Reference) -> Iterator[Case]:
    """What the features of the base are worth, against training from scratch.

    The sandbox has all training images, with the labels that the world knows. The grader gives
    every class another number, so a solution that trains on images of its own learns nothing.
    """
    digits = np.arange(5, 10)
    classes = draw.rng.permutation(digits)
    while np.any(classes == digits):
        classes = draw.rng.permutation(digits)
    yield fit(
        "mnist",
        like=_with_the_base(reference),
        classes=[int(digit) for digit in classes],
        per_class=5,
        draws=5,
        seed=draw.integer(1, 999_999),
        label="unseen images of the digits 5 to 9, learned from five of each",
    )


@check(
    "decide",
    slide=SLIDE,
    where_to_look="Rows of the table: how much data. Columns: how similar they are.",
)
def decide() -> Iterator[Case]:
    table = {(True, True): "a", (False, True): "b", (True, False): "c", (False, False): "d"}
    for (similar, little), letter in table.items():
        amount = "little" if little else "quite a lot of"
        kind = "similar" if similar else "different"
        yield call(similar, little, expected=letter, label=f"{amount} data that are very {kind}")
