"""The decks' worked examples: feature maps, pooling, statistics shapes, one-hot vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.slides._value import Value, show
from course_lib.slides.computations._registry import computation

Array = np.ndarray[Any, np.dtype[Any]]

IMAGE_6 = np.array(
    [
        [1, 0, 0, 0, 0, 1],
        [0, 1, 0, 0, 1, 0],
        [0, 0, 1, 1, 0, 0],
        [1, 0, 0, 0, 1, 0],
        [0, 1, 0, 0, 1, 0],
        [0, 0, 1, 0, 1, 0],
    ]
)
FILTERS = {
    1: np.array([[1, -1, -1], [-1, 1, -1], [-1, -1, 1]]),
    2: np.array([[-1, 1, -1], [-1, 1, -1], [-1, 1, -1]]),
}
IMAGE_5 = np.array(
    [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
)
FILTER_5 = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
POOLING_4 = np.array([[2, 2, 4, 4], [2, 4, 8, 4], [4, 4, 4, 1], [6, 10, 3, 4]])
# The usual 4x4 example of courses; the deck's own input did not survive the scan.
POOLING_USUAL = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])
ONE_BY_ONE_6 = np.array(
    [
        [1, 2, 3, 6, 5, 8],
        [3, 5, 5, 1, 3, 4],
        [2, 1, 3, 4, 9, 3],
        [4, 7, 8, 5, 7, 9],
        [1, 5, 3, 7, 4, 8],
        [5, 4, 9, 8, 3, 5],
    ]
)
FLATTEN_3 = np.arange(1, 10).reshape(3, 3)

# Axes that each normalization averages over, and those its scale and shift have.
_REDUCED = {
    "batch": {"nd": "N", "nchw": "NHW"},
    "layer": {"nd": "D"},
    "instance": {"nchw": "HW"},
}
_LEARNED = {"nd": "D", "nchw": "C"}


def correlate(image: Array, kernel: Array, stride: int = 1) -> Array:
    """Returns the valid cross-correlation, which deep learning calls convolution."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    result: Array = np.einsum("ijkl,kl->ij", windows, kernel)
    return result[::stride, ::stride]


def max_pool(image: Array, size: int = 2) -> Array:
    """Returns non-overlapping maxima."""
    result: Array = _cells(image, size).max(axis=(1, 3))
    return result


def _cells(image: Array, size: int) -> Array:
    height, width = image.shape
    return image.reshape(height // size, size, width // size, size)


def _nested(array: Array) -> tuple[Any, ...]:
    return tuple(tuple(row) if isinstance(row, list) else row for row in array.tolist())


@computation
def image_shape() -> Value:
    """Height and width of the 6x6 image."""
    return Value(tuple(IMAGE_6.shape), "rows, columns")


@computation
def feature_map(number: int, stride: int = 1) -> Value:
    """Feature map of one of the two filters on the 6x6 image."""
    kernel = FILTERS[number]
    corner = IMAGE_6[:3, :3]
    terms = " + ".join(
        f"{show(int(k))}" for k, x in zip(kernel.flat, corner.flat, strict=True) if x
    )
    return Value(
        _nested(correlate(IMAGE_6, kernel, stride)),
        f"3x3 filter slid with stride {stride}; first value {terms}",
    )


@computation
def pooled_feature_map(number: int) -> Value:
    """The same, max pooled 2x2."""
    return Value(_nested(max_pool(correlate(IMAGE_6, FILTERS[number]))), "maximum of 2x2 cells")


@computation
def convolved_5x5() -> Value:
    """The 5x5 example with its symmetric filter."""
    return Value(_nested(correlate(IMAGE_5, FILTER_5)), "sum of the five marked pixels")


@computation
def convolved_1d() -> Value:
    """A full one-dimensional convolution."""
    return Value(tuple(np.convolve([1, 2, 3], [1, 1]).tolist()), "[1, 2, 3] * [1, 1]")


@computation
def scaled_6x6() -> Value:
    """The 6x6 matrix under a 1x1 filter of weight 2."""
    return Value(_nested(ONE_BY_ONE_6 * 2), "every entry times 2")


@computation
def flattened() -> Value:
    """The 3x3 map as a vector, row by row."""
    return Value(tuple(FLATTEN_3.flatten().tolist()), "row by row")


@computation
def usual_max_pool() -> Value:
    """Max pooling of the usual 4x4 example."""
    return Value(_nested(max_pool(POOLING_USUAL)), "maximum of 2x2 cells")


@computation
def pooled_cell(kind: str, row: int, column: int) -> Value:
    """One cell of 2x2 pooling on the 4x4 example: `max`, `mean`, or `l2` (root mean square)."""
    cell = POOLING_4[2 * row : 2 * row + 2, 2 * column : 2 * column + 2].flatten().tolist()
    numbers = ", ".join(map(str, cell))
    if kind == "max":
        return Value(max(cell), f"max({numbers})")
    if kind == "mean":
        return Value(sum(cell) / 4, f"({' + '.join(map(str, cell))})/4")
    squares = " + ".join(f"{x}²" for x in cell)
    return Value(float(np.sqrt(np.mean(np.square(cell)))), f"√(({squares})/4)")


@computation
def statistics_shape(kind: str, layout: str) -> Value:
    """Shape of the mean and variance of a normalization; averaged axes become 1."""
    axes = layout.upper()
    reduced = _REDUCED[kind][layout]
    return Value(
        tuple("1" if axis in reduced else axis for axis in axes),
        f"average over {', '.join(reduced)}",
    )


@computation
def scale_shape(layout: str) -> Value:
    """Shape of a normalization's scale and shift: one for each channel or feature."""
    kept = _LEARNED[layout]
    return Value(
        tuple(axis if axis == kept else "1" for axis in layout.upper()), f"one for each {kept}"
    )


@computation
def letters(word: str) -> Value:
    """Distinct letters of a training word."""
    distinct = list(dict.fromkeys(word))
    return Value(len(distinct), "{" + ", ".join(distinct) + "}")


@computation
def next_letter_pairs(word: str) -> Value:
    """Inputs and targets of a next-letter model."""
    return Value(f"{word[:-1]} -> {word[1:]}", f"{word} without its last, and its first, letter")


@computation
def one_hot(word: str, position: int) -> Value:
    """One-hot vector of a letter, in the order of first appearance."""
    order = list(dict.fromkeys(word))
    letter = word[position - 1]
    return Value(
        tuple(int(letter == other) for other in order),
        f"letter {position} of {word} is {letter}; order {', '.join(order)}",
    )


@computation
def crops(corners: int, centers: int, flips: int, scales: int = 1) -> Value:
    """Crops of multi-crop testing."""
    formula = f"({corners} + {centers})·{flips}" + (f"·{scales}" if scales > 1 else "")
    return Value((corners + centers) * flips * scales, formula)


# What the controller may choose from, in the deck's order.
NASNET_OPERATIONS = (
    "identity",
    "1x3 then 3x1 convolution",
    "1x7 then 7x1 convolution",
    "3x3 dilated convolution",
    "3x3 average pooling",
    "3x3 max pooling",
    "5x5 max pooling",
    "7x7 max pooling",
    "1x1 convolution",
    "3x3 convolution",
    "5x5 depthwise-separable convolution",
    "7x7 depthwise-separable convolution",
)


@computation
def candidate_operations() -> Value:
    """Operations that the search may choose from."""
    return Value(len(NASNET_OPERATIONS), "the listed operations, counted")
