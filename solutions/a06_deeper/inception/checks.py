"""Checks of the notebook on GoogLeNet, its modules, and what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace as Reference
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check, structure, transplant
from course_lib import costs, slides
from course_lib.checking import Case
from solutions.architectures import Architecture

SLIDE_MODULE = slides.cite("Lecture 9", "Case Study: GoogLeNet")
SLIDE_TABLE = slides.cite("Convolutional Neural Network", "GoogLeNet")
SLIDE_HEAD = slides.cite("CNN Benchmark Models", "GoogLeNet Auxiliary Classification Outputs")
SLIDE_V2 = slides.cite("CNN Benchmark Models", "Inception v2 (Batch Normalization)")
SLIDE_V3 = slides.cite("CNN Benchmark Models", "Inception v3 (factorization)")
SLIDE_V4 = slides.cite("CNN Benchmark Models", "Inception v4")
SLIDE_XCEPTION = slides.cite("CNN Benchmark Models", "Xception (Inception v5)")


MODULE_INPUT = (28, 28, 256)
NAIVE = (128, 192, 96)
REDUCED = (128, 64, 192, 64, 96, 64)
MIXED = (192, 128, 192, 128, 192, 192)
MIXED_MAPS = 11  # filters of a 1 x 1 convolution after a module: branches in any order
BLOCK35 = (32, 32, 32, 32, 48, 64)


def _as_model(block: str) -> Callable[[Reference], Callable[..., Any]]:
    """A block as a network by itself."""
    return lambda names: names.as_model(getattr(names, block))


ARCHITECTURES = {
    "naive module": Architecture(
        builder=_as_model("naive_inception"),
        args=(MODULE_INPUT, NAIVE),
        parameters=1_089_952,
        macs=854_196_224,
        macs_fact="F0733",
    ),
    "module with reductions": Architecture(
        builder=_as_model("inception"),
        args=(MODULE_INPUT, REDUCED),
        parameters=346_720,
        macs=271_351_808,
        macs_fact="F0740",
    ),
    "GoogLeNet": Architecture(
        builder="googlenet",
        parameters=6_998_552,
        macs=1_582_671_872,
        parameters_fact="F0722",
        macs_fact="F1096",
    ),
    "GoogLeNet with heads": Architecture(
        builder="googlenet",
        kwargs={"auxiliary": True},
        parameters=13_378_280,
        macs=1_591_044_096,
    ),
    "module with normalization": Architecture(
        builder=_as_model("inception_v2"),
        args=(MODULE_INPUT, REDUCED),
        parameters=347_328,
        statistics=1_216,
        macs=271_351_808,
    ),
    "module with factorized filters": Architecture(
        builder=_as_model("inception_v3"),
        args=((17, 17, 768), MIXED),
        kwargs={"n": 7},
        parameters=1_297_408,
        statistics=3_072,
        macs=374_063_104,
    ),
    "Inception-ResNet block": Architecture(
        builder=_as_model("inception_resnet_block"),
        args=((35, 35, 320), BLOCK35),
        parameters=123_168,
        statistics=480,
        macs=149_900_800,
    ),
    "Xception block": Architecture(
        builder=_as_model("xception_block"),
        args=((19, 19, 728), 728),
        parameters=1_613_976,
        statistics=4_368,
        macs=581_068_488,
    ),
    "Xception block that shrinks": Architecture(
        builder=_as_model("xception_block"),
        args=((74, 74, 128), 256, True),
        parameters=136_064,
        statistics=1_536,
        macs=602_097_152,
    ),
}

# For each module the facts with its printed parameters (K) and operations (M).
PRINTED = {
    "3a": ("F0452", "F0453"),
    "3b": ("F0456", "F0457"),
    "4a": ("F0460", "F0461"),
    "4b": ("F0464", "F0465"),
    "4c": ("F0468", "F0469"),
    "4d": ("F0472", "F0473"),
    "4e": ("F0476", "F0477"),
    "5a": ("F0480", "F0481"),
    "5b": ("F0484", "F0485"),
}


def _images(draw: Draw, channels: int, batch: int = 2) -> np.ndarray:
    """Few small images, height and width different; half of the values are negative."""
    height, width = draw.different(2, 7, 10)
    return draw.normal(batch, height, width, channels)


@check("naive_growth", slide=SLIDE_MODULE)
def naive_growth() -> Iterator[Case]:
    """Three predictions; E26 is one of them."""
    depth = int(slides.fact("F0728").computed())
    yield answer(
        expected={"depth": depth},
        label="maps after the module",
        rtol=0,
        where_to_look="Concatenation puts the maps of all four branches one after another.",
    )
    yield answer(
        expected={"values": round(1000 * slides.fact("F0729").computed())},
        label="numbers after the module",
        rtol=0,
        where_to_look="Multiply height, width and depth. The slide's 529k is a slip.",
    )
    yield answer(
        expected={"depth_after_two": depth - MODULE_INPUT[2] + depth},
        label="maps after two modules",
        rtol=0,
        where_to_look="The pooling of the second module passes on all maps of the first one.",
    )


@check(
    "naive_stack",
    slide=SLIDE_MODULE,
    where_to_look="Take a single module first. Then: how many maps does the second one see?",
)
def naive_stack(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Counted on stacks that Keras builds: one module of the slide, and fresh stacks."""
    for label, modules, slide in [
        ("the module of the slide alone", 1, True),
        ("two modules", 2, False),
        ("a taller stack", draw.integer(3, 4), False),
    ]:
        height, width = draw.different(2, 5, 29)
        channels, *filters = draw.different(4, 3, 40)
        if slide:
            (height, width, channels), filters = MODULE_INPUT, list(NAIVE)
        yield call(
            height,
            width,
            channels,
            tuple(filters),
            modules,
            expected=_counted_naive((height, width, channels), tuple(filters), modules, reference),
            label=label,
            rtol=0,
        )


def _counted_naive(
    shape: tuple[int, int, int], filters: tuple[int, ...], modules: int, reference: Reference
) -> list[tuple[int, int]]:
    rows = []
    for _ in range(modules):
        table = costs.count(partial(reference.as_model(reference.naive_inception), shape, filters))
        depth = shape[2] + sum(filters)
        rows.append((depth, table.macs))
        shape = (*shape[:2], depth)
    return rows


@check("inception_v1", slide=SLIDE_MODULE)
def inception_v1(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The module of the slide, a row of the table, and what a small one computes."""
    like = reference.as_model(reference.inception)
    yield structure(
        MODULE_INPUT,
        REDUCED,
        like=like,
        parameters=ARCHITECTURES["module with reductions"].all_parameters,
        label="the module of the slide",
    )
    module = str(draw.rng.choice(["4b", "4c", "4d"]))
    yield structure(
        (14, 14, 512),
        reference.TABLE[module],
        like=like,
        label=f"row {module} of the table",
        slide=SLIDE_TABLE,
    )
    channels, *filters = draw.different(7, 2, 8)
    x = _images(draw, channels)
    yield transplant(
        x.shape[1:],
        tuple(filters),
        mixed=MIXED_MAPS,
        like=like,
        rng=draw.rng,
        inputs=x,
        label="what a small module computes",
        where_to_look="Six convolutions, each with a ReLU; the pooling comes before its 1 × 1.",
    )


def _row(height: int, width: int, channels: int, filters: tuple[int, ...]) -> dict[str, int]:
    """Convolution by convolution: side, maps before, maps after."""
    ones, reduce_threes, threes, reduce_fives, fives, projection = filters
    convolutions = [
        (1, channels, ones),
        (1, channels, reduce_threes),
        (3, reduce_threes, threes),
        (1, channels, reduce_fives),
        (5, reduce_fives, fives),
        (1, channels, projection),
    ]
    weights = sum(side * side * before * after for side, before, after in convolutions)
    return {
        "depth": ones + threes + fives + projection,
        "weights": weights,
        "macs": weights * height * width,
    }


@check("row_costs", slide=SLIDE_TABLE)
def row_costs(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Row 3a of the slide, and other sizes, one number a case."""
    height, width, channels = draw.different(3, 7, 59)
    fresh = tuple(draw.different(6, 8, 89))
    for sizes, filters, where in [
        ((28, 28, 192), tuple(reference.TABLE["3a"]), "row 3a"),
        ((height, width, channels), fresh, "a row of other sizes"),
    ]:
        for what, number in _row(*sizes, filters).items():
            yield call(
                *sizes,
                filters,
                expected={what: number},
                label=f"{what.replace('macs', 'multiply-adds')} of {where}",
                rtol=0,
                where_to_look="Write down the six convolutions with the maps before and after "
                "each. The reductions and the projection see all input maps.",
            )


@check("auxiliary_head", slide=SLIDE_HEAD)
def auxiliary_head(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The head on 4a, and a small one."""
    like = reference.as_model(reference.auxiliary_head)
    yield structure(
        (14, 14, 512),
        1000,
        like=like,
        ignore=(),  # The rate of dropout is printed, here and below.
        label="the head on 4a",
    )
    channels, filters, units, classes = draw.different(4, 3, 8)
    x = draw.normal(2, 11, 8, channels)
    yield transplant(
        x.shape[1:],
        classes,
        conv_filters=filters,
        units=units,
        like=like,
        rng=draw.rng,
        inputs=x,
        label="what a small head computes",
        where_to_look="AvgPool, 1 × 1 convolution, two fully connected layers, softmax.",
    )


def _narrow_table(draw: Draw, modules: Any) -> dict[str, tuple[int, ...]]:
    return {module: tuple(draw.different(6, 2, 8)) for module in modules}


@check("googlenet", slide=SLIDE_TABLE)
def googlenet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """With and without heads in full size, and a narrow one with heads."""
    yield structure(
        like=reference.googlenet,
        parameters=ARCHITECTURES["GoogLeNet"].all_parameters,
        ignore=(),
        label="GoogLeNet",
        input_shape=(224, 224, 3),
    )
    yield structure(
        like=reference.googlenet,
        parameters=ARCHITECTURES["GoogLeNet with heads"].all_parameters,
        ignore=(),
        label="GoogLeNet with auxiliary heads",
        slide=SLIDE_HEAD,
        input_shape=(224, 224, 3),
        auxiliary=True,
    )
    table = _narrow_table(draw, reference.TABLE)
    classes, filters, units, *stem = draw.different(6, 3, 9)
    x = draw.normal(1, 112, 128, 2)
    yield transplant(
        table=table,
        stem=tuple(stem),
        classes=classes,
        input_shape=x.shape[1:],
        auxiliary=True,
        head=(filters, units),
        like=reference.googlenet,
        rng=draw.rng,
        inputs=x,
        label="what a narrow GoogLeNet computes: main, 4a, 4d",
        where_to_look="Compare padding and place of the poolings with the table, and the order of "
        "the outputs.",
    )


def _wider_reduction() -> int:
    """The one multiple of 8 with which row 5a would need the printed operations."""
    printed = slides.fact("F0481").printed
    (found,) = (
        reduction
        for reduction in range(8, 161, 8)
        if f"{_row(7, 7, 832, (256, 160, 320, reduction, 128, 128))['macs'] / 1e6:.0f}" == printed
    )
    return found


def _apart(column: int) -> list[str]:
    """Modules whose printed number is more than 1 from the computed one."""
    found = []
    for module, ids in PRINTED.items():
        fact = slides.fact(ids[column])
        if abs(float(fact.printed) - fact.computed()) > 1:
            found.append(module)
    return found


@check("googlenet_errata", slide=SLIDE_TABLE)
def googlenet_errata() -> Iterator[Case]:
    """What is wrong in the decks, and what is right."""
    stem = ("F0156", "F0161", "F0166", "F0171", "F0176")
    (ops_row,) = _apart(1)
    for name, expected, atol, slide, where_to_look in [
        (
            "layers",
            slides.fact("F0725").computed(),
            0,
            slides.fact("F0545").citation,
            "Two for each of nine modules, one for conv1, two for conv2 with its reduction, and "
            "the linear layer. Poolings have no weights.",
        ),
        (
            "conv1_weights",
            round(1000 * slides.fact("F0446").computed()),
            0,
            SLIDE_TABLE,
            "64 filters of 7 × 7 on three colours.",
        ),
        ("params_rows", _apart(0), 0, SLIDE_TABLE, "They are the orange bars on the left."),
        ("ops_row", ops_row, 0, SLIDE_TABLE, "It is the orange bar on the right."),
        (
            "reduce_5x5",
            _wider_reduction(),
            0,
            SLIDE_TABLE,
            "Call `row_costs` for this row with multiples of 8 in that column.",
        ),
        (
            "stem_mflops",
            sum(int(slides.fact(row).printed) for row in stem),
            0,
            slides.fact("F0179").citation,
            "Add up the five printed numbers.",
        ),
        (
            "fc_memory_kb",
            slides.fact("F0190").computed(),
            0.051,
            slides.fact("F0190").citation,
            "1,000 numbers of 4 bytes, divided by 1,024.",
        ),
        (
            "conv_parameters",
            slides.fact("F0983").computed(),
            0.0051,
            slides.fact("F0983").citation,
            "All parameters of GoogLeNet without those of the linear layer, which has 1,024 "
            "weights and a bias for each of 1,000 classes.",
        ),
    ]:
        yield answer(
            expected={name: expected},
            label=f"`{name}`",
            rtol=0,
            atol=atol,
            slide=slide,
            where_to_look=where_to_look,
        )


def _total_loss(
    features: np.ndarray, labels: np.ndarray, weights: list[np.ndarray], weight: float
) -> float:
    """Mean cross-entropy of the main output, and `weight` times that of each head."""
    losses = []
    for w in weights:
        scores = features.astype("float64") @ w
        scores -= scores.max(axis=1, keepdims=True)
        logarithms = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        losses.append(-float(np.mean(logarithms[np.arange(len(labels)), labels])))
    return losses[0] + weight * sum(losses[1:])


@check("auxiliary_losses", slide=SLIDE_HEAD)
def auxiliary_losses(draw: Draw) -> Iterator[Case]:
    """Two heads with the paper's weight, then one and three heads with other weights."""
    for heads, weight, label in [
        (2, 0.3, "two heads, each with 0.3"),
        (1, round(draw.uniform(0.5, 0.9), 2), "one head"),
        (3, round(draw.uniform(0.05, 0.2), 2), "three heads"),
    ]:
        examples, channels, classes = draw.different(3, 4, 8)
        features = draw.normal(examples, channels)
        labels = draw.rng.integers(0, classes, examples)
        weights = [draw.normal(channels, classes) for _ in range(1 + heads)]
        chosen = () if heads == 2 else (weight,)
        yield call(
            features,
            labels,
            weights,
            *chosen,
            expected=_total_loss(features, labels, weights, weight),
            label=label,
            rtol=1e-3,
            where_to_look="The main loss counts 1 and every other one `weight`; Keras adds them "
            "up. The outputs are probabilities already.",
        )


@check("inception_v2", slide=SLIDE_V2)
def inception_v2(draw: Draw, reference: Reference) -> Iterator[Case]:
    """In full size; a small one in training and in inference."""
    like = reference.as_model(reference.inception_v2)
    yield structure(
        MODULE_INPUT,
        REDUCED,
        like=like,
        parameters=ARCHITECTURES["module with normalization"].all_parameters,
        label="the module of section 2, normalized",
    )
    channels, *filters = draw.different(7, 2, 8)
    x = _images(draw, channels, batch=3)
    for training in (True, False):
        yield transplant(
            x.shape[1:],
            tuple(filters),
            mixed=MIXED_MAPS,
            like=like,
            rng=draw.rng,
            inputs=x,
            training=training,
            label=f"what a small module computes in {'training' if training else 'inference'}",
            where_to_look="Convolution without bias, normalization, ReLU, in this order, six "
            "times.",
        )


@check("factorized_weights", slide=SLIDE_V3)
def factorized_weights(draw: Draw) -> Iterator[Case]:
    """The slide's example of a separable convolution, and other sizes."""
    yield call(
        3,
        128,
        expected={
            "square": slides.fact("F1025").computed(),
            "separable": slides.fact("F1027").computed(),
        },
        label="3 × 3 on 128 maps, square and separable",
        rtol=0,
        slide=slides.cite("CNN Benchmark Models", "Depthwise Separable Convolution"),
    )
    for n in (7, int(draw.rng.choice([5, 9]))):
        (channels,) = draw.different(1, 20, 89)
        # Layers as (kernel height, kernel width), found by walking: each 3 x 3 sees two more.
        seen, stacked = 1, 0
        while seen < n:
            seen, stacked = seen + 2, stacked + 1
        layers = {
            "square": [(n, n)],
            "stacked": [(3, 3)] * stacked,
            "asymmetric": [(n, 1), (1, n)],
        }
        for way, kernels in layers.items():
            weights = sum(height * width * channels * channels for height, width in kernels)
            yield call(
                n,
                channels,
                expected={way: weights},
                label=f"{way}, {n} × {n}",
                rtol=0,
                where_to_look="Every layer has kernel height × kernel width × maps before × maps "
                "after weights.",
            )


@check("inception_v3", slide=SLIDE_V3, forbids=("keras.applications",))
def inception_v3(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both kinds in full size, and what small ones compute."""
    like = reference.as_model(reference.inception_v3)
    where_to_look = "Follow one branch of the table after the other, kernel by kernel."
    yield structure(
        (35, 35, 256), (64, 48, 64, 56, 96, 32), like=like, label="without n, on 35 × 35"
    )
    yield structure(
        (17, 17, 768),
        MIXED,
        n=7,
        like=like,
        parameters=ARCHITECTURES["module with factorized filters"].all_parameters,
        label="with n = 7, on 17 × 17",
    )
    for n in (None, int(draw.rng.choice([5, 7]))):
        channels, *filters = draw.different(7, 2, 8)
        x = _images(draw, channels)
        yield transplant(
            x.shape[1:],
            tuple(filters),
            mixed=MIXED_MAPS,
            n=n,
            like=like,
            rng=draw.rng,
            inputs=x,
            label=f"what a small module computes, {'without n' if n is None else f'n = {n}'}",
            where_to_look=where_to_look,
        )


@check("inception_resnet", slide=SLIDE_V4, forbids=("keras.applications",))
def inception_resnet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """What small blocks compute: a factor can be written in too many ways to compare drawings."""
    like = reference.as_model(reference.inception_resnet_block)
    for scale, training, label in [
        (None, False, "the usual factor, in inference"),
        (0.17, True, "the usual factor, in training"),
        (round(draw.uniform(0.4, 0.8), 2), False, "another factor"),
    ]:
        channels, *filters = draw.different(7, 2, 8)
        x = _images(draw, channels, batch=3)
        yield transplant(
            x.shape[1:],
            tuple(filters),
            *(() if scale is None else (scale,)),
            like=like,
            rng=draw.rng,
            inputs=x,
            training=training,
            label=label,
            where_to_look="Three branches, a 1 × 1 convolution with biases and nothing else, the "
            "sum with the block's input, and the ReLU at the very end.",
        )


@check("xception_block", slide=SLIDE_XCEPTION, forbids=("keras.applications",))
def xception_block(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both blocks in full size, and small ones in training and in inference."""
    like = reference.as_model(reference.xception_block)
    yield structure(
        (19, 19, 728),
        728,
        like=like,
        parameters=ARCHITECTURES["Xception block"].all_parameters,
        label="the middle of Xception",
    )
    yield structure(
        (74, 74, 128),
        256,
        True,
        like=like,
        parameters=ARCHITECTURES["Xception block that shrinks"].all_parameters,
        label="a block that shrinks",
    )
    for shrink, training in ((False, True), (True, False)):
        channels, filters = draw.different(2, 4, 8)
        x = _images(draw, channels if shrink else filters, batch=3)
        mode = "training" if training else "inference"
        yield transplant(
            x.shape[1:],
            filters,
            *((True,) if shrink else ()),
            like=like,
            rng=draw.rng,
            inputs=x,
            training=training,
            label=f"what a small {'shrinking ' if shrink else ''}block computes in {mode}",
            where_to_look="ReLU, depthwise, pointwise, normalization: in this order, and nothing "
            "after the sum.",
        )
