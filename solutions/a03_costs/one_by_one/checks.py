"""What the notebook a03_costs/one_by_one requires.

Printed examples come from the ledger; everything else has fresh sizes that are all different, so
that a number learned by heart or two axes exchanged do not pass. Models are judged twice: their
structure weightlessly, activations apart, and their outputs against plain NumPy, with weights
loaded by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check, raises, structure
from course_lib import slides
from course_lib.checking import Case

DECK = "Convolutional Neural Network"
SLIDE_ONE = slides.cite(DECK, "1x1 convolutions")
SLIDE_NEURON = slides.cite(DECK, "Down sample Feature Maps With 1x1 convolutions")
SLIDE_DECREASE = slides.cite(DECK, "Example of Decreasing Feature Maps")
SLIDE_NIN = slides.cite("Lecture 9", "Network in Network (NiN)")
SLIDE_RESNET = slides.cite("Lecture 9", "Case Study: ResNet")
SLIDE_GOOGLENET = slides.cite("Lecture 9", "Case Study: GoogLeNet")

# The example of the slides: number of 1 x 1 filters, fact with the total, slide.
SLIDE_MODELS = (
    (None, "F0366", "Examples of How to Use 1x1 Convolutions"),
    (512, "F0371", "Example of Projecting Feature Maps"),
    (64, "F0374", "Example of Decreasing Feature Maps"),
    (1024, "F0377", "Example of Increasing Feature Maps"),
)
INPUT, FIRST = (256, 256, 3), 512
MODULE_INPUT, MODULE_FILTERS, MODULE_REDUCTION = (28, 28, 256), (128, 192, 96), 64

# Sums of some hundred products of unit normals in single precision.
SUMS: dict[str, Any] = {"rtol": 1e-3, "atol": 1e-4}

Reference = SimpleNamespace
Weights = dict[str, list[np.ndarray]]


def _layer_parameters(side: int, channels: int, filters: int) -> int:
    return (side * side * channels + 1) * filters


# A network in plain NumPy: what the models must compute.


def _layer(draw: Draw, side: int, channels: int, filters: int) -> list[np.ndarray]:
    """Kernel and bias, scaled so that a deep network keeps its numbers near 1."""
    kernel = draw.normal(side, side, channels, filters) / np.float32(side * np.sqrt(channels))
    return [kernel, draw.bias(filters)]


def _convolved(x: np.ndarray, layer: list[np.ndarray]) -> np.ndarray:
    """Stride 1, `same` padding, ReLU."""
    kernel, bias = layer
    side, margin = kernel.shape[0], kernel.shape[0] // 2
    padded = np.pad(x.astype("float64"), ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (side, side), axis=(1, 2))
    return np.maximum(np.einsum("bijcmn,mncf->bijf", windows, kernel) + bias, 0)


def _pooled(x: np.ndarray) -> np.ndarray:
    """The largest value of each 3 x 3 window; what is outside the image does not count."""
    padded = np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    return windows.max(axis=(-2, -1))


def _outputs_cases(
    outputs: np.ndarray, weights: Weights, *args: Any, label: str, **options: Any
) -> Iterator[Case]:
    """One case each for the number of parameters and for the outputs."""
    parameters = sum(array.size for layer in weights.values() for array in layer)
    x, *rest = args
    for expected, what, share in [
        ({"parameters": parameters}, "parameters", 0.5),
        ({"outputs": outputs}, "outputs", 1.0),
    ]:
        yield call(
            x,
            weights,
            *rest,
            expected=expected,
            label=f"{what} of {label}",
            share=share,
            **SUMS,
            **options,
        )


@check(
    "conv1x1",
    allows=("arrays", "activations"),
    slide=SLIDE_ONE,
    where_to_look="Make the channels the columns of a matrix with one row for each pixel. The "
    "matrix of weights is `kernel[0, 0]`.",
)
def conv1x1(draw: Draw) -> Iterator[Case]:
    """The 6 x 6 image of the slides, then fewer, more and as many maps as channels."""
    doubled = np.array(slides.fact("F0360").computed(), dtype="float32")[
        np.newaxis, ..., np.newaxis
    ]
    two = np.full((1, 1, 1, 1), 2, dtype="float32")
    zero = np.zeros(1, dtype="float32")
    label = "the 6 × 6 image of the slides and the filter [2]"
    yield call(doubled / 2, two, zero, expected=doubled, label=label)

    low, middle, high = sorted(draw.different(3, 6, 9))
    for channels, filters, label in [
        (high, middle, "fewer maps than channels"),
        (low, high, "more maps than channels"),
        (middle, middle, "as many maps as channels"),
    ]:
        batch, height, width = draw.different(3, 2, 5)
        x, kernel = draw.normal(batch, height, width, channels), draw.normal(channels, filters)
        bias = draw.bias(filters)
        yield call(
            x,
            kernel[np.newaxis, np.newaxis],
            bias,
            expected=np.einsum("bijc,cf->bijf", x, kernel) + bias,
            label=label,
            **SUMS,
        )


@check(
    "convert_kernel",
    slide=SLIDE_NEURON,
    where_to_look="No weight changes its place among the others; only two axes of length 1 come "
    "or go.",
)
def convert_kernel(draw: Draw) -> Iterator[Case]:
    """Both directions, and a kernel that sees more than one pixel."""
    channels, units, side = draw.different(3, 3, 8)
    matrix = draw.normal(channels, units)
    four = matrix.reshape(1, 1, channels, units)
    yield call(matrix, expected=four, label="from a dense layer to a convolution")
    yield call(four, expected=matrix, label="from a convolution to a dense layer")
    for shape, label in [
        ((side, side, channels, units), "a larger kernel is refused"),
        ((1, side, channels, units), "a kernel of one row and several columns is refused"),
    ]:
        yield raises(draw.normal(*shape), label=label, share=0.5)


def _slide_parameters(maps: int | None, first: int, channels: int) -> int:
    second = 0 if maps is None else _layer_parameters(1, first, maps)
    return _layer_parameters(3, channels, first) + second


@check(
    "slide_model",
)
def slide_model(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The four printed summaries, then other sizes."""
    for maps, fact_id, heading in SLIDE_MODELS:
        yield structure(
            *([] if maps is None else [maps]),
            like=reference.slide_model,
            parameters=slides.fact(fact_id).computed(),
            activations=False,
            label="without 1 × 1 filters" if maps is None else f"{maps:,} filters of 1 × 1",
            slide=slides.cite(DECK, heading),
        )
    maps, first = draw.different(2, 20, 90)
    height, width = draw.different(2, 10, 40)
    yield structure(
        maps,
        first,
        (height, width, 5),
        like=reference.slide_model,
        parameters=_slide_parameters(maps, first, 5),
        activations=False,
        label="other sizes",
        slide=slides.cite(DECK, "Example of Projecting Feature Maps"),
    )


@check(
    "slide_model_outputs",
    slide=slides.cite(DECK, "Example of Projecting Feature Maps"),
    where_to_look='Both layers have `activation="relu"`, and the first one `padding="same"`.',
)
def slide_model_outputs(draw: Draw) -> Iterator[Case]:
    """Small models, without and with the second layer."""
    for with_maps, label in [(False, "the 3 × 3 layer alone"), (True, "both layers")]:
        batch, maps, channels, height, first, width = draw.different(6, 2, 8)
        x = draw.normal(batch, height, width, channels)
        weights = {"conv2d_1": _layer(draw, 3, channels, first)}
        outputs = _convolved(x, weights["conv2d_1"])
        if with_maps:
            weights["conv2d_2"] = _layer(draw, 1, first, maps)
            outputs = _convolved(outputs, weights["conv2d_2"])
        chosen = maps if with_maps else None
        shape = (height, width, channels)
        yield from _outputs_cases(outputs, weights, x, chosen, first, shape, label=label)


@check("seven_by_seven", slide=SLIDE_DECREASE)
def seven_by_seven() -> Iterator[Case]:
    """Three parameter counts, predicted."""
    for name, fact_id, label, where_to_look in [
        ("direct", "F0379", "7 × 7 on 512 maps", "One filter has 7 × 7 × 512 weights and a bias."),
        (
            "after_reduction",
            "F0380",
            "7 × 7 on 64 maps",
            "One filter has 7 × 7 weights for each of the 64 maps, and a bias.",
        ),
        (
            "reduction",
            "F0372",
            "1 × 1 from 512 to 64 maps",
            "One filter has a single weight for each of the 512 maps, and a bias.",
        ),
    ]:
        expected = {name: slides.fact(fact_id).computed()}
        yield answer(expected=expected, label=label, rtol=0, where_to_look=where_to_look)


@check(
    "mlpconv",
    slide=SLIDE_NIN,
    where_to_look="Three convolutions with ReLU, and only the first one sees more than one pixel.",
)
def mlpconv(draw: Draw) -> Iterator[Case]:
    """Three numbers of filters that are all different; both kernel sizes."""
    for side, label in [(3, "a block of 3 × 3"), (5, "a block of 5 × 5")]:
        batch, height, width, channels = draw.different(4, 2, 6)
        wide, hidden, last = draw.different(3, 4, 9)
        x = draw.normal(batch, height, width, channels)
        weights = {
            "conv": _layer(draw, side, channels, wide),
            "mlp_1": _layer(draw, 1, wide, hidden),
            "mlp_2": _layer(draw, 1, hidden, last),
        }
        outputs = x
        for layer in weights.values():
            outputs = _convolved(outputs, layer)
        shape, filters = (height, width, channels), (wide, hidden, last)
        options = {} if side == 3 else {"kernel_size": side}
        yield from _outputs_cases(outputs, weights, x, shape, filters, label=label, **options)


def _stack_cost(pixels: int, layers: list[tuple[int, int, int]]) -> dict[str, int]:
    """Layers as (side, maps before, maps after)."""
    return {
        "parameters": sum(_layer_parameters(*layer) for layer in layers),
        "macs": sum(pixels * side * side * before * after for side, before, after in layers),
    }


@check("bottleneck_costs", slide=SLIDE_RESNET)
def bottleneck_costs(draw: Draw) -> Iterator[Case]:
    """The bottleneck of ResNet, then fresh sizes, one number a case."""
    yield call(
        28,
        28,
        256,
        256,
        3,
        64,
        expected={"bottleneck": {"macs": slides.fact("F0752").computed()}},
        label="multiply-adds of ResNet's bottleneck",
        rtol=0,
        where_to_look="Three layers: 1 × 1 from 256 to 64, 3 × 3 from 64 to 64, 1 × 1 from 64 to "
        "256.",
    )
    for side in (3, 5):
        height, width, channels, filters, narrow = draw.different(5, 11, 60)
        sizes = (height, width, channels, filters, side, narrow)
        layers = {
            "direct": [(side, channels, filters)],
            "bottleneck": [(1, channels, narrow), (side, narrow, narrow), (1, narrow, filters)],
        }
        for design, stack in layers.items():
            for what, number in _stack_cost(height * width, stack).items():
                yield call(
                    *sizes,
                    expected={design: {what: number}},
                    label=f"{what} of the {design} design, {side} × {side}".replace(
                        "macs", "multiply-adds"
                    ),
                    rtol=0,
                    where_to_look="Add up the layers of the design, one formula for each.",
                )


def _largest_saving(channels: int, filters: int, side: int) -> int:
    """Tried out from the largest possible width down."""
    direct = side**2 * channels * filters
    for narrow in range(max(channels, filters) * side + 1, 0, -1):
        if narrow * (channels + filters) + (side * narrow) ** 2 < direct:
            return narrow
    return 0


def _ties() -> list[tuple[int, int, int]]:
    """Channels, filters and kernel for which some width needs exactly as much."""
    return [
        (channels, filters, side)
        for side in (2, 3)
        for channels in range(4, 40)
        for filters in range(channels + 1, 40)
        if any(
            narrow * (channels + filters) + (side * narrow) ** 2 == side**2 * channels * filters
            for narrow in range(1, 60)
        )
    ]


@check(
    "break_even_width",
    slide=SLIDE_RESNET,
    where_to_look="Compute both costs at your width and at the next one: the bottleneck must be "
    "cheaper at the first and not at the second.",
)
def break_even_width(draw: Draw) -> Iterator[Case]:
    """Round sizes, fresh sizes, and the two ends of the definition."""
    sizes = [((128, 256, 3), "128 maps in, 256 out, 3 × 3", 1.0)]
    for side in (3, 5):
        # Far apart, so that leaving out the one 1 x 1 layer differs from leaving out the other.
        channels, filters = draw.rng.permutation(
            [draw.integer(40, 80), draw.integer(140, 200)]
        ).tolist()
        sizes.append(((channels, filters, side), f"other sizes, {side} × {side}", 1.0))
    channels, filters = draw.integer(140, 200), draw.integer(40, 80)
    ties = _ties()
    sizes.append(((channels, filters, 1), "in place of a 1 × 1 convolution", 1.0))
    sizes.append((ties[draw.integer(0, len(ties) - 1)], "exactly as much is not fewer", 0.5))
    sizes.append(((1, 1, 1), "nothing to save", 0.5))
    for arguments, label, share in sizes:
        expected = _largest_saving(*arguments)
        yield call(*arguments, expected=expected, label=label, share=share, rtol=0)


def _module_branches(
    channels: int, filters: tuple[int, int, int], reduction: int | None
) -> dict[str, list[tuple[str, int, int, int]]]:
    """For each branch its convolutions: name, side, maps before and after."""
    ones, threes, fives = filters
    if reduction is None:
        return {
            "1x1": [("conv_1x1", 1, channels, ones)],
            "3x3": [("conv_3x3", 3, channels, threes)],
            "5x5": [("conv_5x5", 5, channels, fives)],
            "pool": [],
        }
    return {
        "1x1": [("conv_1x1", 1, channels, ones)],
        "3x3": [("reduce_3x3", 1, channels, reduction), ("conv_3x3", 3, reduction, threes)],
        "5x5": [("reduce_5x5", 1, channels, reduction), ("conv_5x5", 5, reduction, fives)],
        "pool": [("project_pool", 1, channels, reduction)],
    }


def _fresh_module(draw: Draw, low: int, high: int) -> tuple[Any, Any, int]:
    """Input shape, filters and reduction, no two sizes equal."""
    reduction, *rest = sorted(draw.different(7, low, high))
    rest = draw.shuffled(rest)
    return tuple(rest[:3]), tuple(rest[3:]), reduction


@check(
    "inception_macs",
    slide=SLIDE_GOOGLENET,
    where_to_look="Write down the layers of the branch with the maps before and after each, and "
    "add up height × width × side² × maps before × maps after.",
)
def inception_macs(draw: Draw) -> Iterator[Case]:
    """The two totals of the slides, then every branch with fresh sizes."""
    for reduction, fact_id, label in [
        (None, "F0733", "the naive module of the slide"),
        (MODULE_REDUCTION, "F0740", "the module of the slide with reductions"),
    ]:
        yield call(
            *MODULE_INPUT,
            MODULE_FILTERS,
            *([] if reduction is None else [reduction]),
            expected={"total": int(slides.fact(fact_id).exact())},
            label=label,
            rtol=0,
        )
    for naive in (True, False):
        (height, width, channels), filters, reduction = _fresh_module(draw, 12, 60)
        chosen = None if naive else reduction
        macs = {
            branch: sum(height * width * s * s * before * after for _, s, before, after in layers)
            for branch, layers in _module_branches(channels, filters, chosen).items()
        }
        for name, number in {**macs, "total": sum(macs.values())}.items():
            yield call(
                height,
                width,
                channels,
                filters,
                chosen,
                expected={name: number},
                label=f"{name}, {'naive' if naive else 'with reductions'}",
                share=0.5,
                rtol=0,
            )


@check("inception_module", slide=SLIDE_GOOGLENET)
def inception_module(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both modules of the slides, and both with fresh sizes."""
    shape, filters, reduction = _fresh_module(draw, 12, 60)
    for arguments, label in [
        ((MODULE_INPUT, MODULE_FILTERS, None), "the naive module of the slide"),
        ((MODULE_INPUT, MODULE_FILTERS, MODULE_REDUCTION), "the module with reductions"),
        ((shape, filters, None), "a naive module of other sizes"),
        ((shape, filters, reduction), "a module with reductions of other sizes"),
    ]:
        (_, _, channels), maps, reduced = arguments
        branches = _module_branches(channels, maps, reduced).values()
        yield structure(
            *arguments,
            like=reference.inception_module,
            parameters=sum(_layer_parameters(*sizes) for rows in branches for _, *sizes in rows),
            activations=False,
            label=label,
        )


@check(
    "inception_outputs",
    slide=SLIDE_GOOGLENET,
    where_to_look="Follow one branch of the table after the other. The maps come out in the order "
    "1 × 1, 3 × 3, 5 × 5, pool.",
)
def inception_outputs(draw: Draw) -> Iterator[Case]:
    """Small modules against plain NumPy."""
    for naive in (True, False):
        (height, width, channels), filters, reduction = _fresh_module(draw, 2, 8)
        chosen = None if naive else reduction
        batch = 2
        # Negative inputs alone tell a pool that ignores the border from one that pads with zeros.
        x = draw.normal(batch, height, width, channels) - 1
        branches = _module_branches(channels, filters, chosen)
        weights = {
            name: _layer(draw, *sizes) for layers in branches.values() for name, *sizes in layers
        }
        maps = []
        for branch, layers in branches.items():
            found = _pooled(x) if branch == "pool" else x
            for name, *_ in layers:
                found = _convolved(found, weights[name])
            maps.append(found)
        yield from _outputs_cases(
            np.concatenate(maps, axis=-1),
            weights,
            x,
            (height, width, channels),
            filters,
            chosen,
            label="the naive module" if naive else "the module with reductions",
        )


@check("reduction_widths", slide=SLIDE_GOOGLENET)
def reduction_widths(reference: Reference) -> Iterator[Case]:
    """How wide the reductions may be for the printed total, and for any saving at all."""
    naive = slides.fact("F0733").exact()
    printed = float(slides.fact("F0740").printed) * 1e6

    def needs(width: int) -> int:
        return int(reference.inception_macs(*MODULE_INPUT, MODULE_FILTERS, width)["total"])

    widths = range(1, MODULE_INPUT[2] + 1)
    yield answer(
        expected={"at_most_358": max(n for n in widths if needs(n) <= printed)},
        label="the largest n for no more than 358 million",
        rtol=0,
        where_to_look="n = 64 needs 271 million. Try larger ones in a loop.",
    )
    yield answer(
        expected={"still_saves": max(n for n in widths if needs(n) < naive)},
        label="the largest n that still saves",
        rtol=0,
        where_to_look="Compare with the naive module: `inception_macs` without a reduction.",
    )
