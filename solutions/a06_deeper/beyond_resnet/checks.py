"""What the notebook a06_deeper/beyond_resnet requires.

Networks are compared by structure with the solution's, whose parameters must be those that are
declared, and by what narrow versions of them compute with given weights. Kernels that are brought
from one form to another are expected from their definition, value by value; numbers are asked
exactly. Widths within a budget are searched for here by bisection, on blueprints, and the front of
the comparison is found by definition, from points that were drawn so that every rule shows itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check, raises, structure, transplant
from course_lib import costs, slides
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


SLIDE_DENSE = slides.cite("Lecture 9", "Other ideas: Densely Connected Networks")
SLIDE_REUSE = slides.cite("CNN Benchmark Models", "DenseNet")
SLIDE_FRACTAL = slides.cite("Lecture 9", "Other ideas: FractalNet")


_BC = {"bottleneck": True, "compression": 0.5}
_IMAGENET = {**_BC, "growth": 32, "width": 64, "large_stem": True, "classes": 1000} | {
    "input_shape": (224, 224, 3)
}

ARCHITECTURES |= {
    "DenseNet L=40 k=12": Architecture(
        builder="densenet",
        kwargs={"blocks": (12, 12, 12), "growth": 12},
        parameters=1_019_722,
        statistics=18_096,
        macs=264_812_928,
    ),
    "DenseNet L=100 k=12": Architecture(
        builder="densenet",
        kwargs={"blocks": (32, 32, 32), "growth": 12},
        parameters=6_979_642,
        statistics=117_216,
        macs=1_769_516_448,
    ),
    "DenseNet L=100 k=24": Architecture(
        builder="densenet",
        kwargs={"blocks": (32, 32, 32), "growth": 24},
        parameters=27_249_082,
        statistics=231_264,
        macs=6_889_347_744,
    ),
    "DenseNet-BC L=100 k=12": Architecture(
        builder="densenet",
        kwargs={"blocks": (16, 16, 16), "growth": 12, "width": 24, **_BC},
        parameters=769_162,
        statistics=23_988,
        macs=287_929_692,
    ),
    "DenseNet-BC L=250 k=24": Architecture(
        builder="densenet",
        kwargs={"blocks": (41, 41, 41), "growth": 24, "width": 48, **_BC},
        parameters=15_324_406,
        statistics=257_976,
        macs=5_418_785_724,
    ),
    "DenseNet-BC L=190 k=40": Architecture(
        builder="densenet",
        kwargs={"blocks": (31, 31, 31), "growth": 40, "width": 80, **_BC},
        parameters=25_624_430,
        statistics=256_960,
        macs=9_301_945_740,
    ),
    "DenseNet-121": Architecture(
        builder="densenet",
        kwargs={"blocks": (6, 12, 24, 16), **_IMAGENET},
        parameters=7_978_856,
        statistics=83_648,
        macs=2_834_161_664,
        application="DenseNet121",
    ),
    "DenseNet-169": Architecture(
        builder="densenet",
        kwargs={"blocks": (6, 12, 32, 32), **_IMAGENET},
        parameters=14_149_480,
        statistics=158_400,
        macs=3_359_843_328,
        application="DenseNet169",
    ),
    "DenseNet-201": Architecture(
        builder="densenet",
        kwargs={"blocks": (6, 12, 48, 32), **_IMAGENET},
        parameters=20_013_928,
        statistics=229_056,
        macs=4_291_365_888,
        application="DenseNet201",
    ),
    "PyramidNet-110, alpha 48": Architecture(
        builder="pyramidnet",
        args=(110, 48),
        parameters=1_772_706,
        statistics=13_168,
        macs=403_813_504,
        parameters_fact="F1015",
    ),
    "PyramidNet-110, alpha 84": Architecture(
        builder="pyramidnet",
        args=(110, 84),
        parameters=3_904_446,
        statistics=19_108,
        macs=772_168_168,
        parameters_fact="F1017",
    ),
    "PyramidNet-110, alpha 270": Architecture(
        builder="pyramidnet",
        args=(110, 270),
        parameters=28_485_477,
        statistics=49_798,
        macs=4_717_983_724,
        parameters_fact="F1019",
    ),
    "PyramidNet-164, alpha 270": Architecture(
        builder="pyramidnet",
        args=(164, 270, True),
        parameters=27_216_021,
        statistics=165_844,
        macs=4_569_837_040,
        parameters_fact="F1021",
    ),
}


def _sides(draw: Draw, low: int, high: int) -> tuple[int, int]:
    """An even height and an odd width, or the other way round."""
    even = 2 * draw.integer((low + 1) // 2, high // 2)
    odd = 2 * draw.integer(low // 2, (high - 1) // 2) + 1
    return (even, odd) if draw.rng.integers(2) else (odd, even)


def _whole(name: str, like: Any, share: float = 1.0) -> Case:
    """A network of its published size."""
    network = ARCHITECTURES[name]
    return structure(
        *network.args,
        like=like,
        parameters=network.all_parameters,
        label=name,
        share=share,
        **network.kwargs,
    )


@check(
    "dense_block",
    slide=SLIDE_DENSE,
    where_to_look="BN, ReLU, convolution, and then the concatenation, with the input first.",
)
def dense_block(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both kinds of layers, by structure and by what they compute."""
    like = reference.as_model(reference.dense_block)
    for bottleneck in (False, True):
        kind = "with bottlenecks" if bottleneck else "of plain layers"
        height, width = _sides(draw, 8, 30)
        channels, growth, count = draw.different(3, 2, 12)
        yield structure(
            (height, width, channels),
            count,
            growth,
            bottleneck,
            like=like,
            label=f"a block {kind}",
        )
        batch, channels, growth = draw.different(3, 2, 5)
        height, width = _sides(draw, 5, 10)
        yield transplant(
            (height, width, channels),
            3,
            growth,
            bottleneck,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, height, width, channels),
            training=bottleneck,
            label=f"outputs of a block {kind}{', in training' if bottleneck else ''}",
        )


@check(
    "dense_transition",
    slide=SLIDE_DENSE,
    where_to_look="BN, ReLU, 1 × 1 convolution, average pooling: in this order.",
)
def dense_transition(draw: Draw, reference: Reference) -> Iterator[Case]:
    """With and without compression, odd sizes and odd numbers of channels; outputs."""
    like = reference.as_model(reference.transition)
    for compression in (1.0, 0.5):
        height, width = _sides(draw, 8, 30)
        channels = 2 * draw.integer(4, 12) + 1
        yield structure(
            (height, width, channels),
            compression,
            like=like,
            label=f"{channels} channels, compression {compression}",
        )
    batch, channels = draw.different(2, 3, 7)
    height, width = _sides(draw, 5, 10)
    yield transplant(
        (height, width, channels),
        0.75,
        like=like,
        rng=draw.rng,
        inputs=draw.normal(batch, height, width, channels),
        label="outputs of a transition",
    )


def _narrow_densenets(draw: Draw, reference: Reference) -> Iterator[Case]:
    like = reference.densenet
    *blocks, growth, width = draw.different(5, 2, 7)
    classes, channels = draw.different(2, 2, 9)
    yield structure(
        tuple(blocks),
        growth,
        True,
        0.5,
        True,
        width,
        classes,
        (64, 96, channels),
        like=like,
        label="other blocks and sizes, with the large stem",
    )
    yield structure(
        (blocks[0],),
        growth,
        width=width,
        classes=classes,
        input_shape=(*_sides(draw, 8, 20), channels),
        like=like,
        label="a network of one block",
        share=0.5,
    )
    small: Options = {"bottleneck": True, "compression": 0.5}
    large: Options = {"large_stem": True}
    for options, shape, training, label in [
        (small, (*_sides(draw, 8, 14), 3), False, "with the small stem"),
        (large, (24, 32, 3), True, "with the large stem, in training"),
    ]:
        batch, growth, width, classes = draw.different(4, 2, 6)
        yield transplant(
            (2, 1),
            growth,
            **options,
            width=width,
            classes=classes,
            input_shape=shape,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, *shape),
            training=training,
            label=f"outputs of a narrow network {label}",
        )


def _densenet_public(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Without the 121 layers, whose graph is large and says nothing new."""
    yield _whole("DenseNet L=40 k=12", reference.densenet)
    yield from _narrow_densenets(draw, reference)


@check(
    "densenet",
    forbids=("keras.applications",),
    slide=SLIDE_DENSE,
    where_to_look="Go through the table above the cell: stem, blocks with transitions between "
    "them, end.",
    public=_densenet_public,
)
def densenet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Two networks of the paper, one of them for ImageNet; then narrow ones."""
    yield _whole("DenseNet-BC L=100 k=12", reference.densenet)
    yield _whole("DenseNet-121", reference.densenet)
    yield from _narrow_densenets(draw, reference)


@check(
    "channels_read",
    slide=SLIDE_DENSE,
    where_to_look="Write down the first block for growth 12 on 16 maps: 16, 28, 40 ...",
)
def channels_read(draw: Draw) -> Iterator[Case]:
    """Two networks of the paper, then drawn ones."""
    for blocks, growth, width, compression, label in [
        ((12, 12, 12), 12, 16, 1.0, "L=40, k=12"),
        ((6, 12, 24, 16), 32, 64, 0.5, "DenseNet-121"),
    ]:
        expected = read(blocks, growth, width, compression)
        yield call(blocks, growth, width, compression, expected=expected, label=label, rtol=0)
    for compression in (1.0, 0.5):
        *blocks, growth, width = draw.different(5, 2, 25)
        if compression < 1 and (width + growth * blocks[0]) % 2 == 0:
            width += 1  # so that it matters which way is rounded
        expected = read(tuple(blocks), growth, width, compression)
        yield call(
            tuple(blocks),
            growth,
            width,
            compression,
            expected=expected,
            label=f"blocks of {blocks[0]}, {blocks[1]} and {blocks[2]} layers, "
            f"compression {compression}",
            rtol=0,
        )


def read(blocks: tuple[int, ...], growth: int, width: int, compression: float) -> list[list[int]]:
    """Channels before each layer, by concatenating what there is."""
    result, maps = [], ["given"] * width
    for count in blocks:
        before = []
        for _ in range(count):
            before.append(len(maps))
            maps = maps + ["new"] * growth
        result.append(before)
        maps = maps[: int(np.floor(compression * len(maps)))]
    return result


@check(
    "kept_values",
    slide=SLIDE_REUSE,
    where_to_look="Write the channels that each layer reads below one another, and add them up.",
)
def kept_values(draw: Draw) -> Iterator[Case]:
    """A block of the paper's network, then drawn ones."""
    sizes = [(32, 32, 16, 12, 12)]
    sizes += [(*draw.different(2, 5, 40), *draw.different(3, 2, 40)) for _ in range(2)]
    for height, width, channels, count, growth in sizes:
        read_by = sum(channels + number * growth for number in range(count))
        yield call(
            height,
            width,
            channels,
            count,
            growth,
            expected={
                "features": height * width * (channels + count * growth),
                "normalized": height * width * read_by,
            },
            label=f"{count} layers with growth {growth} on {channels} maps",
            rtol=0,
        )


@check(
    "reuse_map",
    slide=SLIDE_REUSE,
    where_to_look="The channels of source s begin at `channels + (s - 1) * growth`; source 0 are "
    "the first `channels`.",
)
def reuse_map(draw: Draw) -> Iterator[Case]:
    """Plain layers and bottlenecks; a single layer."""
    for side, label in [(3, "3 × 3 kernels"), (1, "1 × 1 kernels")]:
        channels, growth, count, filters = draw.shuffled([3, 4, 5, 6])
        # Every source of another size, so that none can be taken for another.
        kernels = []
        for number in range(count):
            spread = np.concatenate(
                [np.full(channels, 1.0), np.repeat(2.0 + np.arange(number), growth)]
            )
            shape = (side, side, len(spread), filters)
            kernels.append((draw.rng.normal(size=shape) * spread[:, None]).astype("float32"))
        yield call(
            kernels, channels, growth, expected=_reuse(kernels, channels, growth), label=label
        )
    kernels = [draw.normal(3, 3, 5, 2)]
    yield call(
        kernels,
        5,
        4,
        expected=np.abs(kernels[0]).mean().reshape(1, 1),
        label="a single layer",
        share=0.5,
    )


def _reuse(kernels: list[np.ndarray], channels: int, growth: int) -> np.ndarray:
    """Channel by channel: each goes to the source that made it."""
    result = np.zeros((len(kernels), len(kernels)))
    for column, kernel in enumerate(kernels):
        for channel in range(kernel.shape[2]):
            source = 0 if channel < channels else 1 + (channel - channels) // growth
            share = 1 / (channels if source == 0 else growth)
            result[source, column] += share * np.abs(kernel[:, :, channel]).mean()
    return result


@check(
    "fractal",
    slide=SLIDE_FRACTAL,
    where_to_look="Write f_2 out by hand, then put f_2 in the place of f_1. The last join of f_C "
    "has a single convolution as one of its inputs.",
)
def fractal(draw: Draw, reference: Reference) -> Iterator[Case]:
    """All columns and one, by structure; what a small block and its columns compute."""
    like = reference.as_model(reference.fractal)
    channels, filters = draw.different(2, 3, 12)
    shape = (*_sides(draw, 6, 20), channels)
    yield structure(shape, filters, 1, like=like, label="one column", share=0.5)
    yield structure(shape, filters, 4, like=like, label="four columns")
    for column in (1, draw.integer(2, 3), 4):
        yield structure(
            shape,
            filters,
            4,
            column,
            like=like,
            label=f"column {column} of four",
            share=0.5,
        )
    for columns, training in [(2, True), (3, False)]:
        batch, channels, filters = draw.different(3, 2, 5)
        shape = (*_sides(draw, 5, 9), channels)
        yield transplant(
            shape,
            filters,
            columns,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, *shape),
            training=training,
            label=f"outputs of {columns} columns{', in training' if training else ''}",
        )


@check(
    "fractal_size",
    slide=SLIDE_FRACTAL,
    where_to_look="Two blocks f_{C-1} in a row and one convolution beside them: what does that do "
    "to each number? A way through two blocks in a row is a way through each.",
)
def fractal_size() -> Iterator[Case]:
    """By walking through the recursion."""
    for columns in (1, 2, 4, 5, 6):
        yield call(columns, expected=_walked(columns), label=f"{columns} columns", rtol=0)


def _walked(columns: int) -> dict[str, int]:
    if columns == 1:
        return {"convolutions": 1, "deepest": 1, "paths": 1}
    below = _walked(columns - 1)
    return {
        "convolutions": 2 * below["convolutions"] + 1,
        "deepest": 2 * below["deepest"],
        "paths": below["paths"] ** 2 + 1,
    }


@check(
    "local_join",
    slide=SLIDE_FRACTAL,
    where_to_look="Choose those whose number is at least `rate`; if there are none, the one with "
    "the largest number. Then the mean of what was chosen.",
)
def local_join(draw: Draw) -> Iterator[Case]:
    """Nothing dropped, some, all; the rate that is the default; a number that equals the rate."""
    for lows, rate, label in [
        ((0, 0, 0), 0.4, "nothing is dropped"),
        ((1, 0, 1, 0), 0.4, "two of four are dropped"),
        ((1, 1, 0), 0.7, "one of three is kept"),
        ((1, 1, 1), 0.7, "all would be dropped"),
        ((1, 0, 0), None, "three inputs, the usual rate"),
    ]:
        limit = 0.15 if rate is None else rate
        low = draw.shuffled(lows)
        draws = [
            draw.uniform(0, 0.9 * limit) if dropped else draw.uniform(limit + 0.05, limit + 0.25)
            for dropped in low
        ]
        inputs = [draw.rng.normal(size=(3, 4)) for _ in low]
        kept = [x for x, dropped in zip(inputs, low, strict=True) if not dropped]
        expected = np.mean(kept, axis=0) if kept else inputs[int(np.argmax(draws))]
        rest = () if rate is None else (rate,)
        yield call(inputs, draws, *rest, expected=expected, label=label)
    inputs = [draw.rng.normal(size=5) for _ in range(2)]
    yield call(
        inputs,
        [0.25, 0.125],
        0.25,
        expected=inputs[0],
        label="a number that equals the rate",
        share=0.5,
    )


@check(
    "pyramid_widths",
    slide=SLIDE_SUMMARY,
    where_to_look="Write the formula for block i, and round only what it gives.",
)
def pyramid_widths(draw: Draw) -> Iterator[Case]:
    """The slide's networks, then drawn ones; both kinds."""
    for alpha in (48, 84):
        yield call(
            54,
            alpha,
            expected=_widths(54, alpha, 16, False),
            label=f"54 blocks, α = {alpha}",
            rtol=0,
        )
    for multiplicative in (False, True):
        while True:
            blocks, start = 3 * draw.integer(3, 9), draw.integer(6, 40)
            alpha = draw.integer(2, 7) if multiplicative else draw.integer(20, 90)
            exact = _exact_widths(blocks, alpha, start, multiplicative)
            # Far from any half, and some of them to be rounded up, some down.
            parts = np.array(exact) % 1
            if np.abs(parts - 0.5).min() > 1e-3 and 0.2 < (parts > 0.5).mean() < 0.8:
                break
        kind = "multiplicative" if multiplicative else "additive"
        yield call(
            blocks,
            alpha,
            start,
            multiplicative,
            expected=_widths(blocks, alpha, start, multiplicative),
            label=f"{kind}: {blocks} blocks, α = {alpha}, from {start}",
            rtol=0,
        )


def _exact_widths(blocks: int, alpha: float, start: int, multiplicative: bool) -> list[float]:
    widths, width = [], float(start)
    for _ in range(blocks):
        width = width * alpha ** (1 / blocks) if multiplicative else width + alpha / blocks
        widths.append(width)
    return widths


def _widths(blocks: int, alpha: float, start: int, multiplicative: bool) -> list[int]:
    exact = _exact_widths(blocks, alpha, start, multiplicative)
    return [int(np.floor(width + 0.5)) for width in exact]


def _narrow_pyramids(draw: Draw, reference: Reference) -> Iterator[Case]:
    like = reference.pyramidnet
    for bottleneck, training in [(False, False), (True, True)]:
        batch, classes, width = draw.different(3, 2, 6)
        shape = (*_sides(draw, 8, 13), 3)
        n = 1 if bottleneck else 2
        alpha = 3 * n * draw.integer(1, 2) + 1
        yield transplant(
            (9 if bottleneck else 6) * n + 2,
            alpha,
            bottleneck,
            classes,
            shape,
            width,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, *shape),
            training=training,
            label="outputs with bottlenecks, in training" if bottleneck else "outputs of 14 layers",
        )
    height, width = _sides(draw, 10, 20)
    start, classes, channels = draw.different(3, 3, 12)
    yield structure(
        20,
        draw.integer(19, 40),
        False,
        classes,
        (height, width, channels),
        start,
        like=like,
        label="20 layers, other sizes",
    )


def _pyramidnet_public(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Without the largest networks."""
    yield structure(29, 30, True, like=reference.pyramidnet, label="29 layers with bottlenecks")
    yield from _narrow_pyramids(draw, reference)


@check(
    "pyramidnet",
    forbids=("keras.applications",),
    slide=SLIDE_SUMMARY,
    where_to_look="Go through both tables above the cell, line by line.",
    public=_pyramidnet_public,
)
def pyramidnet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Two networks of the slide, then narrow ones."""
    for name in ("PyramidNet-110, alpha 84", "PyramidNet-164, alpha 270"):
        yield _whole(name, reference.pyramidnet)
    yield from _narrow_pyramids(draw, reference)


@check("pyramid_row", slide=SLIDE_SUMMARY)
def pyramid_row() -> Iterator[Case]:
    """E37, and what the row's own network looks like."""
    for name, expected, where_to_look in [
        (
            "fully_connected",
            slides.fact("F1023").computed(),
            "A depth of 110 counts all layers with weights; 109 of them are convolutions.",
        ),
        (
            "features",
            [64, 100, 286, 1144],
            "Global average pooling leaves one number for each map of the last block.",
        ),
        (
            "kernels",
            [3],
            "Which convolutions does a basic block have, and does its shortcut have any?",
        ),
    ]:
        yield answer(
            expected={name: expected}, label=f"`{name}`", rtol=0, where_to_look=where_to_look
        )


def widest_by_bisection(build: Callable[[int], Any], budget: int) -> int:
    """The largest width within a budget of trainable parameters; 0 if there is none."""

    def fits(width: int) -> bool:
        return bool(costs.count(lambda: build(width)).trainable_parameters <= budget)

    low, high = 0, 1
    while fits(high):
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _small_parameters(width: int) -> int:
    """Of the notebook's `small_network`: kernel, gamma and beta, and the dense layer."""
    return 27 * width + 2 * width + 10 * width + 10


@check(
    "widest",
    slide=SLIDE_SUMMARY,
    where_to_look="Print the trainable parameters of the network of your width, and of the next "
    "one: the first must be within the budget, the second beyond it.",
)
def widest(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Exactly the budget, one less, anything; two contenders; and a budget for none."""
    width = draw.integer(12, 30)
    exact = _small_parameters(width)
    for budget, expected, label in [
        (exact, width, "a budget that is met exactly"),
        (exact - 1, width - 1, "one parameter less"),
        (exact + 25, width, "a budget between two widths"),
    ]:
        yield call("small", budget, expected=expected, label=label, rtol=0)
    for name, low, high in [("pyramid", 20_000, 60_000), ("wide", 15_000, 45_000)]:
        budget = draw.integer(low, high)
        expected = widest_by_bisection(partial(reference.contender, name), budget)
        label = f"`{name}` with {budget:,} parameters"
        yield call(name, budget, expected=expected, label=label, rtol=0)
    yield raises("small", _small_parameters(1) - 1, label="a budget for no width", share=0.5)


@check(
    "pareto_front",
    slide=SLIDE_SUMMARY,
    where_to_look="Compare each network with each other one: does it cost no more, err no more, "
    "and is it better in one of the two?",
)
def pareto_front(draw: Draw) -> Iterator[Case]:
    """A front that bends both ways, ties in one number and in both, one network, one for all."""
    names = [str(name) for name in draw.rng.permutation(list("kbxqdwmt"))]
    costs_of = sorted(draw.different(5, 10, 90))
    errors_of = sorted(draw.different(5, 10, 90), reverse=True)
    chain = list(zip(costs_of, errors_of, strict=True))
    # Beyond the corner between the first two: no straight line from front to front is below it.
    behind = [(costs_of[1] + 1, errors_of[0] + 2), (costs_of[4] + 3, errors_of[4] + 1)]
    mixed = _named(draw, names, [*chain, *behind])
    yield _front(mixed, "five on the front, two behind it")
    (a, b), (c, d) = chain[1], chain[3]
    yield _front(_named(draw, names, [(a, b), (a, b + 5), (c, d)]), "two of the same cost")
    yield _front(_named(draw, names, [(a, b), (c, d), (c + 7, d)]), "two of the same error")
    yield _front(_named(draw, names, [(a, b), (a, b), (c, d), (c, d + 1)]), "twins on the front")
    corner = (costs_of[0] - 5, errors_of[4] - 5)
    yield _front(_named(draw, names, [*chain, corner]), "one that dominates all")
    # Hollow: the middle one lies above the straight line between the others, and counts.
    hollow = [(10, 80), (40 + draw.integer(0, 9), 60 + draw.integer(0, 9)), (90, 10)]
    yield _front(_named(draw, names, hollow), "a front that is not convex")
    yield _front({names[0]: chain[2]}, "a single network", share=0.5)


def _named(
    draw: Draw, names: list[str], points: list[tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """The points in a drawn order, under drawn names."""
    order = draw.rng.permutation(len(points))
    return {names[number]: points[place] for number, place in enumerate(order)}


def _front(points: dict[str, tuple[int, int]], label: str, share: float = 1.0) -> Case:
    expected = sorted(
        name
        for name, (cost, error) in points.items()
        if not any(
            other_cost <= cost
            and other_error <= error
            and (other_cost, other_error) != (cost, error)
            for other_cost, other_error in points.values()
        )
    )
    return call(points, expected=expected, label=label, share=share)
