"""What the notebook a07_efficient/mobilenet requires.

The depthwise convolution is compared with Keras' and with one that goes pixel by pixel, its
gradients with central differences of the latter. Networks are compared by structure with the
solution's, whose parameters must be those of the ledger, and by what narrow versions of them
compute with given weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check, structure, transplant
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient
from solutions.architectures import Architecture

DECK = "CNN Benchmark Models"
SLIDE_DEPTHWISE = slides.cite(DECK, "Standard vs. Depthwise convolution")
SLIDE_SEPARABLE = slides.cite(DECK, "Depthwise Separable Convolution")
SLIDE_LIGHT = slides.cite(DECK, "Light CNN Models: MobileNet")
SLIDE_XCEPTION = slides.cite(DECK, "Xception (Inception v5)")
SLIDE_MOBILENET = slides.cite(DECK, "MobileNet")

Reference = SimpleNamespace


def _mobilenet(
    parameters: int,
    statistics: int,
    macs: int,
    alpha: float = 1.0,
    side: int = 224,
    classes: int = 1000,
    parameters_fact: str = "",
    macs_fact: str = "",
    application: str = "",
) -> Architecture:
    return Architecture(
        builder="mobilenet",
        args=(alpha, (side, side, 3), classes),
        parameters=parameters,
        statistics=statistics,
        macs=macs,
        parameters_fact=parameters_fact,
        macs_fact=macs_fact,
        application=application,
    )


ARCHITECTURES = {
    "1.0 MobileNet-224": _mobilenet(
        4_231_976,
        21_888,
        568_740_352,
        parameters_fact="F1094",
        macs_fact="F1093",
        application="MobileNet",
    ),
    "0.75 MobileNet-224": _mobilenet(2_585_560, 16_416, 325_400_448, 0.75, macs_fact="F1111"),
    "0.5 MobileNet-224": _mobilenet(1_331_592, 10_944, 149_497_088, 0.5, macs_fact="F1112"),
    "0.25 MobileNet-224": _mobilenet(470_072, 5_472, 41_030_272, 0.25, macs_fact="F1113"),
}


def filtered(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    """A depthwise convolution, pixel by pixel; what lies outside counts as nothing."""
    batch, height, width, channels = x.shape
    kernel_height, kernel_width, _ = w.shape
    y = np.zeros((batch, height, width, channels))
    for i, j in np.ndindex(height, width):
        for m, n in np.ndindex(kernel_height, kernel_width):
            row, column = i + m - kernel_height // 2, j + n - kernel_width // 2
            if 0 <= row < height and 0 <= column < width:
                y[:, i, j] += x[:, row, column] * w[m, n]
    return y


def _filtered_by(w: np.ndarray, x: np.ndarray) -> np.ndarray:
    return filtered(x, w)


def _keras_depthwise(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    from keras import ops

    return np.asarray(ops.depthwise_conv(x, w[..., np.newaxis], padding="same"))


def _depthwise_arrays(draw: Draw, kernel: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A batch and a kernel whose sizes are all different, where the kernel's are."""
    batch, channels = draw.different(2, 2, 3)
    height, width = draw.different(2, max(kernel), max(kernel) + 2)
    x = draw.rng.normal(size=(batch, height, width, channels))
    return x, draw.rng.normal(size=(*kernel, channels))


@check(
    "depthwise_forward",
    allows=("arrays", "activations"),
    slide=SLIDE_DEPTHWISE,
    where_to_look="Try it with one image and a kernel that is 1 in one place and 0 elsewhere: the "
    "maps must move by that much, and stay apart.",
)
def depthwise_forward(draw: Draw) -> Iterator[Case]:
    """Where one tap goes; square kernels by Keras; sides that differ; a kernel of one pixel."""
    x = draw.normal(1, 4, 5, 2)
    w = np.zeros((3, 3, 2))
    w[0, 2, 0], w[2, 1, 1] = 2.0, 3.0
    yield call(x, w, expected=filtered(x, w), label="one tap for each map, elsewhere 0", share=0.5)
    for kernel, label in [((3, 3), "3 × 3"), ((5, 5), "5 × 5")]:
        x, w = _depthwise_arrays(draw, kernel)
        yield call(x, w, expected=_keras_depthwise(x, w), label=f"{label}, compared with Keras")
    for kernel, label in [
        ((3, 5), "a kernel of 3 rows and 5 columns"),
        ((5, 1), "of 5 rows and 1"),
    ]:
        x, w = _depthwise_arrays(draw, kernel)
        yield call(x, w, expected=filtered(x, w), label=label)
    x, w = _depthwise_arrays(draw, (1, 1))
    yield call(x, w, expected=x * w[0, 0], label="a kernel of one pixel: a factor", share=0.5)


@check(
    "depthwise_backward",
    allows=("arrays", "activations"),
    slide=SLIDE_DEPTHWISE,
    where_to_look="Compare with `gradients.numerical_gradient` for one image, one map and a kernel "
    "of 3 × 3 first.",
)
def depthwise_backward(draw: Draw) -> Iterator[Case]:
    """One stamp by hand, then both gradients as central differences."""
    x, w = draw.rng.normal(size=(1, 4, 5, 2)), draw.rng.normal(size=(3, 3, 2))
    dout = np.zeros(x.shape)
    dout[0, 0, 2, 1] = 2.0
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    # The first row of the kernel lies outside.
    dx[0, 0:2, 1:4, 1] = 2 * w[1:, :, 1]
    dw[1:, :, 1] = 2 * x[0, 0:2, 1:4, 1]
    yield call(
        dout,
        x,
        w,
        expected=(dx, dw),
        names=("dx", "dw"),
        label="dout is 0 but for one value at the upper edge, which stamps the kernel into dx",
        share=0.5,
    )
    for kernel, label in [
        ((3, 3), "3 × 3"),
        ((3, 5), "a kernel of 3 rows and 5 columns"),
        ((5, 3), "a kernel of 5 rows and 3 columns"),
    ]:
        x, w = _depthwise_arrays(draw, kernel)
        dout = draw.rng.normal(size=x.shape)
        yield call(
            dout,
            x,
            w,
            expected=(
                numerical_gradient(partial(_filtered_by, w), x, dout),
                numerical_gradient(partial(filtered, x), w, dout),
            ),
            names=("dx", "dw"),
            label=label,
            rtol=1e-4,
            atol=1e-5,
        )


@check(
    "separable_costs",
    slide=SLIDE_SEPARABLE,
    where_to_look="Go through the table above the cell, row by row.",
)
def separable_costs(draw: Draw) -> Iterator[Case]:
    """The slide's four numbers, then sizes that are all different."""
    for fact_id, key in [
        ("F1025", "standard_weights"),
        ("F1026", "standard_macs"),
        ("F1027", "separable_weights"),
        ("F1028", "separable_macs"),
    ]:
        yield call(
            3,
            128,
            128,
            64,
            64,
            expected={key: slides.fact(fact_id).exact()},
            label=f"`{key}` of the slide's example ({fact_id})",
            share=0.5,
            rtol=0,
        )
    kernel = draw.integer(2, 5)
    before, after, height, width = draw.different(4, 10, 60)
    pixels, by_itself, mixing = height * width, kernel * kernel * before, before * after
    for expected in (
        {"standard_weights": by_itself * after, "standard_macs": by_itself * after * pixels},
        {"separable_weights": by_itself + mixing, "separable_macs": (by_itself + mixing) * pixels},
    ):
        kind = next(iter(expected)).split("_")[0]
        yield call(
            kernel,
            before,
            after,
            height,
            width,
            expected=expected,
            label=f"{kind}, other sizes",
            rtol=0,
        )
    yield call(
        kernel,
        before,
        after,
        height,
        width,
        expected={"ratio": (by_itself + mixing) / (by_itself * after)},
        label="`ratio`, other sizes",
        where_to_look="What is left of the last row divided by the first, when M and D_F cancel?",
    )


@check(
    "pair_as_standard",
    allows=("arrays", "activations"),
    slide=SLIDE_LIGHT,
    where_to_look="Which weights does an input pixel of map c meet on its way to output map f? "
    "Both are multiplied, and nothing is summed.",
)
def pair_as_standard(draw: Draw) -> Iterator[Case]:
    """Products of one weight of each; as many maps before as after; a single one."""
    for (before, after), label in [
        (draw.different(2, 2, 6), "more maps on one side"),
        ([4, 4], "as many maps after as before"),
        ([1, 3], "one map before"),
    ]:
        height, width = draw.shuffled([3, 5])
        depthwise = draw.rng.normal(size=(height, width, before))
        pointwise = draw.rng.normal(size=(before, after))
        expected = np.zeros((height, width, before, after))
        for m, n, c, f in np.ndindex(expected.shape):
            expected[m, n, c, f] = depthwise[m, n, c] * pointwise[c, f]
        yield call(depthwise, pointwise, expected=expected, label=label)


@check("pair_orders", slide=SLIDE_XCEPTION)
def pair_orders() -> Iterator[Case]:
    """Which is which, and that the order decides on how many maps the depthwise layer works."""
    for name, expected, where_to_look in [
        ("keras_layer", "A", "Print the weights of such a layer, and their shapes."),
        ("xception_drawing", "B", "Read the slide's words from left to right."),
        ("xception", "D", "Look at your `xception_block`: what comes before the pair, what after?"),
        ("mobilenet", "C", "Read the two lines at the beginning of section 3."),
        ("weights_a", 9 * 64 + 64 * 128, "How many maps does the 3 × 3 work on when it is first?"),
        ("weights_b", 64 * 128 + 9 * 128, "How many maps does the 3 × 3 work on when it is last?"),
    ]:
        yield answer(
            expected={name: expected},
            label=f"`{name}`",
            rtol=0,
            share=0.5 if name.startswith("weights") else 1.0,
            where_to_look=where_to_look,
        )


def _odd_and_even(draw: Draw) -> list[tuple[int, int]]:
    """Sizes of both sides: both even, where `same` with stride 2 is not symmetric, and one odd."""
    even = [2 * n for n in draw.different(2, 3, 7)]
    return [(even[0], even[1]), (even[0] + 1, even[1]), (even[1], even[0] + 3)]


@check(
    "separable_block",
    slide=SLIDE_SEPARABLE,
    where_to_look="Go through the two lines above the cell, from left to right.",
)
def separable_block(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both strides, more and fewer maps, even and odd sides; then outputs in both modes."""
    like = reference.as_model(reference.separable_block)
    channels, filters = sorted(draw.different(2, 3, 12))
    first, second, third = _odd_and_even(draw)
    for size, before, after, strides, label in [
        (first, channels, filters, 1, "stride 1, more maps"),
        (second, filters, channels, 2, "stride 2, fewer maps"),
        (first, channels, channels, 2, "stride 2, as many maps, even sides"),
    ]:
        yield structure((*size, before), after, strides, like=like, label=label)
    for size, strides, training, label in [
        (first, 2, False, "outputs with stride 2, even sides"),
        (third, 1, True, "outputs in training"),
    ]:
        batch, channels, filters = draw.different(3, 2, 6)
        yield transplant(
            (*size, channels),
            filters,
            strides,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, *size, channels),
            training=training,
            label=label,
        )


@check("wrong_row", slide=SLIDE_MOBILENET)
def wrong_row() -> Iterator[Case]:
    """E38, and what it would cost to believe the table."""
    stride = slides.fact("F1089").exact()
    lost = (7 * 7 - 4 * 4) * (9 * 1024 + 1024 * 1024)
    for name, expected, where_to_look in [
        (
            "row",
            18,
            "The output of a row is the input of the next one. Where does s2 change nothing?",
        ),
        ("stride", stride, "What does the input size of the next row say?"),
        (
            "macs_lost",
            lost,
            "Rows 18 and 19 put out 7 × 7 pixels each, or 4 × 4. Multiply the difference by the "
            "weights of both rows.",
        ),
    ]:
        yield answer(
            expected={name: expected}, label=f"`{name}`", rtol=0, where_to_look=where_to_look
        )


def _known_mobilenet(name: str, reference: Reference, *args: Any) -> Case:
    network = ARCHITECTURES[name]
    fact = network.parameters_fact or network.macs_fact
    return structure(
        *args,
        like=reference.mobilenet,
        parameters=network.all_parameters,
        label=f"{name} ({fact})",
        slide=slides.fact(fact).citation,
    )


@check(
    "mobilenet",
    forbids=("keras.applications",),
    slide=SLIDE_MOBILENET,
    where_to_look="Go through the table, row by row, with the summary of your network beside it.",
)
def mobilenet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The widest and a narrow network of the slides, other sizes; outputs of a tiny one."""
    yield _known_mobilenet("1.0 MobileNet-224", reference)  # As it comes, without an argument.
    alpha = draw.shuffled([75, 50, 25])[0] / 100
    yield _known_mobilenet(f"{alpha:g} MobileNet-224", reference, alpha)
    height, width = draw.different(2, 60, 99)
    channels, classes = draw.different(2, 2, 9)
    alpha = draw.integer(3, 15) / 32
    yield structure(
        alpha,
        (height, width, channels),
        classes,
        like=reference.mobilenet,
        label="another width, resolution and number of classes",
    )
    shape = (2 * draw.integer(18, 24), 2 * draw.integer(25, 30), 2)
    yield transplant(
        1 / 16,
        shape,
        draw.integer(4, 7),
        like=reference.mobilenet,
        rng=draw.rng,
        inputs=draw.normal(3, *shape),
        training=True,
        label="outputs of a narrow network, in training",
    )


@check(
    "arithmetic_intensity",
    where_to_look="Write down four numbers for each layer: multiply-adds, inputs, weights and "
    "outputs.",
)
def arithmetic_intensity(draw: Draw) -> Iterator[Case]:
    """One layer of MobileNet, then sizes that are all different."""
    kernel = draw.integer(2, 5)
    for sizes, label in [
        ((3, 128, 128, 56, 56), "rows 6 and 7 of MobileNet's table"),
        ((kernel, *draw.different(4, 10, 60)), "other sizes"),
    ]:
        side, before, after, height, width = sizes
        pixels = height * width
        for kind, weights, outputs in [
            ("standard", side * side * before * after, after),
            ("depthwise", side * side * before, before),
            ("pointwise", before * after, after),
        ]:
            moved = 4 * (pixels * before + weights + pixels * outputs)
            yield call(
                *sizes,
                expected={kind: pixels * weights / moved},
                label=f"{kind}, {label}",
                share=0.5 if label != "other sizes" else 1.0,
            )
