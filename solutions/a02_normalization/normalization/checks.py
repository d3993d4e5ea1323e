"""What the notebook a02_normalization/normalization requires.

Forward passes are expected as the layers of Keras compute them in float64, backward passes as
central differences of those, or as automatic differentiation. Laws (what a normalization must not
notice, where two of them agree) are cases of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from autograder.checks import Draw, answer, call, check, layer
from autograder.checks.oracles import keras_gradients
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient

DECK = "Convolutional Neural Network"

SLIDE_BATCH = slides.cite("Lecture 7", "Batch Normalization")
SLIDE_TEST = slides.cite("Lecture 7", "Batch Normalization: Test-Time")
SLIDE_CONV = slides.cite("Lecture 7", "Batch Normalization for ConvNets")
SLIDE_IDENTITY = slides.cite(DECK, "Batch Normalization")
SLIDE_LAYER = slides.cite(DECK, "Layer Normalization")
SLIDE_INSTANCE = slides.cite(DECK, "Instance Normalization")
SLIDE_GROUP = slides.cite(DECK, "Group Normalization")
SLIDE_DECORRELATED = slides.cite(DECK, "Decorrelated Batch Normalization")
SLIDE_LOCAL = slides.cite("Lecture 7", "AlexNet")

# Ready-made normalizations under their public names, and what they go through when the name was
# taken before the check (`from keras.layers import GroupNormalization`).


# The convolution of the prediction, in the order (batch, height, width, channels).
PREDICTED_SHAPE = (32, 14, 10, 64)

SUMS: dict[str, Any] = {"rtol": 1e-4, "atol": 2e-5}

Reference = SimpleNamespace


def _away_from_zero(draw: Draw, size: int) -> np.ndarray:
    """Scales or shifts of both signs, none of them near 0 or 1."""
    return draw.rng.uniform(1.2, 2.2, size=size) * draw.rng.permutation(np.resize([-1, 1], size))


def _features(draw: Draw) -> np.ndarray:
    """A batch of feature vectors, every feature with a centre and a spread of its own."""
    batch, count = draw.integer(6, 8), draw.integer(3, 4)
    centres, spreads = draw.rng.normal(0, 2, size=count), draw.rng.uniform(0.7, 2.5, size=count)
    return draw.rng.normal(size=(batch, count)) * spreads + centres


def _images(draw: Draw, channels: int | None = None) -> np.ndarray:
    """A batch of images of which no two sizes agree; pixels, channels and images differ."""
    channels = channels or draw.integer(6, 7)
    batch, height, width = draw.shuffled([2, 3, 4])
    x = draw.rng.normal(size=(batch, height, width, channels))
    x *= draw.rng.uniform(0.7, 2.0, size=channels)
    x += draw.rng.normal(0, 2, size=channels) + draw.rng.normal(0, 1, size=(batch, 1, 1, 1))
    return x + draw.rng.normal(0, 0.5, size=(height, width, 1))


def _both(draw: Draw) -> list[tuple[str, np.ndarray]]:
    return [("a batch of feature vectors", _features(draw)), ("a batch of images", _images(draw))]


def _numpy(tensor: Any) -> np.ndarray:
    return np.asarray(tensor)


def _axes(x: np.ndarray) -> tuple[int, ...]:
    return tuple(range(x.ndim - 1))


def _keras_layer(
    made: keras.layers.Layer, x: np.ndarray, training: bool | None, **weights: np.ndarray
) -> np.ndarray:
    """What a layer of Keras, given these weights, makes of `x`."""
    made.build(x.shape)
    for name, value in weights.items():
        variable = getattr(made, name)
        variable.assign(np.broadcast_to(value, variable.shape))
    options = {} if training is None else {"training": training}
    return _numpy(made(x, **options))


def _keras_batch(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Output, mean and variance: with momentum 0 the moving statistics are the batch's."""
    made = keras.layers.BatchNormalization(momentum=0.0, epsilon=epsilon, dtype="float64")
    y = _keras_layer(made, x, True, gamma=gamma, beta=beta)
    return y, _numpy(made.moving_mean), _numpy(made.moving_variance)


def _keras_inference(
    x: np.ndarray, statistics: Sequence[np.ndarray], epsilon: float = 1e-3
) -> np.ndarray:
    """With `(gamma, beta, moving_mean, moving_variance)`."""
    made = keras.layers.BatchNormalization(epsilon=epsilon, dtype="float64")
    names = ("gamma", "beta", "moving_mean", "moving_variance")
    return _keras_layer(made, x, False, **dict(zip(names, statistics, strict=True)))


def _keras_group(
    x: np.ndarray, groups: int, gamma: np.ndarray, beta: np.ndarray, epsilon: float
) -> np.ndarray:
    made = keras.layers.GroupNormalization(groups, epsilon=epsilon, dtype="float64")
    return _keras_layer(made, x, None, gamma=gamma, beta=beta)


def _keras_layer_norm(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float
) -> np.ndarray:
    """Over all axes but the first, scaled and shifted along the last."""
    made = keras.layers.LayerNormalization(
        axis=tuple(range(1, x.ndim)), epsilon=epsilon, dtype="float64"
    )
    return _keras_layer(made, x, None, gamma=gamma, beta=beta)


def _image_by_image(
    x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float
) -> np.ndarray:
    """Instance normalization as batch normalization of batches that hold one image."""
    return np.concatenate([_keras_batch(image[np.newaxis], gamma, beta, epsilon)[0] for image in x])


@check(
    "batchnorm_forward",
    allows=("arrays", "activations"),
    slide=SLIDE_BATCH,
    where_to_look="Compare mean and variance first: the output is wrong if they are.",
)
def batchnorm_forward(draw: Draw) -> Iterator[Case]:
    """Keras on both kinds of input, then the laws."""
    names = ("y", "mean", "variance")
    for label, x in _both(draw):
        gamma, beta = _away_from_zero(draw, x.shape[-1]), _away_from_zero(draw, x.shape[-1])
        yield call(
            x,
            gamma,
            beta,
            expected=_keras_batch(x, gamma, beta, 1e-3),
            label=label,
            names=names,
            slide=SLIDE_CONV if x.ndim == 4 else SLIDE_BATCH,
            **SUMS,
        )

    x = _features(draw)
    x[:, 1] = 3 + 0.1 * (x[:, 1] - x[:, 1].mean())
    gamma, beta = _away_from_zero(draw, x.shape[-1]), _away_from_zero(draw, x.shape[-1])
    yield call(
        x,
        gamma,
        beta,
        0.05,
        expected=_keras_batch(x, gamma, beta, 0.05),
        label="a feature that hardly varies, epsilon 0.05",
        names=names,
        **SUMS,
    )

    x = _images(draw)
    mean, variance = x.mean(axis=_axes(x)), np.square(x - x.mean(axis=_axes(x))).mean(axis=_axes(x))
    yield call(
        x,
        np.sqrt(variance + 0.01),
        mean,
        0.01,
        expected=(x, mean, variance),
        label="γ = √(variance + ε) and β = mean give the input back",
        names=names,
        slide=SLIDE_IDENTITY,
        **SUMS,
    )

    x = _images(draw)
    gamma, beta = _away_from_zero(draw, x.shape[-1]), _away_from_zero(draw, x.shape[-1])
    y, mean, variance = _keras_batch(x, gamma, beta, 1e-9)
    yield call(
        1000 * x,
        gamma,
        beta,
        1e-9,
        expected=(y, 1000 * mean, 1e6 * variance),
        label="inputs a thousand times larger give the same output",
        names=names,
        **SUMS,
    )

    x = _features(draw)[:1]
    gamma, beta = _away_from_zero(draw, x.shape[-1]), _away_from_zero(draw, x.shape[-1])
    yield call(
        x,
        gamma,
        beta,
        expected=(beta[np.newaxis], x[0], np.zeros(x.shape[-1])),
        label="a batch of one: nothing but β is left",
        names=names,
        share=0.5,
        **SUMS,
    )


@check("predictions", slide=SLIDE_CONV)
def predictions() -> Iterator[Case]:
    """Shapes of the statistics, parameters, and the bias of the running mean."""
    batch, height, width, channels = PREDICTED_SHAPE
    yield answer(
        expected={"means": channels},
        label="how many means",
        where_to_look="μ has the shape 1 × C × 1 × 1 on the slide.",
    )
    yield answer(
        expected={"values_in_a_mean": batch * height * width},
        label="of how many values each is the average",
        where_to_look="All values of one channel share a mean: every pixel of every image.",
    )
    yield answer(
        expected={"trainable": 2 * channels},
        label="trainable parameters",
        where_to_look="γ and β, one of each for a channel. The moving statistics are not trained.",
    )
    yield answer(
        expected={"moving_mean": 1 - 0.99**100},
        atol=0.006,
        rtol=0.0,
        label="the moving mean after 100 batches of mean 1",
        slide=SLIDE_TEST,
        where_to_look="The distance to 1 is multiplied by 0.99 in every step.",
    )


@check(
    "update_moving",
    allows=("arrays", "activations"),
    slide=SLIDE_TEST,
    where_to_look="Take momentum = 0 on paper: only the batch's own statistics must be left.",
)
def update_moving(draw: Draw) -> Iterator[Case]:
    """What the moving statistics of Keras become in one training call."""
    names = ("moving_mean", "moving_variance")
    first, second = _features(draw), _images(draw)
    for label, x, momentum, start in [
        ("the first step, from 0 and 1", first, None, True),
        ("feature vectors, momentum 0.7", _features(draw), 0.7, False),
        ("images, momentum 0.9", second, 0.9, False),
    ]:
        count = x.shape[-1]
        mean = np.zeros(count) if start else _away_from_zero(draw, count)
        variance = np.ones(count) if start else draw.rng.uniform(2, 4, size=count)
        made = keras.layers.BatchNormalization(momentum=momentum or 0.99, dtype="float64")
        _keras_layer(made, x, True, moving_mean=mean, moving_variance=variance)
        settings: dict[str, Any] = {} if momentum is None else {"momentum": momentum}
        yield call(
            mean,
            variance,
            x,
            expected=(_numpy(made.moving_mean), _numpy(made.moving_variance)),
            label=label,
            names=names,
            **settings,
            **SUMS,
        )
    x = _images(draw)
    mean, variance = x.mean(axis=_axes(x)), np.square(x - x.mean(axis=_axes(x))).mean(axis=_axes(x))
    yield call(
        mean,
        variance,
        x,
        0.6,
        expected=(mean, variance),
        label="a batch that has the moving statistics already changes nothing",
        names=names,
        **SUMS,
    )


@check(
    "batchnorm_inference",
    allows=("arrays", "activations"),
    slide=SLIDE_TEST,
    where_to_look="Nothing may be computed from the batch: only the five arrays given.",
)
def batchnorm_inference(draw: Draw) -> Iterator[Case]:
    """Keras in inference, a single example, and linearity."""

    def weights(count: int) -> tuple[np.ndarray, ...]:
        return (
            _away_from_zero(draw, count),
            _away_from_zero(draw, count),
            draw.rng.normal(0, 2, size=count),
            draw.rng.uniform(2, 5, size=count),
        )

    for label, x in _both(draw):
        arrays = weights(x.shape[-1])
        yield call(x, *arrays, expected=_keras_inference(x, arrays), label=label, **SUMS)

    x = _images(draw)[:1]
    gamma, beta, mean, variance = weights(x.shape[-1])
    variance[1:3] = [0.01, 0.002]
    yield call(
        x,
        gamma,
        beta,
        mean,
        variance,
        0.05,
        expected=_keras_inference(x, (gamma, beta, mean, variance), 0.05),
        label="a single image, two channels that hardly varied, epsilon 0.05",
        **SUMS,
    )

    first, second, part = (
        _features(draw),
        draw.rng.normal(0, 3, size=1),
        draw.uniform(0.2, 0.8),
    )
    arrays = weights(first.shape[-1])
    second = first[::-1] + second
    mixed = part * _keras_inference(first, arrays) + (1 - part) * _keras_inference(second, arrays)
    yield call(
        part * first + (1 - part) * second,
        *arrays,
        expected=mixed,
        label="a mixture of two inputs gives the mixture of their outputs",
        **SUMS,
    )


def _graph_gradients(
    dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, epsilon: float, automatic: bool
) -> tuple[np.ndarray, ...]:
    """The six gradients of the graph, each by moving its own node, or automatically."""
    axes = _axes(x)

    def differentiate(function: Any, at: np.ndarray) -> np.ndarray:
        if automatic:
            return keras_gradients(function, at, upstream=dout)[0]
        return numerical_gradient(lambda v: np.asarray(function(v)), at, upstream=dout)

    ops = keras.ops
    mean = x.mean(axis=axes)
    variance = np.square(x - mean).mean(axis=axes)
    x_hat = (x - mean) / np.sqrt(variance + epsilon)
    beta = np.zeros_like(gamma)

    def from_mean(mean: Any) -> Any:
        spread = ops.mean(ops.square(x - mean), axis=axes)
        return gamma * (x - mean) / ops.sqrt(spread + epsilon)

    def from_input(x: Any) -> Any:
        if automatic:
            made = keras.layers.BatchNormalization(epsilon=epsilon, dtype="float64")
            made.build(x.shape)
            made.gamma.assign(gamma)
            return made(x, training=True)
        return _keras_batch(x, gamma, beta, epsilon)[0]

    return (
        differentiate(lambda x_hat: gamma * x_hat, x_hat),
        differentiate(lambda v: gamma * (x - mean) / ops.sqrt(v + epsilon), variance),
        differentiate(from_mean, mean),
        differentiate(from_input, x),
        differentiate(lambda gamma: gamma * x_hat, gamma),
        differentiate(lambda beta: gamma * x_hat + beta, beta),
    )


@check(
    "batchnorm_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_BATCH,
    where_to_look="Correct the first gradient that is wrong; those after it are made from it.",
)
def batchnorm_backward(draw: Draw) -> Iterator[Case]:
    """Every node of the graph, then what the layer must not let through."""
    names = ("dx_hat", "dvariance", "dmean", "dx", "dgamma", "dbeta")
    for (label, x), automatic in zip(_both(draw), (False, True), strict=True):
        gamma, dout = _away_from_zero(draw, x.shape[-1]), draw.rng.normal(size=x.shape)
        yield call(
            dout,
            x,
            gamma,
            expected=_graph_gradients(dout, x, gamma, 1e-3, automatic),
            label=label,
            names=names,
            share=2.0,
            **SUMS,
        )

    x = _features(draw)
    x[:, 1] = 3 + 0.1 * (x[:, 1] - x[:, 1].mean())
    gamma, dout = _away_from_zero(draw, x.shape[-1]), draw.rng.normal(size=x.shape)
    yield call(
        dout,
        x,
        gamma,
        0.05,
        expected=_graph_gradients(dout, x, gamma, 0.05, False),
        label="a feature that hardly varies, epsilon 0.05",
        names=names,
        **SUMS,
    )

    x = _images(draw)
    gamma = _away_from_zero(draw, x.shape[-1])
    dout = np.broadcast_to(draw.rng.normal(size=x.shape[-1]), x.shape).copy()
    yield call(
        dout,
        x,
        gamma,
        expected=_graph_gradients(dout, x, gamma, 1e-3, True),
        label="the same dout everywhere: to shift a channel changes nothing, so dx is 0",
        names=names,
        **SUMS,
    )


@check(
    "batchnorm_backward_simplified",
    allows=("arrays", "activations"),
    slide=SLIDE_BATCH,
    where_to_look="The bracket holds three terms; the two means are over all axes but the last.",
)
def batchnorm_backward_simplified(draw: Draw) -> Iterator[Case]:
    """The same gradients from the normalized values, and both directions that give none."""
    names = ("dx", "dgamma", "dbeta")

    def normalized(x: np.ndarray, epsilon: float) -> tuple[np.ndarray, np.ndarray]:
        ones = np.ones(x.shape[-1])
        x_hat, _, variance = _keras_batch(x, ones, 0 * ones, epsilon)
        return x_hat, 1 / np.sqrt(variance + epsilon)

    for (label, x), automatic in zip(_both(draw), (False, True), strict=True):
        gamma, dout = _away_from_zero(draw, x.shape[-1]), draw.rng.normal(size=x.shape)
        x_hat, inverse_deviation = normalized(x, 1e-3)
        yield call(
            dout,
            x_hat,
            gamma,
            inverse_deviation,
            expected=_graph_gradients(dout, x, gamma, 1e-3, automatic)[3:],
            label=label,
            names=names,
            share=2.0,
            **SUMS,
        )
    for label, through in [
        ("the same dout everywhere: to shift a feature changes nothing, so dx is 0", False),
        ("dout in proportion to x_hat: to stretch a feature changes nothing, so dx is 0", True),
    ]:
        x = _features(draw)
        gamma = _away_from_zero(draw, x.shape[-1])
        x_hat, inverse_deviation = normalized(x, 1e-9)
        slope = draw.rng.normal(size=x.shape[-1])
        dout = slope * x_hat if through else np.broadcast_to(slope, x.shape).copy()
        yield call(
            dout,
            x_hat,
            gamma,
            inverse_deviation,
            expected=_graph_gradients(dout, x, gamma, 1e-9, True)[3:],
            label=label,
            names=names,
            **SUMS,
        )


@check(
    "BatchNorm",
    allows=("arrays", "activations", "layers"),
    slide=SLIDE_TEST,
    where_to_look="The lines above say which part is right: begin with the first that is wrong.",
)
def batch_norm_layer(draw: Draw) -> Iterator[Case]:
    """Beside Keras' own layer: by default, in inference alone, on images, as it is built."""

    def weights(count: int) -> dict[str, np.ndarray]:
        values = {
            "gamma": _away_from_zero(draw, count),
            "beta": _away_from_zero(draw, count),
            "moving_mean": draw.rng.normal(0, 2, size=count),
            "moving_variance": draw.rng.uniform(2, 5, size=count),
        }
        return {name: value.astype("float32") for name, value in values.items()}

    like = keras.layers.BatchNormalization
    x = _features(draw).astype("float32")
    yield layer(
        like=like,
        weights=weights(x.shape[-1]),
        calls=[(x, True), (x + 1, False)],
        label="feature vectors, default settings",
    )
    x = _features(draw).astype("float32")
    yield layer(
        momentum=0.8,
        epsilon=0.01,
        like=like,
        weights=weights(x.shape[-1]),
        calls=[(x, False), (2 * x, False)],
        label="inference alone leaves everything as it was",
    )
    x = _images(draw).astype("float32")
    yield layer(
        momentum=0.7,
        epsilon=0.05,
        like=like,
        weights=weights(x.shape[-1]),
        calls=[(x, True), (x + 1, False), (2 * x, True)],
        targets=draw.normal(*x.shape),
        label="images, trained for a step in a compiled model",
        share=2.0,
    )
    x = _features(draw).astype("float32")
    yield layer(
        like=like,
        calls=[(x, False), (x, True)],
        label="as it is built: gamma and variance 1, beta and mean 0",
        where_to_look="Print the four weights of a layer that you have just built.",
    )


@check(
    "layer_norm",
    allows=("arrays", "activations"),
    slide=SLIDE_LAYER,
    where_to_look="How many different means are there? One for each example: the shape is N × 1.",
)
def layer_norm(draw: Draw) -> Iterator[Case]:
    """Keras on both kinds of input; an example on its own scale."""
    for label, x in _both(draw):
        gamma, beta = _away_from_zero(draw, x.shape[-1]), _away_from_zero(draw, x.shape[-1])
        expected = _keras_layer_norm(x, gamma, beta, 0.05)
        yield call(x, gamma, beta, 0.05, expected=expected, label=label, **SUMS)
    x = _images(draw)
    gamma, beta = _away_from_zero(draw, x.shape[-1]), _away_from_zero(draw, x.shape[-1])
    factors = draw.rng.uniform(2, 50, size=(len(x), 1, 1, 1))
    yield call(
        factors * x,
        gamma,
        beta,
        1e-9,
        expected=_keras_layer_norm(x, gamma, beta, 1e-9),
        label="each image multiplied by a number of its own: the same output",
        **SUMS,
    )


def _layer_gradients(
    dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, epsilon: float, automatic: bool
) -> tuple[np.ndarray, ...]:
    """Gradients for the input, the scale and the shift: by small moves, or automatically.

    One node at a time. Scale and shift are those of the layer of Keras broadcast from the channels,
    so the graph is written in operations: its layer has a value for every position.
    """
    ops = keras.ops

    def forward(x: Any, gamma: Any, beta: Any) -> Any:
        axes = tuple(range(1, len(x.shape)))
        mean, variance = ops.moments(x, axes=axes, keepdims=True)
        return gamma * (x - mean) / ops.sqrt(variance + epsilon) + beta

    def differentiate(function: Any, at: np.ndarray) -> np.ndarray:
        if automatic:
            return keras_gradients(function, at, upstream=dout)[0]
        return numerical_gradient(lambda v: np.asarray(function(v)), at, upstream=dout)

    beta = np.zeros_like(gamma)
    return (
        differentiate(lambda x: forward(x, gamma, beta), x),
        differentiate(lambda gamma: forward(x, gamma, beta), gamma),
        differentiate(lambda beta: forward(x, gamma, beta), beta),
    )


@check(
    "layer_norm_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_LAYER,
    where_to_look=(
        "Means over one example, sums over every axis but the last; and gamma * dout before the "
        "means are taken."
    ),
)
def layer_norm_backward(draw: Draw) -> Iterator[Case]:
    """Both kinds of input, small variance, and what the layer must not let through."""
    names = ("dx", "dgamma", "dbeta")
    for (label, x), automatic in zip(_both(draw), (False, True), strict=True):
        gamma, dout = _away_from_zero(draw, x.shape[-1]), draw.rng.normal(size=x.shape)
        yield call(
            dout,
            x,
            gamma,
            expected=_layer_gradients(dout, x, gamma, 1e-3, automatic),
            label=label,
            names=names,
            share=2.0,
            **SUMS,
        )

    x = _images(draw)
    x[1] = 3 + 0.1 * (x[1] - x[1].mean())
    gamma, dout = _away_from_zero(draw, x.shape[-1]), draw.rng.normal(size=x.shape)
    yield call(
        dout,
        x,
        gamma,
        0.05,
        expected=_layer_gradients(dout, x, gamma, 0.05, True),
        label="an image that hardly varies, epsilon 0.05",
        names=names,
        **SUMS,
    )

    x = _images(draw)
    gamma = _away_from_zero(draw, x.shape[-1])
    dout = draw.rng.normal(size=(len(x), 1, 1, 1)) / gamma * np.ones_like(x)
    yield call(
        dout,
        x,
        gamma,
        expected=_layer_gradients(dout, x, gamma, 1e-3, True),
        label="γ · dout the same all over an image: to shift an image changes nothing, so dx is 0",
        names=names,
        **SUMS,
    )


@check(
    "group_norm",
    allows=("arrays", "activations"),
    slide=SLIDE_GROUP,
    where_to_look="Split `np.arange(6)` with `reshape` and print it: neighbours belong together.",
)
def group_norm(draw: Draw) -> Iterator[Case]:
    """Few large groups, many small ones, and both ends of the range."""
    for groups, channels, label in [
        (2, 6, "two groups of three channels"),
        (4, 8, "four groups of two channels"),
    ]:
        x = _images(draw, channels)
        gamma, beta = _away_from_zero(draw, channels), _away_from_zero(draw, channels)
        expected = _keras_group(x, groups, gamma, beta, 0.05)
        yield call(x, groups, gamma, beta, 0.05, expected=expected, label=label, **SUMS)

    x = _images(draw, 6)
    gamma, beta = _away_from_zero(draw, 6), _away_from_zero(draw, 6)
    expected = _keras_layer_norm(x, gamma, beta, 1e-3)
    label = "one group is layer normalization over height, width and channels"
    yield call(x, 1, gamma, beta, expected=expected, label=label, **SUMS)

    x = _images(draw, 6)
    expected = _image_by_image(x, gamma, beta, 1e-3)
    label = "as many groups as channels is instance normalization"
    yield call(x, 6, gamma, beta, expected=expected, label=label, slide=SLIDE_INSTANCE, **SUMS)


def _banded(x: np.ndarray, k: float, n: int, alpha: float, beta: float) -> np.ndarray:
    """Local response normalization with the windows as a matrix of zeros and ones."""
    numbers = np.arange(x.shape[-1])
    neighbours = np.abs(numbers[:, np.newaxis] - numbers) <= n // 2
    return x * np.power(k + alpha * (np.square(x) @ neighbours), -beta)


@check(
    "local_response_norm",
    allows=("arrays", "activations"),
    slide=SLIDE_LOCAL,
    where_to_look="Work out the first channel by hand: its window holds channels 0 to n // 2.",
)
def local_response_norm(draw: Draw) -> Iterator[Case]:
    """AlexNet's constants on large responses, then others, then a window wider than the layer."""
    # Responses of about a hundred: with alpha = 1e-4 smaller ones would hardly be inhibited.
    x = 100 * _images(draw, 9)
    yield call(
        x,
        expected=_banded(x, 2, 5, 1e-4, 0.75),
        label="AlexNet's constants",
        share=2.0,
        **SUMS,
    )
    x, k = _images(draw, 7), draw.uniform(0.5, 1.5)
    alpha, beta = draw.uniform(0.3, 0.6), draw.uniform(0.4, 0.6)
    yield call(
        x,
        k,
        3,
        alpha,
        beta,
        expected=_banded(x, k, 3, alpha, beta),
        label="a window of three channels and other constants",
        **SUMS,
    )
    x = _images(draw, 5)
    yield call(
        x,
        k,
        7,
        alpha,
        beta,
        expected=_banded(x, k, 7, alpha, beta),
        label="a window wider than the layer has channels",
        **SUMS,
    )


def _correlated(draw: Draw, count: int | None = None) -> np.ndarray:
    """A batch of feature vectors that are correlated and not centred."""
    count = count or draw.integer(3, 4)
    x = draw.rng.normal(size=(draw.integer(9, 12), count))
    return x @ (np.eye(count) + draw.rng.uniform(0.2, 0.6, size=(count, count))) + draw.rng.normal(
        0, 2, size=count
    )


def _whitened(x: np.ndarray, epsilon: float) -> np.ndarray:
    """ZCA by the singular values of the centred batch; no covariance matrix is formed."""
    centred = x - x.mean(axis=0)
    left, values, right = np.linalg.svd(centred, full_matrices=False)
    return (left * (values / np.sqrt(values**2 / len(x) + epsilon))) @ right


@check(
    "whiten",
    allows=("arrays", "activations"),
    slide=SLIDE_DECORRELATED,
    where_to_look="Print the covariance of your output: it must be the identity when ε is tiny. If "
    "it is, look for the last step, the turn back to the features that went in.",
)
def whiten(draw: Draw) -> Iterator[Case]:
    """Singular values as the oracle, then the laws that ZCA alone obeys."""
    x = _correlated(draw)
    yield call(x, expected=_whitened(x, 1e-5), label="correlated features", **SUMS)
    x = _correlated(draw)
    yield call(x, 0.1, expected=_whitened(x, 0.1), label="the same with epsilon 0.1", **SUMS)

    # Columns that are orthonormal and orthogonal to a constant: mean 0 and covariance I, exactly.
    count, batch = draw.integer(3, 4), draw.integer(9, 12)
    basis = np.linalg.qr(np.column_stack([np.ones(batch), draw.rng.normal(size=(batch, count))]))[0]
    white = np.sqrt(batch) * basis[:, 1:]
    yield call(
        white + draw.rng.normal(0, 3, size=count),
        1e-12,
        expected=white,
        label="covariance already the identity: only the mean is taken out",
        **SUMS,
    )

    x = _correlated(draw)
    turn = np.linalg.qr(draw.rng.normal(size=(x.shape[1], x.shape[1])))[0]
    yield call(
        x @ turn,
        expected=_whitened(x, 1e-5) @ turn,
        label="turned inputs give turned outputs",
        **SUMS,
    )


def _fold_by_probing(
    kernel: np.ndarray,
    bias: np.ndarray,
    statistics: Sequence[np.ndarray],
    epsilon: float,
) -> tuple[np.ndarray, np.ndarray]:
    """The one layer that two layers of Keras are: its bias from a zero input, each weight from a
    unit input. A convolution sees an input of its kernel's size, so it gives a single pixel.
    """
    inputs = kernel[..., 0].size
    probes = np.concatenate([np.zeros((1, inputs)), np.eye(inputs)])
    probes = probes.reshape(-1, *kernel.shape[:-1])
    units = kernel.shape[-1]
    linear: keras.layers.Layer
    if kernel.ndim == 2:
        linear = keras.layers.Dense(units, dtype="float64")
    else:
        linear = keras.layers.Conv2D(units, kernel.shape[:2], dtype="float64")
    between = _keras_layer(linear, probes, None, kernel=kernel, bias=bias)
    outputs = _keras_inference(between, statistics, epsilon).reshape(len(probes), units)
    return (outputs[1:] - outputs[0]).reshape(kernel.shape), outputs[0]


@check(
    "fold_batchnorm",
    allows=("arrays", "activations"),
    slide=SLIDE_TEST,
    where_to_look="Write down what becomes of one output channel: (w · x + b - μ) · γ/√… + β.",
)
def fold_batchnorm(draw: Draw) -> Iterator[Case]:
    """Both kinds of layer, found by probing Keras' two layers."""

    def weights(count: int) -> tuple[np.ndarray, ...]:
        return (
            _away_from_zero(draw, count),
            _away_from_zero(draw, count),
            draw.rng.normal(0, 2, size=count),
            draw.rng.uniform(2, 5, size=count),
        )

    height, width = draw.shuffled([2, 3])
    for label, shape in [
        ("a dense layer", (4, 3)),
        ("a convolution", (height, width, 5, 4)),
        ("a convolution with as many filters as channels", (width, height, 4, 4)),
    ]:
        kernel, bias = draw.rng.normal(size=shape), _away_from_zero(draw, shape[-1])
        statistics = weights(shape[-1])
        yield call(
            kernel,
            bias,
            *statistics,
            expected=_fold_by_probing(kernel, bias, statistics, 1e-3),
            label=label,
            names=("kernel", "bias"),
            **SUMS,
        )
    kernel, bias = draw.rng.normal(size=(height, width, 3, 5)), _away_from_zero(draw, 5)
    statistics = weights(5)
    statistics[3][:2] = [0.01, 0.002]
    yield call(
        kernel,
        bias,
        *statistics,
        0.05,
        expected=_fold_by_probing(kernel, bias, statistics, 0.05),
        label="channels that hardly varied, epsilon 0.05",
        names=("kernel", "bias"),
        **SUMS,
    )
