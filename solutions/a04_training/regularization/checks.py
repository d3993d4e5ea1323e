"""What the notebook a04_training/regularization requires.

No function of the notebook draws a random number: the cases hand the numbers over, so every answer
is exact. Expected values come from Keras, SciPy, central differences, or a rule written another way
than in the solution.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import scipy.ndimage

from autograder.checks import Draw, call, check
from autograder.checks.oracles import keras_gradients
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient

DECK = "Convolutional Neural Network"


SLIDE_PENALTY = slides.cite(DECK, "Regularization: Add term to loss")
SLIDE_DROPOUT = slides.cite(DECK, "Regularization: Dropout")
SLIDE_TEST_TIME = slides.cite(DECK, "Dropout: Test time")
SLIDE_FLIPS = slides.cite(DECK, "Data Augmentation: Horizontal Flips")
SLIDE_CROPS = slides.cite(DECK, "Data Augmentation: Random crops and scales")
SLIDE_COLOUR = slides.cite(DECK, "Data Augmentation: Color Jitter")
SLIDE_CREATIVE = slides.cite(DECK, "Data Augmentation: Get creative for your problem!")
SLIDE_ENSEMBLE = slides.cite("Lecture 9", "Case Study: AlexNet")

# Central differences in float64 of functions that are linear or quadratic.
MEASURED: dict[str, Any] = {"rtol": 1e-5, "atol": 1e-7}

Reference = SimpleNamespace


def _away_from_zero(draw: Draw, *shape: int) -> np.ndarray:
    """Numbers of both signs with an absolute value of at least 0.2."""
    return draw.away_from_zero(*shape, low=0.2, high=2.0)


def _strengths(draw: Draw) -> tuple[float, float]:
    return draw.uniform(0.2, 0.6), draw.uniform(0.7, 1.2)


def _images(draw: Draw, *shape: int) -> np.ndarray:
    return draw.rng.uniform(0.0, 1.0, shape)


def _keras_penalty(layers: list[tuple[np.ndarray, np.ndarray]], l1: float, l2: float) -> float:
    penalty = keras.regularizers.L1L2(l1=l1, l2=l2)
    return sum(float(penalty(keras.ops.convert_to_tensor(kernel))) for kernel, _ in layers)


@check(
    "elastic_net",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_PENALTY,
    where_to_look="Work the penalty of a kernel of two weights out by hand.",
)
def elastic_net(draw: Draw) -> Iterator[Case]:
    """Each term alone, then both, then several layers."""
    l1, l2 = _strengths(draw)
    one = [(_away_from_zero(draw, 3, 4), _away_from_zero(draw, 4))]
    several = [
        (_away_from_zero(draw, 2, 3, 1, 4), _away_from_zero(draw, 4)),
        (_away_from_zero(draw, 4, 5), _away_from_zero(draw, 5)),
        (_away_from_zero(draw, 5, 2), _away_from_zero(draw, 2)),
    ]
    for layers, strength, label in [
        (one, (0.0, l2), "L2 alone, one layer"),
        (one, (l1, 0.0), "L1 alone, one layer"),
        (one, (l1, l2), "elastic net, one layer"),
        (several, (l1, l2), "elastic net, three layers"),
    ]:
        yield call(layers, *strength, expected=_keras_penalty(layers, *strength), label=label)


@check(
    "elastic_net_gradient",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_PENALTY,
    where_to_look="Compare with `numerical_gradient`, as the cell below does.",
)
def elastic_net_gradient(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Measured by central differences; at the corner of the absolute value, what Keras says."""
    l1, l2 = _strengths(draw)
    names = ("d_kernel", "d_bias")
    for strength, shape, label in [
        ((0.0, l2), (3, 4), "L2 alone"),
        ((l1, 0.0), (5, 2), "L1 alone"),
        ((l1, l2), (2, 3, 1, 4), "elastic net of a convolution"),
    ]:
        kernel, bias = _away_from_zero(draw, *shape), _away_from_zero(draw, shape[-1])

        def of_kernel(k: np.ndarray, b: np.ndarray = bias, s: Any = strength) -> float:
            return reference.elastic_net([(k, b)], *s)

        def of_bias(b: np.ndarray, k: np.ndarray = kernel, s: Any = strength) -> float:
            return reference.elastic_net([(k, b)], *s)

        expected = (numerical_gradient(of_kernel, kernel), numerical_gradient(of_bias, bias))
        yield call(kernel, bias, *strength, expected=expected, label=label, names=names, **MEASURED)

    kernel, bias = _away_from_zero(draw, 4, 3), _away_from_zero(draw, 3)
    kernel[draw.rng.permutation(4)[:2], draw.rng.permutation(3)[:2]] = 0.0
    penalty = keras.regularizers.L1L2(l1=l1, l2=l2)
    (d_kernel,) = keras_gradients(penalty, kernel)
    yield call(
        kernel,
        bias,
        l1,
        l2,
        expected=(d_kernel, np.zeros(3)),
        label="weights that are exactly 0",
        names=names,
        where_to_look="The slope of |w| at 0 counts as 0: see `np.sign`.",
    )


def _mean_over_masks(weights: np.ndarray, inputs: np.ndarray, rate: float) -> float:
    total = 0.0
    for kept in itertools.product((0, 1), repeat=len(weights)):
        probability = np.prod(np.where(kept, 1 - rate, rate))
        total += probability * float(np.dot(weights * kept, inputs))
    return total


@check(
    "expected_activation",
    slide=SLIDE_TEST_TIME,
    where_to_look="Write down the four masks of two inputs, each with its probability.",
)
def expected_activation(draw: Draw) -> Iterator[Case]:
    """The neuron of the slide, then rates at which dropping and keeping differ."""
    for units, rate, label in [
        (2, 0.5, "the neuron of the slide, rate 1/2"),
        (2, round(draw.uniform(0.1, 0.3), 2), "two inputs, dropped rarely"),
        (5, round(draw.uniform(0.7, 0.9), 2), "five inputs, dropped mostly"),
        (3, 0.0, "nothing is dropped"),
    ]:
        weights, inputs = draw.rng.uniform(0.5, 2, units), draw.rng.uniform(0.5, 2, units)
        yield call(
            weights,
            inputs,
            rate,
            expected=_mean_over_masks(weights, inputs, rate),
            label=label,
        )


def _inverted(x: np.ndarray, rate: float, uniform: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mask = np.full(x.shape, 1 / (1 - rate))
    mask[uniform < rate] = 0.0
    return x * mask, mask


@check(
    "dropout_forward",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_DROPOUT,
    where_to_look="Print the mask for a row of five numbers: is it 0 where uniform < rate?",
)
def dropout_forward(draw: Draw) -> Iterator[Case]:
    """Half of the values, few and many of them, the law of the mean, and the test."""
    names = ("y", "mask")
    for shape, rate, label in [
        ((3, 8), 0.5, "rate 0.5"),
        ((2, 3, 4, 5), 0.2, "rate 0.2, a batch of feature maps"),
        ((4, 7), 0.75, "rate 0.75"),
    ]:
        x, uniform = _away_from_zero(draw, *shape), draw.rng.random(shape)
        uniform.flat[0] = rate  # Not smaller than the rate, so it is kept.
        expected = _inverted(x, rate, uniform)
        yield call(x, rate, uniform, expected=expected, label=label, names=names)

    # Ten evenly spread numbers for each column: their mean is that of the whole distribution.
    spread = (np.arange(10) + 0.5) / 10
    uniform = np.stack([draw.rng.permutation(spread) for _ in range(3)], axis=1)
    x = np.tile(_away_from_zero(draw, 3), (10, 1))
    expected = _inverted(x, 0.3, uniform)
    if not np.allclose(expected[0].mean(axis=0), x[0]):
        raise AssertionError("inverted dropout must keep the mean")
    yield call(
        x,
        0.3,
        uniform,
        expected=expected,
        label="evenly spread random numbers: the mean of each column of y is x",
        names=names,
    )

    x, uniform = _away_from_zero(draw, 5, 3), draw.rng.random((5, 3))
    yield call(
        x,
        0.4,
        uniform,
        training=False,
        expected=(x, np.ones((5, 3))),
        label="test time",
        names=names,
        slide=SLIDE_TEST_TIME,
        where_to_look="Inverted dropout leaves x as it is when training is False.",
    )


@check(
    "dropout_backward",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_DROPOUT,
    where_to_look="y = x * mask, and the mask is a constant: what is dy/dx?",
)
def dropout_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Measured on the forward pass by central differences, with random upstream gradients."""
    for shape, rate, label in [
        ((3, 4), 0.5, "rate 0.5"),
        ((2, 3, 1, 5), 0.2, "rate 0.2, a batch of feature maps"),
        ((5, 3), 0.75, "rate 0.75"),
    ]:
        x, uniform = _away_from_zero(draw, *shape), draw.rng.random(shape)
        # At least one value of each kind, whatever the random numbers are.
        uniform.flat[0], uniform.flat[1] = 0.01, 0.99
        dy = _away_from_zero(draw, *shape)

        def forward(x: np.ndarray, rate: float = rate, uniform: Any = uniform) -> np.ndarray:
            return reference.dropout_forward(x, rate, uniform)[0]

        _, mask = _inverted(x, rate, uniform)
        yield call(
            dy, mask, expected=numerical_gradient(forward, x, upstream=dy), label=label, **MEASURED
        )


def _windows(images: np.ndarray, size: int) -> np.ndarray:
    """All crops of a batch, `(batch, tops, lefts, size, size, channels)`."""
    windows = np.lib.stride_tricks.sliding_window_view(images, (size, size), axis=(1, 2))
    return np.moveaxis(windows, 3, -1)


def _flipped_crops(images: np.ndarray, size: int, uniform: np.ndarray) -> np.ndarray:
    windows = _windows(images, size)
    places = np.floor(uniform[:, :2] * windows.shape[1:3]).astype(int)
    crops = [of_image[top, left] for of_image, (top, left) in zip(windows, places, strict=True)]
    flipped = [
        np.flip(crop, axis=1) if u < 0.5 else crop
        for crop, u in zip(crops, uniform[:, 2], strict=True)
    ]
    return np.array(flipped)


@check(
    "flip_and_crop",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_CROPS,
    where_to_look="Try a single image of 4 × 5 pixels whose values are 0 to 19.",
)
def flip_and_crop(draw: Draw) -> Iterator[Case]:
    """Crops alone, the last place, flips alone, every place once, then all of it."""
    images = _images(draw, 4, 9, 12, 2)
    uniform = draw.rng.random((4, 3))
    uniform[:, :2] = [[0.1, 0.9], [0.95, 0.3], [0.5, 0.1], [0.3, 0.6]]
    uniform[:, 2] = draw.rng.uniform(0.6, 0.9, 4)
    yield call(
        images, 5, uniform, expected=_flipped_crops(images, 5, uniform), label="crops, no flip"
    )

    last = np.full((2, 3), 0.999)
    images = _images(draw, 2, 6, 8, 3)
    yield call(
        images,
        4,
        last,
        expected=_flipped_crops(images, 4, last),
        label="numbers just below 1: the last place",
        where_to_look="The last crop ends with the last row and the last column of the image.",
    )

    images = _images(draw, 3, 6, 7, 4)
    uniform = np.zeros((3, 3))
    uniform[:, 2] = draw.rng.permutation([0.2, 0.5, 0.8])
    yield call(
        images,
        5,
        uniform,
        expected=_flipped_crops(images, 5, uniform),
        label="flips, crops at the top left",
        slide=SLIDE_FLIPS,
    )

    # 3 x 4 places and evenly spread numbers: each place must come once.
    grid = np.stack(np.meshgrid((np.arange(3) + 0.5) / 3, (np.arange(4) + 0.5) / 4), axis=-1)
    uniform = np.concatenate(
        [draw.rng.permutation(grid.reshape(-1, 2)), np.full((12, 1), 0.7)], axis=1
    )
    images = np.tile(_images(draw, 1, 5, 6, 1), (12, 1, 1, 1))
    yield call(
        images,
        3,
        uniform,
        expected=_flipped_crops(images, 3, uniform),
        label="evenly spread numbers: each of the 12 places comes once",
    )

    images, uniform = _images(draw, 5, 10, 8, 2), draw.rng.random((5, 3))
    uniform[:2, 2] = [0.3, 0.7]
    yield call(
        images, 6, uniform, expected=_flipped_crops(images, 6, uniform), label="all together"
    )


def _resnet_patch(
    height: int, width: int, uniform: list[float], low: int, high: int, size: int
) -> tuple[int, int, int, int]:
    short = list(range(low, high + 1))[int(np.floor(uniform[0] * (high - low + 1)))]
    sides = []
    for side in (height, width):
        # The nearest whole number to side * short / min(height, width), in whole numbers.
        sides.append((2 * side * short + min(height, width)) // (2 * min(height, width)))
    places = [
        int(np.floor(u * (side - size + 1))) for u, side in zip(uniform[1:], sides, strict=True)
    ]
    return sides[0], sides[1], places[0], places[1]


def _rounded_up(height: int, width: int, short: int) -> bool:
    """Whether the long side has to be rounded up, clearly (not from a half)."""
    exact = max(height, width) * short / min(height, width)
    return 0.6 < exact - np.floor(exact) < 0.9


def _number_for(draw: Draw, low: int, high: int, height: int, width: int) -> float:
    """A random number for a scale at which the long side must be rounded up."""
    while True:
        u = draw.uniform(0.1, 0.9)
        if _rounded_up(height, width, low + int(u * (high - low + 1))):
            return u


@check(
    "scale_and_crop",
    slide=SLIDE_CROPS,
    where_to_look="Take the three steps of the slide one by one, and print what each gives.",
)
def scale_and_crop(draw: Draw) -> Iterator[Case]:
    """Both orientations, both ends of the scales, the last place, other numbers."""
    names = ("new_height", "new_width", "top", "left")
    height, width = draw.integer(301, 339), draw.integer(521, 639)
    plain = [_number_for(draw, 256, 480, height, width), 0.37, 0.81]
    upright = [_number_for(draw, 256, 480, width, height), 0.77, 0.23]
    for size, uniform, label in [
        ((height, width), plain, "a photograph that is wider than high"),
        ((width, height), upright, "a photograph that is higher than wide"),
        ((427, 640), [0.0, 0.5, 0.25], "the smallest scale"),
        ((427, 640), [0.9999, 0.5, 0.25], "the largest scale, 480 itself"),
        ((500, 375), [0.41, 0.9999, 0.9999], "the last place"),
    ]:
        expected = _resnet_patch(*size, uniform, 256, 480, 224)
        yield call(*size, uniform, expected=expected, label=label, names=names)

    uniform = [_number_for(draw, 30, 50, 64, 91), 0.66, 0.12]
    yield call(
        64,
        91,
        uniform,
        low=30,
        high=50,
        size=24,
        expected=_resnet_patch(64, 91, uniform, 30, 50, 24),
        label="other scales and another patch",
        names=names,
        where_to_look="Use `low`, `high` and `size`, not the numbers of ResNet.",
    )


def _sampled(image: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    channels = [
        scipy.ndimage.map_coordinates(
            image[..., c], [rows, columns], order=1, mode="grid-constant", cval=0.0
        )
        for c in range(image.shape[-1])
    ]
    return np.stack(channels, axis=-1)


@check(
    "bilinear_sample",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_CREATIVE,
    where_to_look="Take one place, write down its four neighbours and their four weights.",
)
def bilinear_sample(draw: Draw) -> Iterator[Case]:
    """On the pixels, between them, a ramp, the rim and beyond."""
    image = _images(draw, 6, 9, 2) + 0.2
    i, j = draw.rng.integers(0, 6, (3, 4)), draw.rng.integers(0, 9, (3, 4))
    i.flat[:2], j.flat[:2] = [0, 5], [0, 8]
    yield call(
        image,
        i.astype(float),
        j.astype(float),
        expected=image[i, j],
        label="places that are pixels",
    )

    rows, columns = draw.rng.uniform(0.3, 4.7, (2, 5)), draw.rng.uniform(0.3, 7.7, (2, 5))
    yield call(
        image, rows, columns, expected=_sampled(image, rows, columns), label="between the pixels"
    )

    slope, start = draw.rng.uniform(0.5, 2, (2, 3)), draw.rng.uniform(-1, 1, 3)
    ramp = (
        start
        + np.arange(7)[:, np.newaxis, np.newaxis] * slope[0]
        + np.arange(5)[np.newaxis, :, np.newaxis] * slope[1]
    )
    rows, columns = draw.rng.uniform(0, 6, 4), draw.rng.uniform(0, 4, 4)
    expected = start + rows[:, np.newaxis] * slope[0] + columns[:, np.newaxis] * slope[1]
    yield call(
        ramp,
        rows,
        columns,
        expected=expected,
        label="a ramp stays a ramp",
        where_to_look="Where colours change evenly, bilinear sampling gives them exactly.",
    )

    edge = _images(draw, 4, 7, 3) + 0.2
    rows = np.array([-0.4, 3.3, 1.5, 2.2, -0.7, 3.6])
    columns = np.array([2.3, 4.6, -0.2, 6.8, -0.1, 6.5])
    yield call(
        edge,
        rows,
        columns,
        expected=_sampled(edge, rows, columns),
        label="less than a pixel outside: a part of the rim",
        where_to_look="Neighbours outside of the image count as 0; those inside keep their weight.",
    )

    rows, columns = np.array([[-3.5, 2.0], [9.4, 1.5]]), np.array([[2.0, -8.2], [3.5, 11.0]])
    yield call(
        edge,
        rows,
        columns,
        expected=np.zeros((2, 2, 3)),
        label="far outside: black",
    )


def _origins(
    height: int, width: int, matrix: np.ndarray, shift: tuple[float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """With homogeneous coordinates: move the middle to 0, transform, move back; then invert."""
    middle = np.array([height - 1, width - 1]) / 2
    to_middle, back, transform = np.eye(3), np.eye(3), np.eye(3)
    to_middle[:2, 2], back[:2, 2] = -middle, middle + shift
    transform[:2, :2] = matrix
    points = np.stack([*np.indices((height, width)).reshape(2, -1), np.ones(height * width)])
    rows, columns, _ = np.linalg.solve(back @ transform @ to_middle, points)
    return rows.reshape(height, width), columns.reshape(height, width)


@check(
    "source_places",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_CREATIVE,
    where_to_look="With the identity and no shift, each pixel comes from itself. Then one by one.",
)
def source_places(draw: Draw) -> Iterator[Case]:
    """Each ingredient alone, then a mixture."""
    names = ("rows", "columns")
    turn = np.array([[0.0, -1.0], [1.0, 0.0]])
    stretch = np.diag([draw.uniform(1.3, 1.8), draw.uniform(0.4, 0.8)])
    slant = np.array([[1.0, 0.0], [draw.uniform(0.3, 0.8), 1.0]])
    angle = draw.uniform(0.3, 0.8)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shift = (draw.uniform(1, 2), draw.uniform(-3, -2))
    for height, width, matrix, moved, label in [
        (5, 8, np.eye(2), shift, "only a shift"),
        (7, 4, stretch, (0.0, 0.0), "only a stretch"),
        (5, 6, slant, (0.0, 0.0), "only a shear"),
        (6, 6, turn, (0.0, 0.0), "a quarter turn of a square"),
        (4, 7, rotation, (0.0, 0.0), "a rotation"),
        (6, 5, rotation @ slant @ stretch, shift, "all together"),
    ]:
        expected = _origins(height, width, matrix, moved)
        yield call(height, width, matrix, moved, expected=expected, label=label, names=names)


def _jittered(images: np.ndarray, contrast: np.ndarray, brightness: np.ndarray) -> np.ndarray:
    changed = []
    for image, c, b in zip(images, contrast, brightness, strict=True):
        # c * x + (1 - c) * mean, the other way to write the pull to the mean.
        changed.append(np.minimum(np.maximum(c * image + (1 - c) * np.mean(image) + b, 0), 1))
    return np.stack(changed)


@check(
    "colour_jitter",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_COLOUR,
    where_to_look="Contrast alone must leave the mean of each image as it was.",
)
def colour_jitter(draw: Draw) -> Iterator[Case]:
    """Contrast alone, brightness alone, both, then values that leave the range."""

    def batch(count: int, *shape: int) -> np.ndarray:
        # Images and channels of different brightness, all in the middle of the range.
        means = draw.rng.permutation(np.linspace(0.4, 0.6, count)).reshape(-1, 1, 1, 1)
        channels = np.linspace(-0.05, 0.05, shape[-1])
        return means + channels + draw.rng.uniform(-0.1, 0.1, (count, *shape))

    one, none = np.ones, np.zeros
    for images, contrast, brightness, label in [
        (batch(3, 4, 5, 2), draw.rng.uniform(0.3, 0.7, 3), none(3), "contrast alone"),
        (batch(2, 5, 3, 4), one(2), np.array([-0.12, 0.17]), "brightness alone"),
        (batch(4, 3, 5, 2), draw.rng.uniform(1.2, 1.4, 4), draw.rng.uniform(0.04, 0.1, 4), "both"),
        (
            _images(draw, 2, 4, 5, 3),
            draw.rng.uniform(2, 3, 2),
            draw.rng.permutation([-0.4, 0.4]),
            "so much of both that values leave the range",
        ),
    ]:
        expected = _jittered(images, contrast, brightness)
        yield call(images, contrast, brightness, expected=expected, label=label)


def _offset(images: np.ndarray, variances: Any, directions: Any, alphas: Any) -> np.ndarray:
    result = images.copy()
    for n, k in np.ndindex(alphas.shape):
        result[n] += alphas[n, k] * variances[k] * directions[:, k]
    return np.clip(result, 0, 1)


@check(
    "pca_colour",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_COLOUR,
    where_to_look="Work out the three numbers of the offset of the first image, and print them.",
)
def pca_colour(draw: Draw) -> Iterator[Case]:
    """One direction at a time, all three, then values that leave the range."""

    def components() -> tuple[np.ndarray, np.ndarray]:
        directions, _ = np.linalg.qr(draw.rng.normal(size=(3, 3)))
        return np.array([0.3, 0.12, 0.05]) * draw.rng.uniform(0.8, 1.2, 3), directions

    def moderate(count: int) -> np.ndarray:
        return draw.rng.uniform(0.35, 0.65, (count, 4, 5, 3))

    variances, directions = components()
    images, alphas = moderate(3), np.eye(3) * draw.rng.uniform(0.5, 0.9, 3)
    yield call(
        images,
        variances,
        directions,
        alphas,
        expected=_offset(images, variances, directions, alphas),
        label="one direction for each image",
    )
    for count, low, high, label in [
        (2, 0.2, 0.5, "all three directions"),
        (4, 1.5, 3.0, "offsets so large that values leave the range"),
    ]:
        variances, directions = components()
        images = moderate(count)
        alphas = draw.away_from_zero(count, 3, low=low, high=high)
        expected = _offset(images, variances, directions, alphas)
        yield call(images, variances, directions, alphas, expected=expected, label=label)


def _ten_crops(image: np.ndarray, size: int) -> np.ndarray:
    windows = _windows(image[np.newaxis], size)[0]
    # From the last place: the middle one of the places, the first of the two if they are even.
    middle = windows[(windows.shape[0] - 1) // 2, (windows.shape[1] - 1) // 2]
    five = [windows[0, 0], windows[0, -1], windows[-1, 0], windows[-1, -1], middle]
    return np.stack(five + [np.flip(crop, axis=1) for crop in five])


@check(
    "ten_crop",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_CROPS,
    where_to_look="Write down top and left of the five crops of a 6 × 9 image for size 3.",
)
def ten_crop(draw: Draw) -> Iterator[Case]:
    """Centres on whole pixels and between them; crops as large as the image allows."""
    for height, width, size, channels, label in [
        (8, 11, 4, 2, "the centre falls on whole pixels in one direction"),
        (7, 9, 3, 4, "the centre falls on whole pixels"),
        (9, 6, 4, 1, "an image that is higher than wide"),
        (10, 8, 5, 3, "the centre falls between pixels: round down"),
        (5, 8, 5, 2, "crops as high as the image"),
    ]:
        image = _images(draw, height, width, channels)
        yield call(image, size, expected=_ten_crops(image, size), label=label)


def _mean_probabilities(scores: np.ndarray) -> np.ndarray:
    each = [keras.ops.convert_to_numpy(keras.ops.softmax(s, axis=-1)) for s in scores]
    return np.sum(each, axis=0) / len(each)


@check(
    "ensemble_probabilities",
    slide=SLIDE_ENSEMBLE,
    where_to_look="Softmax along the classes first, then the mean along the networks.",
)
def ensemble_probabilities(draw: Draw) -> Iterator[Case]:
    """One network, several, one that is very sure, and scores that overflow."""
    settings: list[tuple[int, int, int, list[float], str]] = [
        (1, 3, 4, [1.0], "a single network"),
        (3, 2, 5, [1.0, 1.0, 1.0], "three networks"),
        (4, 5, 3, [0.5, 6.0, 0.5, 0.5], "a network that is very sure of itself"),
        (2, 3, 4, [900.0, 900.0], "very large scores"),
    ]
    for networks, batch, classes, scales, label in settings:
        scores = draw.rng.normal(size=(networks, batch, classes))
        scores = scores * np.reshape(scales, (-1, 1, 1))
        if max(scales) > 100:
            scores[:, 0] -= 20_000.0  # Each row has a largest score of its own.
        yield call(scores, expected=_mean_probabilities(scores), label=label)
