"""What the notebook a06_deeper/beyond_resnet requires.

Networks are compared by structure with the solution's, whose parameters must be those that are
declared, and by what narrow versions of them compute with given weights. Kernels that are brought
from one form to another are expected from their definition, value by value.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, call, check, structure, transplant
from course_lib import slides
from course_lib.checking import Case
from solutions.architectures import Architecture

SLIDE_SE = slides.cite("Lecture 9", "Improving ResNets: SENet")
SLIDE_WIDE = slides.cite("Lecture 9", "Improving ResNets: Wide Residual Networks")
SLIDE_RESNEXT = slides.cite("Lecture 9", "Improving ResNets: ResNeXt")
SLIDE_SUMMARY = slides.cite("CNN Benchmark Models", "Summary of Popular CNN Models")

Reference = SimpleNamespace
Options = dict[str, Any]

_SMALL = {"stem": "3x3", "classes": 10, "input_shape": (32, 32, 3)}
_BLOCKS_50, _BLOCKS_101 = (3, 4, 6, 3), (3, 4, 23, 3)


def _wide_resnet_50(names: SimpleNamespace) -> Any:
    """ResNet-50 with twice as many filters in the middle of its bottlenecks."""

    def block(x: Any, filters: int, strides: int, name: str) -> Any:
        return names.bottleneck_block(x, filters, strides, 2 * filters, name)

    return lambda: names.residual_network(block, _BLOCKS_50)


ARCHITECTURES = {
    "SE-ResNet-50": Architecture(
        builder="se_resnet",
        args=(_BLOCKS_50,),
        parameters=28_088_024,
        statistics=53_120,
        macs=4_091_699_200,
    ),
    "SE-ResNet-101": Architecture(
        builder="se_resnet",
        args=(_BLOCKS_101,),
        parameters=49_326_872,
        statistics=105_344,
        macs=7_806_148_608,
    ),
    "Wide-ResNet-50-2": Architecture(
        builder=_wide_resnet_50,
        parameters=68_883_240,
        statistics=68_224,
        macs=11_398_021_120,
    ),
    "WRN-16-4": Architecture(
        builder="wide_resnet",
        args=(16, 4),
        parameters=2_748_890,
        statistics=3_616,
        macs=392_612_352,
    ),
    "WRN-16-8": Architecture(
        builder="wide_resnet",
        args=(16, 8),
        parameters=10_961_370,
        statistics=7_200,
        macs=1_548_145_664,
    ),
    "WRN-22-8": Architecture(
        builder="wide_resnet",
        args=(22, 8),
        parameters=17_158_106,
        statistics=10_784,
        macs=2_454_115_328,
    ),
    "WRN-28-1": Architecture(
        builder="wide_resnet", args=(28, 1), parameters=369_498, statistics=1_824, macs=54_968_960
    ),
    "WRN-28-2": Architecture(
        builder="wide_resnet",
        args=(28, 2),
        parameters=1_467_610,
        statistics=3_616,
        macs=214_353_152,
    ),
    "WRN-28-10": Architecture(
        builder="wide_resnet",
        args=(28, 10),
        parameters=36_479_194,
        statistics=17_952,
        macs=5_243_328_768,
    ),
    "WRN-28-10 for CIFAR-100": Architecture(
        builder="wide_resnet",
        args=(28, 10),
        kwargs={"classes": 100},
        parameters=36_536_884,
        statistics=17_952,
        macs=5_243_386_368,
    ),
    "WRN-28-12": Architecture(
        builder="wide_resnet",
        args=(28, 12),
        parameters=52_517_850,
        statistics=21_536,
        macs=7_543_905_792,
    ),
    "WRN-40-1": Architecture(
        builder="wide_resnet", args=(40, 1), parameters=563_930, statistics=2_720, macs=83_280_512
    ),
    "WRN-40-2": Architecture(
        builder="wide_resnet",
        args=(40, 2),
        parameters=2_243_546,
        statistics=5_408,
        macs=327_599_360,
    ),
    "WRN-40-4": Architecture(
        builder="wide_resnet",
        args=(40, 4),
        parameters=8_949_210,
        statistics=10_784,
        macs=1_298_582_016,
    ),
    "WRN-40-8": Architecture(
        builder="wide_resnet",
        args=(40, 8),
        parameters=35_748_314,
        statistics=21_536,
        macs=5_172_024_320,
    ),
    "ResNeXt-50 32x4d": Architecture(
        builder="resnext",
        args=(_BLOCKS_50,),
        parameters=25_028_904,
        statistics=68_224,
        macs=4_230_479_872,
        parameters_fact="F1009",
        macs_fact="F1010",
    ),
    "ResNeXt-101 32x4d": Architecture(
        builder="resnext",
        args=(_BLOCKS_101,),
        parameters=44_177_704,
        statistics=137_856,
        macs=7_969_996_800,
        macs_fact="F1013",
    ),
    "SE-ResNeXt-50 32x4d": Architecture(
        builder="resnext",
        args=(_BLOCKS_50,),
        kwargs={"ratio": 16},
        parameters=27_559_896,
        statistics=68_224,
        macs=4_232_994_816,
    ),
    "ResNeXt-29 8x64d": Architecture(
        builder="resnext",
        args=((3, 3, 3), 8, 64),
        kwargs=_SMALL,
        parameters=34_426_698,
        statistics=57_472,
        macs=5_387_266_048,
    ),
    "ResNeXt-29 16x64d": Architecture(
        builder="resnext",
        args=((3, 3, 3), 16, 64),
        kwargs=_SMALL,
        parameters=68_155_210,
        statistics=100_480,
        macs=10_688_866_304,
    ),
}


def _undivided_channels(draw: Draw, ratio: int) -> int:
    """A number of channels that `ratio` does not divide, nearer to the larger quotient."""
    return ratio * draw.integer(3, 6) + ratio - 1


def _even_and_odd(draw: Draw, low: int, high: int) -> tuple[int, int]:
    """Height and width, one even and one odd."""
    height = 2 * draw.integer(low // 2, high // 2)
    return height, 2 * draw.integer(low // 2, high // 2) + 1


@check(
    "squeeze_excite",
    slide=SLIDE_SE,
    where_to_look="Mean of each map; C // r units with ReLU; C units with sigmoid; the product.",
)
def squeeze_excite(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The ratio of the paper, another one, one that leaves a rest; then what it computes."""
    like = reference.as_model(reference.squeeze_excite)
    height, width = draw.different(2, 5, 20)
    yield structure((height, width, 16 * draw.integer(3, 8)), like=like, label="the ratio 16")
    ratio = draw.integer(4, 7)
    yield structure(
        (height, width, _undivided_channels(draw, ratio)),
        ratio,
        like=like,
        label=f"the ratio {ratio}, which leaves a rest",
    )
    batch, height, width = draw.different(3, 3, 6)
    shape = (height, width, 3 * draw.integer(2, 4))
    yield transplant(
        shape,
        3,
        like=like,
        rng=draw.rng,
        inputs=draw.normal(batch, *shape),
        label="outputs with given weights",
    )


@check(
    "se_weights",
    slide=SLIDE_SE,
    where_to_look="Two matrices, from C to C // r and back; a bias for each unit of both layers.",
)
def se_weights(draw: Draw) -> Iterator[Case]:
    """The four stages of ResNet-50, without biases, and a ratio that leaves a rest."""
    for stage, expected in enumerate((8_464, 33_312, 132_160, 526_464)):
        yield call(
            256 * 2**stage, expected=expected, label=f"stage {stage + 1} of ResNet-50", rtol=0
        )
    for biases in (False, True):
        ratio = draw.integer(5, 9)
        channels = _undivided_channels(draw, ratio)
        units = channels // ratio
        expected = 2 * channels * units + (channels + units) * biases
        words = "with" if biases else "without"
        label = f"{channels} maps, r = {ratio}, {words} biases"
        yield call(channels, ratio, biases, expected=expected, label=label, rtol=0)


@check(
    "se_block",
    slide=SLIDE_SE,
    where_to_look="The branch with its last BN, then the gates, then the addition, then the ReLU.",
)
def se_block(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both kinds of shortcut; outputs in both modes."""
    like = reference.as_model(reference.se_block)
    height, width = _even_and_odd(draw, 8, 20)
    channels, filters = draw.different(2, 5, 12)
    yield structure((height, width, 64), 16, like=like, label="a block with an identity shortcut")
    yield structure(
        (height, width, channels),
        filters,
        2,
        4,
        like=like,
        label="the first block of a stage, r = 4",
    )
    for mode, label in [(False, "outputs"), (True, "outputs in training")]:
        batch, channels, filters = draw.different(3, 2, 5)
        height, width = _even_and_odd(draw, 6, 10)
        yield transplant(
            (height, width, channels if mode else 4 * filters),
            filters,
            2 if mode else 1,
            ratio=2,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, height, width, channels if mode else 4 * filters),
            training=mode,
            label=label,
        )


def _whole_network(
    name: str, reference: Reference, share: float = 1.0, slide: str = "", **options: Any
) -> Case:
    """A network of ARCHITECTURES as a whole; with options that leave its parameters as they are."""
    network = ARCHITECTURES[name]
    return structure(
        *network.args,
        like=getattr(reference, str(network.builder)),
        parameters=network.all_parameters,
        label=f"{name}: {network.parameters:,} parameters",
        share=share,
        slide=slide,
        **network.kwargs,
        **options,
    )


@check(
    "se_resnet",
    forbids=("keras.applications",),
    slide=SLIDE_SE,
    where_to_look="Only the block is another than in `residual_network(bottleneck_block, ...)`.",
)
def se_resnet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """SE-ResNet-50, other sizes, and what a narrow one computes."""
    yield _whole_network("SE-ResNet-50", reference)
    width, classes, channels = draw.different(3, 5, 9)
    blocks = tuple(draw.different(3, 1, 3))
    yield structure(
        blocks,
        8,
        width,
        classes,
        (96, 64, channels),
        like=reference.se_resnet,
        label="other stages and sizes, r = 8",
    )
    shape = (40, 48, 1)
    yield transplant(
        (1, 2, 1),
        2,
        width=draw.integer(2, 3),
        classes=draw.integer(4, 7),
        input_shape=shape,
        like=reference.se_resnet,
        rng=draw.rng,
        inputs=draw.normal(2, *shape),
        label="outputs of a narrow network",
    )


@check(
    "wide_block",
    slide=SLIDE_WIDE,
    where_to_look="Go through the table above the cell, line by line.",
)
def wide_block(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both shortcuts, for either reason; the rate; outputs in both modes."""
    like = reference.as_model(reference.wide_block)
    height, width = _even_and_odd(draw, 8, 20)
    channels, filters = draw.different(2, 3, 12)
    built: list[tuple[int, int, str]] = [
        (filters, 1, "a block with an identity shortcut"),
        (channels, 2, "the first block of a stage"),
        (filters, 2, "a stride with as many channels"),
        (channels, 1, "the very first block of a network"),
    ]
    for before, strides, label in built:
        rate = draw.integer(1, 9) / 20
        # The share that is dropped counts here, where elsewhere it does not.
        yield structure(
            (height, width, before),
            filters,
            strides,
            like=like,
            label=label,
            ignore=(),
            dropout=rate,
        )
    for mode in (False, True):
        batch, channels, filters = draw.different(3, 2, 6)
        height, width = _even_and_odd(draw, 6, 10)
        before = filters if mode else channels
        yield transplant(
            (height, width, before),
            filters,
            1 if mode else 2,
            dropout=0.0 if mode else 0.4,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, height, width, before),
            training=mode,
            label="outputs in training, with nothing dropped" if mode else "outputs",
        )


@check(
    "wide_resnet",
    forbids=("keras.applications",),
    slide=SLIDE_WIDE,
    where_to_look="Go through the table above the cell, line by line, with the summary of your "
    "network beside it.",
)
def wide_resnet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Two networks of the paper, other sizes, and what narrow ones compute."""
    yield _whole_network("WRN-16-4", reference, dropout=0.3)
    yield _whole_network("WRN-28-10", reference, dropout=0.3)
    like = reference.wide_resnet
    width, classes, channels = draw.different(3, 2, 9)
    height, wide = _even_and_odd(draw, 12, 20)
    yield structure(
        22,
        3,
        draw.integer(1, 9) / 20,
        classes,
        (height, wide, channels),
        width,
        like=like,
        ignore=(),
        label="WRN-22-3 with other sizes",
    )
    for depth, k, mode in [(10, 2, False), (10, 1, True)]:
        batch, width, classes = draw.different(3, 3, 6)
        height, wide = _even_and_odd(draw, 8, 14)
        yield transplant(
            depth,
            k,
            classes=classes,
            input_shape=(height, wide, 3),
            width=width,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, height, wide, 3),
            training=mode,
            label=f"outputs of a narrow WRN-{depth}-{k}{', in training' if mode else ''}",
        )


@check(
    "wide_growth",
    slide=SLIDE_WIDE,
    where_to_look="A convolution has K² · channels · filters weights: which of the two grow?",
)
def wide_growth(draw: Draw) -> Iterator[Case]:
    """One number a case, each for a k of its own."""
    powers = {
        "stem": 0,
        "first": 1,
        "second": 2,
        "norm": 1,
        "classifier": 1,
        "macs": 2,
        "values": 1,
    }
    # Twice as wide is what the slide's ledger has for a convolution.
    twice = slides.fact("F1194").computed()
    yield call(2, expected={"second": twice}, label="`second` for k = 2", rtol=0)
    for name, power in powers.items():
        k = draw.integer(3, 12)
        yield call(k, expected={name: k**power}, label=f"`{name}` for k = {k}", rtol=0)


@check(
    "full_kernel",
    slide=SLIDE_RESNEXT,
    where_to_look="Draw the matrix of channels and filters: a rectangle for each group, along the "
    "diagonal.",
)
def full_kernel(draw: Draw) -> Iterator[Case]:
    """Rectangles of either form, one group, and as many as channels."""
    many = draw.integer(4, 6)
    for groups, seen, made, label in [
        (3, 2, 4, "3 groups, more filters than channels"),
        (2, 5, 3, "2 groups, fewer filters than channels"),
        (1, 3, 4, "one group"),
        (many, 1, 1, f"{many} groups of one channel"),
    ]:
        height, width = draw.different(2, 1, 4)
        kernel = draw.normal(height, width, seen, groups * made)
        expected = np.zeros((height, width, groups * seen, groups * made), kernel.dtype)
        for channel in range(groups * seen):
            for made_by in range(groups * made):
                if channel // seen == made_by // made:
                    expected[:, :, channel, made_by] = kernel[:, :, channel % seen, made_by]
        share = 0.5 if groups in (1, many) else 1.0
        yield call(kernel, groups, expected=expected, label=label, share=share)


@check(
    "path_kernels",
    slide=SLIDE_RESNEXT,
    where_to_look="Path i reads what the i-th part of the first kernel makes. Which axis of each "
    "kernel is that?",
)
def path_kernels(draw: Draw) -> Iterator[Case]:
    """All sizes different; one path is the whole; paths of one channel."""
    for cardinality, d, label in [
        (3, 2, "3 paths of width 2"),
        (2, 4, "2 paths of width 4"),
        (1, 3, "one path"),
        (4, 1, "4 paths of width 1"),
    ]:
        channels, outputs = draw.different(2, 5, 8)
        middle = cardinality * d
        first, last = draw.normal(1, 1, channels, middle), draw.normal(1, 1, middle, outputs)
        grouped = draw.normal(3, 3, d, middle)
        expected = []
        for path in range(cardinality):
            own = list(range(path * d, path * d + d))
            expected.append((first.take(own, 3), grouped.take(own, 3), last.take(own, 2)))
        share = 0.5 if 1 in (cardinality, d) else 1.0
        yield call(first, grouped, last, cardinality, expected=expected, label=label, share=share)


def _path_weights(channels: int, cardinality: int, width: int) -> int:
    return cardinality * (channels * width + 9 * width * width + width * channels)


def _nearest_widths(channels: int, cardinality: int, middle: int) -> list[int]:
    """The widths that come nearest to the weights of a bottleneck: one, or two in a tie."""
    budget = _path_weights(channels, 1, middle)
    missed = {d: abs(_path_weights(channels, cardinality, d) - budget) for d in range(1, 200)}
    return [d for d, value in missed.items() if value == min(missed.values())]


@check(
    "same_budget",
    slide=SLIDE_RESNEXT,
    where_to_look="Count one path first. Then try widths, one after the other.",
)
def same_budget(draw: Draw) -> Iterator[Case]:
    """The table of the paper, one number a case; another block."""
    yield call(32, expected={"bottleneck": 69_632}, label="the bottleneck on 256 channels", rtol=0)
    yield call(
        32, expected={"resnext": 70_144}, label="32 paths of width 4 on 256 channels", rtol=0
    )
    for cardinality in (2, 4, 8, 32):
        (d,) = _nearest_widths(256, cardinality, 64)
        yield call(
            cardinality,
            expected={"group_width": d},
            label=f"the width of {cardinality} paths",
            share=0.5,
            rtol=0,
        )
    while True:
        channels, middle, cardinality = draw.integer(100, 400), draw.integer(40, 90), 3
        nearest = _nearest_widths(channels, cardinality, middle)
        if len(nearest) == 1:
            break
    yield call(
        cardinality,
        channels,
        middle,
        expected={
            "bottleneck": _path_weights(channels, 1, middle),
            "group_width": nearest[0],
            "resnext": _path_weights(channels, cardinality, nearest[0]),
        },
        label="another block",
        rtol=0,
    )


@check(
    "resnext_block",
    slide=SLIDE_RESNEXT,
    where_to_look="Go through the table above the cell, line by line.",
)
def resnext_block(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both kinds of shortcut, gates; outputs in both modes."""
    like = reference.as_model(reference.resnext_block)
    height, width = _even_and_odd(draw, 8, 20)
    channels, filters, group_width = draw.different(3, 5, 12)
    cardinality = draw.integer(2, 4)
    yield structure((height, width, 256), 64, like=like, label="32 paths of width 4")
    yield structure(
        (height, width, channels),
        filters,
        cardinality,
        2,
        group_width,
        like=like,
        label="the first block of a stage, other widths",
    )
    yield structure(
        (height, width, 4 * filters),
        filters,
        cardinality,
        1,
        group_width,
        4,
        like=like,
        label="a block with gates",
    )
    for mode in (False, True):
        batch, channels, filters = draw.different(3, 2, 5)
        height, width = _even_and_odd(draw, 6, 10)
        before = 4 * filters if mode else channels
        yield transplant(
            (height, width, before),
            filters,
            3,
            1 if mode else 2,
            2,
            2 if mode else None,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, height, width, before),
            training=mode,
            label="outputs with gates, in training" if mode else "outputs of a first block",
        )


@check(
    "resnext",
    forbids=("keras.applications",),
    slide=SLIDE_RESNEXT,
    where_to_look="The width of a path doubles with `filters`; the number of paths stays.",
)
def resnext(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The network of the slides, that for CIFAR, other sizes, and what a narrow one computes."""
    yield _whole_network("ResNeXt-50 32x4d", reference, slide=SLIDE_SUMMARY)
    yield _whole_network("ResNeXt-29 8x64d", reference)
    like = reference.resnext
    width, classes, channels = draw.different(3, 5, 9)
    blocks = tuple(draw.different(3, 1, 3))
    yield structure(
        blocks,
        draw.integer(2, 4),
        3,
        4,
        "3x3",
        width,
        classes,
        (24, 18, channels),
        like=like,
        label="other stages and sizes, with gates",
    )
    shape = (12, 14, 3)
    yield transplant(
        (1, 2),
        3,
        2,
        stem="3x3",
        width=draw.integer(3, 5),
        classes=draw.integer(4, 7),
        input_shape=shape,
        like=like,
        rng=draw.rng,
        inputs=draw.normal(2, *shape),
        label="outputs of a narrow network",
    )
