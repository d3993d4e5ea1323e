"""What the notebook a01_layers/convolution requires.

Every check isolates one feature a case (only the stride, only the padding, ...), so that a single
slip costs the cases that need the feature and its cause can be told from the values alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check
from course_lib import slides
from course_lib.checking import Case

DECK = "Convolutional Neural Network"


# The feature maps of the slides' 6 x 6 image, worked out by hand: (filter, stride) to map.
SLIDE_MAPS = {
    (1, 1): [[3, -1, -3, -1], [-3, 1, 0, -3], [-3, -3, 0, 1], [3, -2, -2, -1]],
    (1, 2): [[3, -3], [-3, 0]],
    (2, 1): [[-1, -1, -1, -1], [-1, -1, -2, 1], [-1, -1, -2, 1], [-1, 0, -4, 3]],
}
# "Convolution Operator" of the slides: the image, the filter and the convolved feature.
OPERATOR_IMAGE = [
    [1, 1, 1, 0, 0],
    [0, 1, 1, 1, 0],
    [0, 0, 1, 1, 1],
    [0, 0, 1, 1, 0],
    [0, 1, 1, 0, 0],
]
OPERATOR_FILTER = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
OPERATOR_FEATURE = [[4, 3, 4], [2, 4, 3], [2, 3, 4]]

SLIDE_SLIDING = slides.cite(DECK, "CNN – Convolution")
SLIDE_OPERATOR = slides.cite(DECK, "Convolution Operator")
SLIDE_DIMENSIONS = slides.cite("Lecture 7", "Recap: Convolution Layer Dimensions")
SLIDE_CONVOLUTION = slides.cite("Lecture 7", "Recap: Convolution")
SLIDE_RECEPTIVE = slides.cite("Lecture 7", "Recap: Receptive Fields")
SLIDE_FEWER = slides.cite(DECK, "Convolution v.s. Fully Connected")

# Sums of some forty products of unit normals in single precision.
SUMS: dict[str, Any] = {"rtol": 1e-4, "atol": 2e-5}

Reference = SimpleNamespace


def _matrix(rows: list[list[int]]) -> np.ndarray:
    return np.array(rows, dtype="float32")


def _leaves_remainder(size: int, kernel: int, stride: int, padding: int, dilation: int) -> bool:
    return (size + 2 * padding - dilation * (kernel - 1) - 1) % stride != 0


def _remainder(size: int, kernel: int, stride: int, padding: int = 0, dilation: int = 1) -> int:
    """The smallest size from `size` on for which the last window does not end at the border."""
    while not _leaves_remainder(size, kernel, stride, padding, dilation):
        size += 1
    return size


@check("output_size", slide=SLIDE_DIMENSIONS)
def output_size(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The plain slide, then one feature at a time, then all of them."""
    yield call(6, 3, expected=4, label="the 6 × 6 image, stride 1", slide=SLIDE_SLIDING)
    yield call(6, 3, 2, expected=2, label="the 6 × 6 image, stride 2", slide=SLIDE_SLIDING)

    kernel, stride = draw.integer(3, 6), draw.integer(3, 5)
    width = _remainder(draw.integer(20, 60), kernel, stride)
    yield call(
        width,
        kernel,
        stride,
        expected=reference.output_size(width, kernel, stride),
        label="a stride that leaves a remainder",
        where_to_look="The quotient is rounded down before 1 is added: use `//`.",
    )

    width, kernel, padding = draw.integer(20, 60), draw.integer(3, 6), draw.integer(2, 4)
    yield call(
        width,
        kernel,
        padding=padding,
        expected=reference.output_size(width, kernel, padding=padding),
        label="only padding",
        where_to_look="Each of the two sides gets P zeros.",
    )

    width, kernel, dilation = draw.integer(40, 60), draw.integer(4, 6), draw.integer(3, 5)
    yield call(
        width,
        kernel,
        dilation=dilation,
        expected=reference.output_size(width, kernel, dilation=dilation),
        label="only dilation",
        where_to_look="Count the pixels from the first tap to the last one, both included.",
    )

    # Wide gaps and a wide frame, so that each known mistake gives a size of its own.
    kernel, stride, padding, dilation = draw.integer(5, 6), 2, draw.integer(6, 7), 5
    width = _remainder(draw.integer(40, 60), kernel, stride, padding, dilation)
    yield call(
        width,
        kernel,
        stride,
        padding,
        dilation,
        expected=reference.output_size(width, kernel, stride, padding, dilation),
        label="stride, padding and dilation together",
        where_to_look="Get the cases with a single feature right first.",
    )


@check("stride_two", slide=SLIDE_SLIDING)
def stride_two() -> Iterator[Case]:
    """Filter 1 at stride 2, predicted."""
    feature_map = SLIDE_MAPS[1, 2]
    shape = (len(feature_map), len(feature_map[0]))
    yield answer(
        expected={"shape": shape},
        label="the shape of the map",
        where_to_look="How many steps of 2 can the window take before it leaves the image?",
    )
    yield answer(
        expected={"top_left": feature_map[0][0]},
        label="the top left value",
        where_to_look="Multiply the top left 3 × 3 pixels with Filter 1 and add the nine products.",
    )
    yield answer(
        expected={"bottom_right": feature_map[-1][-1]},
        label="the bottom right value",
        where_to_look="The last window covers rows 2 to 4 and columns 2 to 4.",
    )


@check(
    "correlate2d",
    allows=("arrays", "activations"),
    slide=SLIDE_SLIDING,
    where_to_look="Print the first window and the kernel, and work out one value by hand.",
)
def correlate2d(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The maps of the slides, then images and kernels that are not square."""
    image = _matrix(reference.SLIDE_IMAGE)
    filters = {1: _matrix(reference.FILTER_1), 2: _matrix(reference.FILTER_2)}
    for (number, stride), feature_map in SLIDE_MAPS.items():
        yield call(
            image,
            filters[number],
            stride,
            expected=_matrix(feature_map),
            label=f"Filter {number} of the slides, stride {stride}",
        )
    for stride, label in [
        (1, "an image and a kernel that are not square"),
        (2, "the same with stride 2"),
        (3, "the same with stride 3"),
    ]:
        kernel_height, kernel_width = draw.shuffled([2, 3, 4])[:2]
        height = _remainder(draw.integer(9, 11), kernel_height, stride) if stride > 1 else 8
        width = _remainder(height + 2, kernel_width, stride) if stride > 1 else 11
        image, kernel = draw.normal(height, width), draw.normal(kernel_height, kernel_width)
        yield call(
            image,
            kernel,
            stride,
            expected=reference.correlate2d(image, kernel, stride),
            label=label,
            **SUMS,
        )


@check("less_parameters", slide=SLIDE_FEWER)
def less_parameters(reference: Reference) -> Iterator[Case]:
    """Three counts and the reason for the smallest."""
    pixels = np.size(reference.SLIDE_IMAGE)
    outputs = np.size(SLIDE_MAPS[1, 1])
    weights = np.size(reference.FILTER_1)
    yield answer(
        expected={"fully_connected": pixels * outputs},
        label="fully connected: every output to every input",
        where_to_look="Each output has one weight for each of the inputs.",
    )
    yield answer(
        expected={"local": outputs * weights},
        label="local: every output has its own window and its own weights",
        slide=slides.cite(DECK, "Less parameters!"),
        where_to_look="Each output has one weight for each pixel of its window.",
    )
    yield answer(
        expected={"shared": weights},
        label="shared: all outputs use the same weights",
        slide=slides.cite(DECK, "Even less parameters!"),
        where_to_look="How many different numbers does one filter hold?",
    )
    yield answer(
        expected={"reason": 2},
        label="why one filter may be used everywhere",
        slide=slides.cite(DECK, "Why CNN for Image"),
        where_to_look="What would be lost if each place had a detector of its own?",
    )


@check(
    "conv1d_full",
    allows=("arrays", "activations"),
    slide=SLIDE_OPERATOR,
    where_to_look="Write down which products x[m] h[n - m] exist for n = 0 and for n = 1.",
)
def conv1d_full(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The example of the notebook, then either input the longer one."""
    x, h = np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0])
    yield call(x, h, expected=np.array([1.0, 3.0, 5.0, 3.0]), label="[1, 2, 3] * [1, 1]")
    for length_x, length_h, label in [
        (draw.integer(7, 9), draw.integer(3, 4), "x longer than h"),
        (draw.integer(3, 4), draw.integer(6, 8), "h longer than x"),
    ]:
        x, h = draw.normal(length_x), draw.normal(length_h)
        yield call(x, h, expected=reference.conv1d_full(x, h), label=label, **SUMS)


@check(
    "convolve2d",
    allows=("arrays", "activations"),
    slide=SLIDE_OPERATOR,
    where_to_look="`correlate2d` with the kernel turned by 180° gives the same.",
)
def convolve2d(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The example of the slides, then kernels without symmetry."""
    yield call(
        _matrix(OPERATOR_IMAGE),
        _matrix(OPERATOR_FILTER),
        expected=_matrix(OPERATOR_FEATURE),
        label="the 5 × 5 image of the slides",
    )
    square, (tall, wide) = draw.integer(3, 4), draw.shuffled([2, 3])
    for shape, label in [
        ((square, square), "a square kernel without symmetry"),
        ((tall, wide), "a kernel that is not square"),
    ]:
        height = draw.integer(6, 8)
        image, kernel = draw.normal(height, height + 2), draw.normal(*shape)
        expected = reference.convolve2d(image, kernel)
        yield call(image, kernel, expected=expected, label=label, share=2.0, **SUMS)


@check(
    "pad2d",
    slide=SLIDE_CONVOLUTION,
    where_to_look="Compare the shape that you return with the one in the docstring, axis by axis.",
)
def pad2d(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The same frame all around, then four different widths."""
    frame = draw.integer(2, 3)
    for padding, label in [
        (((frame, frame), (frame, frame)), "the same frame on all four sides"),
        (((1, 2), (3, 4)), "four different widths"),
        (((3, 2), (0, 0)), "only top and bottom"),
    ]:
        batch, channels = draw.shuffled([2, 3])
        height = draw.integer(4, 5)
        x = draw.normal(batch, height, height + 2, channels)
        yield call(x, padding, expected=reference.pad2d(x, padding), label=label)


@check("same_padding", slide=SLIDE_CONVOLUTION)
def same_padding(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The first layer of many networks, then each part of the rule."""
    yield call(224, 7, 2, expected=(2, 3), label="224 pixels, kernel 7, stride 2")

    width, kernel = draw.integer(20, 60), 3 + 2 * draw.integer(0, 2)
    yield call(
        width,
        kernel,
        expected=reference.same_padding(width, kernel),
        label="stride 1, odd kernel",
        where_to_look="With stride 1 the output is as wide as the input: K - 1 zeros in all.",
    )

    width, kernel = draw.integer(20, 60), 4 + 2 * draw.integer(0, 2)
    yield call(
        width,
        kernel,
        expected=reference.same_padding(width, kernel),
        label="stride 1, even kernel",
        where_to_look="P is odd here. On which side does the extra zero go?",
    )

    stride = draw.integer(3, 4)
    width, kernel = stride * draw.integer(8, 15) + 1, stride + draw.integer(2, 4)
    yield call(
        width,
        kernel,
        stride,
        expected=reference.same_padding(width, kernel, stride),
        label="a width that the stride does not divide",
        where_to_look="The number of windows is W / S rounded up: `-(-W // S)`.",
    )

    stride = draw.integer(3, 4)
    width = stride * draw.integer(8, 15)
    yield call(
        width,
        1,
        stride,
        expected=reference.same_padding(width, 1, stride),
        label="a stride larger than the kernel",
        where_to_look="P cannot be negative.",
    )


def _layer(
    draw: Draw,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    side: int = 7,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Input, kernel and bias of a layer whose seven sizes are all different."""
    kernel_height, kernel_width = draw.shuffled([2, 3, 4])[:2]
    batch = ({2, 3, 4} - {kernel_height, kernel_width}).pop()
    channels, filters = draw.shuffled([5, 6])
    if channels == kernel_height * kernel_width:
        # As many channels as taps would hide which of the two comes first.
        channels, filters = filters, channels
    height = side + draw.integer(0, 1) + (dilation - 1) * (kernel_height - 1)
    width = height + draw.integer(1, 2) + (dilation - 1) * (kernel_width - 1)
    # A last window that does not fit tells rounding down from rounding up.
    if stride > 1:
        height = _remainder(height, kernel_height, stride, padding, dilation)
        width = _remainder(width, kernel_width, stride, padding, dilation)
        while width == height or not _leaves_remainder(
            width, kernel_width, stride, padding, dilation
        ):
            width += 1
    x = draw.normal(batch, height, width, channels)
    kernel = draw.normal(kernel_height, kernel_width, channels, filters)
    bias = draw.rng.uniform(0.5, 1.5, size=filters) * draw.rng.choice([-1, 1], size=filters)
    return x, kernel, bias.astype("float32")


def _settings(draw: Draw) -> list[tuple[str, dict[str, Any]]]:
    """Each feature alone, then all together."""
    return [
        ("stride 1, no padding, no dilation", {}),
        ("only stride", {"stride": draw.integer(2, 3)}),
        ("only padding", {"padding": draw.integer(1, 2)}),
        ("only dilation", {"dilation": draw.integer(2, 3)}),
        ("stride, padding and dilation together", {"stride": 2, "padding": 1, "dilation": 3}),
    ]


def _slide_layer(reference: Reference) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The 6 x 6 image as a batch, both filters as one kernel, no bias."""
    image = _matrix(reference.SLIDE_IMAGE)[np.newaxis, :, :, np.newaxis]
    filters = [_matrix(reference.FILTER_1), _matrix(reference.FILTER_2)]
    kernel = np.stack(filters, axis=-1)[:, :, np.newaxis, :]
    return image, kernel, np.zeros(2, dtype="float32")


def _layer_cases(draw: Draw, forward: Any, reference: Reference) -> Iterator[Case]:
    x, kernel, bias = _slide_layer(reference)
    maps = np.stack([_matrix(SLIDE_MAPS[1, 1]), _matrix(SLIDE_MAPS[2, 1])], axis=-1)
    yield call(
        x,
        kernel,
        bias,
        expected=maps[np.newaxis],
        label="both filters on the 6 × 6 image of the slides",
        slide=SLIDE_SLIDING,
    )
    for label, settings in _settings(draw):
        x, kernel, bias = _layer(draw, **settings)
        expected = forward(x, kernel, bias, **settings)
        yield call(x, kernel, bias, expected=expected, label=label, **settings, **SUMS)


@check(
    "conv2d_forward",
    allows=("arrays", "activations"),
    slide=SLIDE_CONVOLUTION,
    where_to_look="Try it with one image, one channel, one filter and a bias of zero first.",
)
def conv2d_forward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Fresh layers, each feature alone and all together."""
    yield from _layer_cases(draw, reference.conv2d_forward, reference)


@check(
    "receptive_field",
    slide=SLIDE_RECEPTIVE,
    where_to_look="Carry two numbers through the layers, the field and the jump.",
)
def receptive_field(draw: Draw, reference: Reference) -> Iterator[Case]:
    """1 + L (K - 1) of the slide, then strides, dilation, both."""
    for depth, expected in [(2, 5), (3, 7)]:
        layers = [(3, 1, 1)] * depth
        yield call(layers, expected=expected, label=f"{depth} layers of 3 × 3, stride 1")

    def stack(
        strides: list[int], dilations: list[int], kernels: dict[int, int] | None = None
    ) -> list[tuple[int, int, int]]:
        drawn = [2 * draw.integer(1, 3) + 1 for _ in strides]
        for layer, kernel in (kernels or {}).items():
            drawn[layer] = kernel
        return list(zip(drawn, strides, dilations, strict=True))

    three = draw.shuffled([2, 3, 4])
    for layers, label in [
        (stack([draw.integer(2, 4), 1], [1, 1]), "a stride in the first of two layers"),
        (stack([*three, 1], [1, 1, 1, 1]), "several strides, whose product is the jump"),
        (stack([1, 1, 1], [2, draw.integer(3, 4), 5]), "only dilation"),
        # With a wide second layer, no two of the known mistakes give the same field.
        (stack([3, 1, 2, 1], [1, 3, 1, 2], kernels={1: 7}), "strides and dilation together"),
    ]:
        yield call(layers, expected=reference.receptive_field(layers), label=label)
    yield call([], expected=1, label="no layer: a pixel sees itself", share=0.5)


@check(
    "im2col",
    allows=("arrays", "activations"),
    where_to_look="Print the first row for an image filled with np.arange: which window is it?",
)
def im2col(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Small batches, each feature alone and all together."""
    for label, settings in _settings(draw):
        x, kernel, _ = _layer(draw, **settings, side=5)
        size = kernel.shape[:2]
        expected = reference.im2col(x, size, **settings)
        yield call(x, size, expected=expected, label=label, **settings)


@check(
    "conv2d_im2col",
    allows=("arrays", "activations"),
    slide=SLIDE_CONVOLUTION,
    where_to_look="If `im2col` is right, only the two reshapes and the bias are left.",
)
def conv2d_im2col(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The same cases as for `conv2d_forward`."""
    yield from _layer_cases(draw, reference.conv2d_im2col, reference)
