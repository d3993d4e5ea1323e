"""What the notebook a06_deeper/densenet requires.

Networks are compared by structure with the solution's, whose parameters are counted anew by a test,
and by what narrow versions of them compute with given weights. Numbers are asked exactly. The front
of the comparison is found by definition, from points that were drawn so that every rule shows
itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check, structure, transplant
from course_lib import slides
from course_lib.checking import Case
from solutions.architectures import Architecture

SLIDE_DENSE = slides.cite("Lecture 9", "Other ideas: Densely Connected Networks")
SLIDE_REUSE = slides.cite("CNN Benchmark Models", "DenseNet")
SLIDE_FRACTAL = slides.cite("Lecture 9", "Other ideas: FractalNet")
SLIDE_SUMMARY = slides.cite("CNN Benchmark Models", "Summary of Popular CNN Models")

Reference = SimpleNamespace
Options = dict[str, Any]

_BC = {"bottleneck": True, "compression": 0.5}
_IMAGENET = {**_BC, "growth": 32, "width": 64, "large_stem": True, "classes": 1000} | {
    "input_shape": (224, 224, 3)
}

ARCHITECTURES = {
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
    """With and without compression, also where rounding to the nearest would add one; outputs."""
    like = reference.as_model(reference.transition)
    for compression, channels in [
        (1.0, 2 * draw.integer(4, 12) + 1),
        (0.5, 2 * draw.integer(4, 12) + 1),
        (0.9, 10 * draw.integer(1, 3) + draw.integer(1, 4)),
    ]:
        height, width = _sides(draw, 8, 30)
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
    known: list[tuple[tuple[int, ...], int, int, float, str]] = [
        ((12, 12, 12), 12, 16, 1.0, "L=40, k=12"),
        ((6, 12, 24, 16), 32, 64, 0.5, "DenseNet-121"),
    ]
    for blocks, growth, width, compression, label in known:
        expected = read(blocks, growth, width, compression)
        yield call(blocks, growth, width, compression, expected=expected, label=label, rtol=0)
    for compression in (1.0, 0.5):
        *counts, growth, width = draw.different(5, 2, 25)
        if compression < 1 and (width + growth * counts[0]) % 2 == 0:
            width += 1  # so that it matters which way is rounded
        expected = read(tuple(counts), growth, width, compression)
        yield call(
            tuple(counts),
            growth,
            width,
            compression,
            expected=expected,
            label=f"blocks of {counts[0]}, {counts[1]} and {counts[2]} layers, "
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
    sizes = [[32, 32, 16, 12, 12]]
    sizes += [draw.different(2, 5, 40) + draw.different(3, 2, 40) for _ in range(2)]
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
        ((1, 1, 1, 1), 0.7, "all would be dropped"),
        ((1, 0, 0), None, "three inputs, the usual rate"),
    ]:
        limit = 0.15 if rate is None else rate
        low = draw.shuffled(lows)
        draws = [
            draw.uniform(0, 0.9 * limit) if dropped else draw.uniform(limit + 0.05, limit + 0.25)
            for dropped in low
        ]
        if all(low):  # The first and the last are neither the largest nor the smallest.
            smallest, small, large, largest = sorted(draws)
            draws = [small, smallest, largest, large]
        inputs = [draw.rng.normal(size=(3, 4)) for _ in low]
        kept = [x for x, dropped in zip(inputs, low, strict=True) if not dropped]
        expected = np.mean(kept, axis=0) if kept else inputs[int(np.argmax(draws))]
        rest = () if rate is None else (rate,)
        yield call(inputs, draws, *rest, expected=expected, label=label)
    inputs = [draw.rng.normal(size=5) for _ in range(3)]
    yield call(
        inputs,
        [0.25, 0.125, 0.5],
        0.25,
        expected=(inputs[0] + inputs[2]) / 2,
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
        alpha = 3 * n * draw.integer(1, 2) + n  # no width then ends in .5
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
