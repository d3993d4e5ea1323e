"""What the notebook a01_layers/pooling requires.

Forward passes are expected from Keras, backward passes from central differences of the
reference's forward pass, and counts from what the slides say or from counting one by one. Each case
isolates one feature (only the stride, only a border that cuts windows off, ...), so that a mistake
can be told from the values alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient

DECK = "Convolutional Neural Network"

# Ready-made poolings under their public names, and the routines below them that a name taken before
# the check (`from keras.ops import max_pool`) still has to go through.


SLIDE_SIZE = slides.cite("Lecture 7", "Pooling Summary")
SLIDE_MAX = slides.cite("Lecture 7", "Max Pooling")
SLIDE_POOLING = slides.cite(DECK, "Sub-Sampling (Pooling) Layer")
SLIDE_TWO_FILTERS = slides.cite(DECK, "CNN – Max Pooling")
SLIDE_GLOBAL = slides.cite("Lecture 7", "GoogLeNet: Global Average Pooling")
SLIDE_EDGES = slides.cite(DECK, "Multiple Layer Neural Network")

# 3 x 3 poolings with stride 2: pixels before, whether rounded up, fact with the pixels after,
# slide.
PRINTED_SIZES = (
    ("AlexNet, pool 1", 56, False, "F0114", slides.cite("Lecture 7", "AlexNet")),
    ("ZFNet, pool 1", 110, True, "F0422", slides.cite(DECK, "Clarifai: ILSVRC 2013 winner")),
    ("GoogLeNet, pool 1", 112, True, "F0486", slides.cite(DECK, "GoogLeNet")),
    ("GoogLeNet, pool 4", 14, True, "F0489", slides.cite(DECK, "GoogLeNet")),
)

# The worked examples: the 4 x 4 map under the three poolings (2 x 2, stride 2), and the maxima of
# the two feature maps of the 6 x 6 image. The means and maxima are printed; the others follow.
SLIDE_MAP = [[2, 2, 4, 4], [2, 4, 8, 4], [4, 4, 4, 1], [6, 10, 3, 4]]
SLIDE_POOLED: dict[str, list[list[Any]]] = {
    "max": [[4, 8], [10, 4]],
    "mean": [[2.5, 5], [6, 3]],
    "l2": [[7**0.5, 28**0.5], [42**0.5, 10.5**0.5]],
}
LECTURE_MAP = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]
LECTURE_MAXIMA = [[6, 8], [3, 4]]
FEATURE_MAPS = (
    [[3, -1, -3, -1], [-3, 1, 0, -3], [-3, -3, 0, 1], [3, -2, -2, -1]],
    [[-1, -1, -1, -1], [-1, -1, -2, 1], [-1, -1, -2, 1], [-1, 0, -4, 3]],
)
FEATURE_MAXIMA = ([[3, 0], [3, 1]], [[-1, 1], [0, 3]])

# Sums of at most some forty products of unit normals in single precision.
SUMS: dict[str, Any] = {"rtol": 1e-4, "atol": 1e-5}

Reference = SimpleNamespace
Forward = Callable[..., np.ndarray]


def _as_batch(*channels: list[list[Any]]) -> np.ndarray:
    """Matrices as the channels of a batch of one image."""
    return np.stack([np.array(c, dtype="float32") for c in channels], axis=-1)[np.newaxis]


def counted_spans(width: int, kernel: int, stride: int, ceil: bool) -> list[tuple[int, int]]:
    """The windows found by moving one along, without the formula."""
    spans: list[tuple[int, int]] = []
    for start in range(0, width, stride):
        seen_all = bool(spans) and spans[-1][1] == width
        if start + kernel > width and not (ceil and not seen_all):
            break
        spans.append((start, min(start + kernel, width)))
    return spans


def _size_with_remainder(kernel: int, stride: int, low: int) -> int:
    """The smallest size from `low` on for which the last window does not end at the border."""
    while (low - kernel) % stride == 0 or (low - kernel) % stride + kernel <= stride:
        low += 1
    return low


def keras_pool(
    kind: str, x: np.ndarray, kernel_size: tuple[int, int], stride: int, ceil: bool = False
) -> np.ndarray:
    """What Keras computes; a window that hangs over the border is completed with neutral values."""
    import keras

    sides = [
        counted_spans(size, kernel, stride, ceil)
        for size, kernel in zip(x.shape[1:3], kernel_size, strict=True)
    ]
    missing = [
        max(spans[-1][0] + kernel - size, 0)
        for spans, kernel, size in zip(sides, kernel_size, x.shape[1:3], strict=True)
    ]
    frame = ((0, 0), (0, missing[0]), (0, missing[1]), (0, 0))

    def pooled(operation: Any, values: np.ndarray, fill: float) -> np.ndarray:
        padded = np.pad(values.astype("float32"), frame, constant_values=fill)
        return keras.ops.convert_to_numpy(operation(padded, kernel_size, stride, padding="valid"))

    if kind == "max":
        return pooled(keras.ops.max_pool, x, -np.inf)
    seen = pooled(keras.ops.average_pool, np.ones(x.shape), 0.0)
    if kind == "mean":
        return pooled(keras.ops.average_pool, x, 0.0) / seen
    return np.sqrt(pooled(keras.ops.average_pool, x**2, 0.0) / seen)


def _settings(draw: Draw) -> list[tuple[str, tuple[int, int], int, bool]]:
    """Label, sides of the kernel, stride, whether rounded up: one feature a case, then all."""
    tall = tuple(draw.shuffled([2, 4]))
    other = tuple(draw.shuffled([3, 4]))
    overlapping = draw.integer(3, 4)
    return [
        ("stride as large as the kernel", (2, 2), 2, False),
        ("overlapping windows", (overlapping, overlapping), overlapping - 1, False),
        ("a stride larger than the kernel", (2, 2), 3, False),
        ("a window that is not square", (tall[0], tall[1]), 2, False),
        ("rounded up: windows that hang over the border", (3, 3), 2, True),
        ("not square, overlapping, rounded up", (other[0], other[1]), 2, True),
    ]


def _shape(
    draw: Draw, kernel_size: tuple[int, int], stride: int, ceil: bool
) -> tuple[int, int, int, int]:
    """A batch whose four sizes differ from each other and from the kernel's sides."""
    free = [size for size in (2, 3, 4, 5) if size not in kernel_size][:2]
    batch, channels = draw.shuffled(free)
    if kernel_size == (stride, stride):
        height, width = (stride * size for size in (3, 4))
        return batch, height, width, channels
    height = _size_with_remainder(kernel_size[0], stride, 6)
    width = _size_with_remainder(kernel_size[1], stride, height + 1)
    return batch, height, width, channels


def _image(draw: Draw, shape: tuple[int, ...]) -> np.ndarray:
    """Positive and negative values that all differ clearly, also in magnitude."""
    size = int(np.prod(shape))
    values = (draw.rng.permutation(size) + 0.75 - size // 2) * (5 / size)
    return values.reshape(shape).astype("float32")


def _forward_cases(kind: str, draw: Draw) -> Iterator[Case]:
    """The slides' map, then fresh images, each with one feature."""
    yield call(
        _as_batch(SLIDE_MAP),
        (2, 2),
        2,
        expected=_as_batch(SLIDE_POOLED[kind]),
        label="the 4 × 4 map of the slides",
        slide=SLIDE_POOLING,
    )
    for label, kernel_size, stride, ceil in _settings(draw):
        x = _image(draw, _shape(draw, kernel_size, stride, ceil))
        options: dict[str, Any] = {"ceil": True} if ceil else {}
        yield call(
            x,
            kernel_size,
            stride,
            expected=keras_pool(kind, x, kernel_size, stride, ceil),
            label=label,
            **options,
            **SUMS,
        )


def _backward_cases(forward: Forward, draw: Draw) -> Iterator[Case]:
    """Fresh images and random upstream gradients; expected from central differences."""
    for label, kernel_size, stride, ceil in _settings(draw):
        x = _image(draw, _shape(draw, kernel_size, stride, ceil))
        options: dict[str, Any] = {"ceil": True} if ceil else {}
        shape = forward(x, kernel_size, stride, **options).shape
        dout = draw.normal(*shape)
        expected = _differences(forward, x, dout, kernel_size, stride, options)
        yield call(dout, x, kernel_size, stride, expected=expected, label=label, **options, **SUMS)


def _differences(
    forward: Forward,
    x: np.ndarray,
    dout: np.ndarray,
    kernel_size: tuple[int, int],
    stride: int,
    options: dict[str, Any],
) -> np.ndarray:
    def pooled(z: np.ndarray) -> np.ndarray:
        return forward(z, kernel_size, stride, **options)

    return numerical_gradient(pooled, x, dout).astype("float32")


@check("pooled_size", slide=SLIDE_SIZE)
def pooled_size(draw: Draw) -> Iterator[Case]:
    """Sizes that the slides print, then each rule with fresh sizes."""
    for network, before, ceil, fact, slide in PRINTED_SIZES:
        yield call(
            before,
            3,
            2,
            ceil,
            expected=int(slides.fact(fact).printed),
            label=f"{network}: 3 × 3, stride 2, {'rounded up' if ceil else 'rounded down'}",
            slide=slide,
        )

    kernel, stride = draw.integer(4, 6), draw.integer(2, 3)
    width = _size_with_remainder(kernel, stride, draw.integer(20, 40))
    for ceil, rounding in [(False, "rounded down"), (True, "rounded up")]:
        yield call(
            width,
            kernel,
            stride,
            ceil,
            expected=len(counted_spans(width, kernel, stride, ceil)),
            label=f"a remainder, {rounding}",
            where_to_look="Round the quotient (W - K) / S, and add 1 afterwards.",
        )

    width = kernel + stride * draw.integer(5, 9)
    yield call(
        width,
        kernel,
        stride,
        True,
        expected=len(counted_spans(width, kernel, stride, True)),
        label="no remainder, rounded up",
        where_to_look="Where the last window ends at the border, both ways give the same.",
    )

    # The last step lands outside: the window would be empty.
    kernel, stride = 2, draw.integer(4, 6)
    width = stride * draw.integer(4, 7)
    yield call(
        width,
        kernel,
        stride,
        True,
        expected=len(counted_spans(width, kernel, stride, True)),
        label="a stride larger than the kernel, rounded up",
        where_to_look="At which pixel does your last window begin?",
    )


@check(
    "window_spans",
    slide=SLIDE_SIZE,
    where_to_look="Window i begins at pixel i * stride. Draw the first three on squared paper.",
)
def window_spans(draw: Draw) -> Iterator[Case]:
    """Side by side, overlapping, with gaps; windows cut off by the border."""
    overlapping, wide = draw.integer(4, 5), draw.integer(4, 5)
    for label, kernel, stride, ceil, width in [
        ("side by side", 3, 3, False, 3 * draw.integer(3, 4)),
        ("overlapping", overlapping, 2, False, _size_with_remainder(overlapping, 2, 11)),
        ("gaps between the windows", 2, wide, False, wide * 4 - 1),
        ("rounded up, the last one is cut off", overlapping, 3, True, overlapping + 7),
        ("rounded up, an empty window left out", 2, wide, True, wide * 3),
    ]:
        yield call(
            width,
            kernel,
            stride,
            ceil,
            expected=counted_spans(width, kernel, stride, ceil),
            label=label,
        )


@check(
    "max_pool_forward",
    allows=("arrays", "activations"),
    slide=SLIDE_MAX,
    where_to_look="Try it with one image, one channel and the 4 × 4 map of the slides first.",
)
def max_pool_forward(draw: Draw) -> Iterator[Case]:
    """Worked examples, one feature a case, and two laws of the maximum."""
    yield from _forward_cases("max", draw)
    yield call(
        _as_batch(LECTURE_MAP),
        (2, 2),
        2,
        expected=_as_batch(LECTURE_MAXIMA),
        label="the example with the maxima 6, 8, 3, 4",
        slide=SLIDE_MAX,
    )
    yield call(
        _as_batch(*FEATURE_MAPS),
        (2, 2),
        2,
        expected=_as_batch(*FEATURE_MAXIMA),
        label="the two feature maps of the 6 × 6 image",
        slide=SLIDE_TWO_FILTERS,
    )
    # max(a x + b) = a max(x) + b for a > 0: nothing but the order of the values matters.
    kernel_size, stride = (3, 3), 2
    x = _image(draw, _shape(draw, kernel_size, stride, True))
    gain, offset = np.float32(draw.rng.uniform(0.5, 2)), np.float32(draw.rng.uniform(-20, -15))
    yield call(
        gain * x + offset,
        kernel_size,
        stride,
        ceil=True,
        expected=gain * keras_pool("max", x, kernel_size, stride, True) + offset,
        label="all values negative, rounded up",
        where_to_look="A window that is cut off has fewer pixels; it has no zeros.",
        **SUMS,
    )


@check("first_maximum", slide=SLIDE_POOLING)
def first_maximum() -> Iterator[Case]:
    """Gradients of the 4 × 4 map, predicted."""
    yield answer(
        expected={"tie": (2, 2)},
        label="the tie in the lower right window",
        where_to_look="Read rows 2 and 3 of columns 2 and 3 like a text: where is the first 4?",
    )
    yield answer(
        expected={"eight": 3},
        label="the pixel with the value 8",
        where_to_look="Which of the four 3 × 3 windows contain it and nothing larger?",
    )
    yield answer(
        expected={"ten": 7},
        label="the pixel with the value 10",
        where_to_look="Which of the four 3 × 3 windows contain it and nothing larger?",
    )


@check(
    "max_pool_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_POOLING,
    where_to_look="Compare with gradients.numerical_gradient on an image without equal values.",
)
def max_pool_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """One feature a case, then ties."""
    yield from _backward_cases(reference.max_pool_forward, draw)
    for label, kernel_size, stride in [
        ("ties: the first maximum of a window", (2, 2), 2),
        ("ties in overlapping windows", (3, 4), 2),
    ]:
        shape = _shape(draw, kernel_size, stride, False)
        x = draw.rng.integers(-2, 1, size=shape).astype("float32")
        # Earlier pixels are made a little larger, and the tie is decided by them.
        tilt = np.linspace(0.5, 0, shape[1] * shape[2]).reshape(1, shape[1], shape[2], 1)
        pooled_shape = reference.max_pool_forward(x, kernel_size, stride).shape
        dout = draw.normal(*pooled_shape)
        yield call(
            dout,
            x,
            kernel_size,
            stride,
            expected=_differences(
                reference.max_pool_forward, x + tilt, dout, kernel_size, stride, {}
            ),
            label=label,
            where_to_look="np.argmax of the flattened window gives the first of equal maxima.",
            **SUMS,
        )


@check(
    "mean_pool_forward",
    allows=("arrays", "activations"),
    slide=SLIDE_POOLING,
    where_to_look="An image of ones must give a map of ones, whatever the kernel and the border.",
)
def mean_pool_forward(draw: Draw) -> Iterator[Case]:
    """One feature a case, then linearity."""
    yield from _forward_cases("mean", draw)
    kernel_size, stride = (3, 3), 2
    shape = _shape(draw, kernel_size, stride, True)
    x, other = _image(draw, shape), _image(draw, shape)
    yield call(
        x - 2 * other,
        kernel_size,
        stride,
        ceil=True,
        expected=keras_pool("mean", x, kernel_size, stride, True)
        - 2 * keras_pool("mean", other, kernel_size, stride, True),
        label="linear: the mean of a sum is the sum of the means",
        **SUMS,
    )


@check(
    "mean_pool_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_POOLING,
    where_to_look="What a window sends to its pixels adds up to the window's own gradient.",
)
def mean_pool_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """One feature a case."""
    yield from _backward_cases(reference.mean_pool_forward, draw)


@check(
    "l2_pool_forward",
    allows=("arrays", "activations"),
    slide=SLIDE_POOLING,
    where_to_look="Square, take the mean of the window, take the root: in this order.",
)
def l2_pool_forward(draw: Draw) -> Iterator[Case]:
    """One feature a case, then the sign."""
    yield from _forward_cases("l2", draw)
    kernel_size, stride = (4, 4), 3
    x = _image(draw, _shape(draw, kernel_size, stride, False))
    yield call(
        -3 * x,
        kernel_size,
        stride,
        expected=3 * keras_pool("l2", x, kernel_size, stride),
        label="three times as large and negative: three times the result",
        **SUMS,
    )


@check(
    "l2_pool_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_POOLING,
    where_to_look="Compare with gradients.numerical_gradient on one window of 2 × 2 pixels.",
)
def l2_pool_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """One feature a case, then windows of zeros."""
    yield from _backward_cases(reference.l2_pool_forward, draw)
    kernel_size, stride = (2, 2), 2
    shape = _shape(draw, kernel_size, stride, False)
    x = np.maximum(_image(draw, shape), 0)
    # Side by side, a window of zeros touches no other one, so its pixels get nothing at all. Other
    # pixels at zero get nothing either: their gradient is x / (n y).
    x[:, :4, :2] = 0
    x[0, 2:4, 4:6, 0] = 0
    dout = draw.rng.normal(size=reference.l2_pool_forward(x, kernel_size, stride).shape)
    dout = dout.astype("float32")
    yield call(
        dout,
        x,
        kernel_size,
        stride,
        # Symmetric differences at a window of zeros are zero: |step| to both sides.
        expected=_differences(reference.l2_pool_forward, x, dout, kernel_size, stride, {}),
        label="windows of zeros, as after a ReLU",
        where_to_look="Divide only where the output is larger than 0; the gradient is 0 elsewhere.",
        share=2.0,
        **SUMS,
    )


@check(
    "global_pool",
    allows=("arrays", "activations"),
    slide=SLIDE_GLOBAL,
    where_to_look="Height and width are axes 1 and 2; batch and channels must stay.",
)
def global_pool(draw: Draw) -> Iterator[Case]:
    """Each kind, on images of different sizes."""
    for kind in ("max", "mean", "l2"):
        batch, channels = draw.shuffled([2, 3])
        height = draw.integer(4, 6)
        x = _image(draw, (batch, height, height + 2, channels))
        yield call(
            x,
            kind,
            expected=keras_pool(kind, x, (height, height + 2), 1)[:, 0, 0],
            label=f"global {kind} pooling of {height} × {height + 2} pixels",
            **SUMS,
        )


@check(
    "global_pool_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_GLOBAL,
    where_to_look="Global pooling is pooling with one window as large as the image.",
)
def global_pool_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Each kind, then the two rules for what has no derivative."""

    def case(x: np.ndarray, kind: str, label: str, at: np.ndarray | None = None) -> Case:
        dout = draw.normal(x.shape[0], x.shape[3])
        point = x if at is None else at
        expected = numerical_gradient(lambda z: reference.global_pool(z, kind), point, dout)
        return call(dout, x, kind, expected=expected.astype("float32"), label=label, **SUMS)

    for kind in ("max", "mean", "l2"):
        batch, channels = draw.shuffled([2, 3])
        height = draw.integer(4, 6)
        shape = (batch, height, height + 2, channels)
        yield case(_image(draw, shape), kind, f"global {kind} pooling")

    x = draw.rng.integers(-2, 1, size=(2, 5, 4, 3)).astype("float32")
    # The first by rows, the first by columns and the last are three different pixels.
    x[:, 1, 3], x[:, 3, 0], x[:, 4, 2] = 1, 1, 1
    tilt = np.linspace(0.5, 0, 20).reshape(1, 5, 4, 1)
    yield case(x, "max", "global max pooling with ties", at=x + tilt)
    x = np.maximum(_image(draw, (2, 4, 5, 3)), 0)
    x[0, :, :, 1] = 0
    yield case(x, "l2", "global l2 pooling of a channel of zeros")


@check(
    "unchanged_fraction",
    allows=("arrays", "activations"),
    slide=SLIDE_MAX,
    where_to_look="Print the rows of maxima for width 6, kernel 2, stride 2 and shift 1.",
)
def unchanged_fraction(draw: Draw) -> Iterator[Case]:
    """1 - d / K where windows lie side by side; elsewhere counted, window by window."""
    kernel = draw.integer(4, 6)
    shift = draw.integer(1, kernel - 1)
    yield call(
        kernel * draw.integer(3, 5),
        kernel,
        kernel,
        shift,
        expected=1 - shift / kernel,
        label="windows side by side: 1 - shift / kernel",
    )
    yield call(
        kernel * 3, kernel, kernel, 0, expected=1.0, label="no shift at all: nothing changes"
    )
    for label, kernel, stride, shift in [
        ("overlapping windows, as in AlexNet", 3, 2, 1),
        ("wide overlapping windows", 5, 3, 1),
        ("gaps between the windows", 3, 5, draw.integer(1, 2)),
    ]:
        width = _size_with_remainder(kernel, min(stride, kernel), draw.integer(14, 18))
        while width % kernel == 0:
            # Windows side by side would fill the row, and two mistakes give the same share.
            width = _size_with_remainder(kernel, min(stride, kernel), width + 1)
        yield call(
            width,
            kernel,
            stride,
            shift,
            expected=counted_unchanged(width, kernel, stride, shift),
            label=label,
        )


def counted_unchanged(width: int, kernel: int, stride: int, shift: int) -> float:
    """The share of columns that lie in the same windows before and after the shift."""
    spans = counted_spans(width, kernel, stride, ceil=False)

    def windows_of(column: int) -> list[int]:
        return [i for i, (start, stop) in enumerate(spans) if start <= column < stop]

    equal = [windows_of(column) == windows_of(column + shift) for column in range(width)]
    return sum(equal) / width


@check("layer_cost", slide=SLIDE_EDGES)
def layer_cost(draw: Draw) -> Iterator[Case]:
    """The layer of the slide, then fresh layers, connected one by one."""
    printed = slides.fact("F0295")
    yield call(
        (100, 100, 1),
        (100, 100),
        1000,
        expected={"edges": int(printed.computed()), "parameters": (100 * 100 + 1) * 1000},
        label="100 × 100 pixels, 1000 hidden units, fully connected",
        where_to_look="The filter fits in one place only.",
    )
    height, channels, filters = draw.integer(8, 12), draw.integer(3, 5), draw.integer(6, 9)
    kernel_height, kernel_width = draw.shuffled([2, 3, 4])[:2]
    for label, image, kernel in [
        (
            "a convolution on one channel",
            (height, height + 3, 1),
            (kernel_height, kernel_width),
        ),
        (
            "a convolution on several channels",
            (height, height + 3, channels),
            (kernel_height, kernel_width),
        ),
        (
            "a fully connected layer on several channels",
            (height, height + 3, channels),
            (height, height + 3),
        ),
    ]:
        yield call(
            image,
            kernel,
            filters,
            expected=counted_cost(image, kernel, filters),
            label=label,
            where_to_look="First one output: how many inputs does it see? Then count the outputs.",
        )


def counted_cost(
    image: tuple[int, int, int], kernel: tuple[int, int], filters: int
) -> dict[str, int]:
    """Edges and parameters of the layer as Keras builds it."""
    from course_lib.blueprints import blueprint

    def build() -> Any:
        import keras

        inputs = keras.Input(image)
        return keras.Model(inputs, keras.layers.Conv2D(filters, kernel)(inputs))

    built = blueprint(build)
    _, rows, columns, depth = built.layers[-1].output_shapes[0]
    window = int(np.prod(kernel)) * image[2]
    outputs = int(np.prod(np.array([rows, columns, depth])))
    return {"edges": outputs * window, "parameters": built.parameters}
