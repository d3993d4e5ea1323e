"""What the notebook a05_classics/alexnet requires.

Networks are judged twice: their structure weightlessly at full size, with the slides' numbers of
parameters, and the outputs of narrow copies with random weights. Inputs of the copies are as large
as pixel values, so that local response normalization has something to divide by. Grouped
convolution is held against Keras' own `groups=`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from autograder.checks import Draw, answer, call, check, layer, structure, transplant
from course_lib import slides
from course_lib.checking import Case
from solutions.architectures import Architecture

SLIDE_TABLE = slides.cite("Lecture 7", "AlexNet")
SLIDE_CASE = slides.cite("Lecture 9", "Case Study: AlexNet")
SLIDE_VARIANTS = slides.cite("CNN Benchmark Models", "AlexNet variants")
SLIDE_ZFNET = slides.cite("Convolutional Neural Network", "Clarifai: ILSVRC 2013 winner")

WIDE_ZFNET = (96, 256, 512, 1024, 512)
ARCHITECTURES = {
    "64 filters first": Architecture(
        builder="build_alexnet_64",
        parameters=61_100_840,
        macs=716_767_232,
        parameters_fact="F0121",
        macs_fact="F0578",
    ),
    "96, simplified": Architecture(
        builder="build_alexnet",
        parameters=62_378_344,
        macs=1_135_256_096,
    ),
    "96, two GPUs": Architecture(
        builder="build_alexnet",
        kwargs={"groups": 2},
        parameters=60_965_224,
        macs=724_406_816,
        parameters_fact="F0649",
    ),
    "without fc7": Architecture(
        builder="build_alexnet",
        kwargs={"groups": 2, "without": ("fc7",)},
        parameters=44_183_912,
        macs=707_629_600,
    ),
    "without fc6 and fc7": Architecture(
        builder="build_alexnet",
        kwargs={"groups": 2, "without": ("fc6", "fc7")},
        parameters=11_551_080,
        macs=675_000_864,
    ),
    "without conv3 and conv4": Architecture(
        builder="build_alexnet",
        kwargs={"groups": 2, "without": ("conv3", "conv4")},
        parameters=59_268_712,
        macs=437_826_080,
    ),
    "without all four": Architecture(
        builder="build_alexnet",
        kwargs={"groups": 2, "without": ("conv3", "conv4", "fc6", "fc7")},
        parameters=9_854_568,
        macs=388_420_128,
    ),
    "ZFNet": Architecture(
        builder="build_zfnet",
        parameters=62_357_608,
        macs=1_168_032_896,
    ),
    "ZFNet, 512/1024/512": Architecture(
        builder="build_zfnet",
        kwargs={"filters": WIDE_ZFNET},
        parameters=107_627_624,
        macs=2_476_704_896,
    ),
}

# Keras' own grouped convolutions, under names that a subclass and an early import go through.
GROUPED = (
    "keras.src.layers.convolutional.base_conv.BaseConv.convolution_op",
    "keras.ops.depthwise_conv",
    "keras.ops.separable_conv",
    "keras.src.backend.tensorflow.nn.depthwise_conv",
    "tensorflow.nn.depthwise_conv2d",
)
# `keras.ops.conv` with fewer kernel channels than maps leaves the grouping to a compiled function.
GROUPED_BY_COMPILER = (
    "tensorflow.python.eager.polymorphic_function.polymorphic_function.Function.__call__",
)
# Outputs of narrow copies whose inputs are as large as pixel values.
LARGE: dict[str, Any] = {"rtol": 1e-3, "atol": 1e-2}

Reference = SimpleNamespace


def _pixels(draw: Draw, *shape: int) -> np.ndarray:
    return (100 * draw.rng.normal(size=shape)).astype("float32")


def _parameters(name: str) -> int:
    return ARCHITECTURES[name].parameters


def _filters(draw: Draw) -> tuple[int, ...]:
    """Five small even numbers of filters, all different."""
    return tuple(2 * n for n in draw.different(5, 2, 8))


@check(
    "alexnet_64",
    slide=SLIDE_TABLE,
    where_to_look="Go through the table line by line: filters, kernel, stride and pad.",
)
def alexnet_64(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The table, then a narrow copy with an image that is no square."""
    like = reference.build_alexnet_64
    yield structure(
        like=like,
        parameters=_parameters("64 filters first"),
        label="the table of the slide, 61,100,840 parameters (F0121)",
        share=2.0,
    )
    filters, (units, classes) = _filters(draw), draw.different(2, 5, 12)
    shape = (83, 99, 2)
    yield structure(
        shape, filters, units, classes, like=like, label="other numbers of filters, another image"
    )
    yield transplant(
        shape,
        filters,
        units,
        classes,
        like=like,
        rng=draw.rng,
        inputs=_pixels(draw, 3, *shape),
        label="what a narrow copy computes",
        **LARGE,
    )


@check(
    "alexnet_largest",
    slide=SLIDE_TABLE,
    where_to_look="Memory goes with the size of the output, multiply-adds with that size times the "
    "weights of a filter, parameters with the number of connections that are not shared.",
)
def alexnet_largest() -> Iterator[Case]:
    """The largest row of each column, by the ledger's numbers."""
    rows = {
        "memory": {"conv1": "F0053", "pool1": "F0058", "conv2": "F0063", "conv3": "F0073"},
        "parameters": {"conv4": "F0079", "fc6": "F0097", "fc7": "F0101", "fc8": "F0105"},
        "macs": {"conv1": "F0055", "conv2": "F0065", "conv3": "F0075", "conv4": "F0080"},
    }
    for what, facts in rows.items():
        values = {name: slides.fact(fact).computed() for name, fact in facts.items()}
        largest = max(values, key=values.__getitem__)
        yield answer(expected={what: largest}, label=f"the layer with the most {what}")


@check("norm_order", slide=SLIDE_CASE)
def norm_order() -> Iterator[Case]:
    """What normalizing before or after the pooling costs, and that it is not the same."""
    yield answer(
        expected={"paper": 55 * 55 * 96 + 27 * 27 * 256},
        rtol=0,
        label="values, normalized before the pooling",
        where_to_look="The layer sees what the convolution gives: height × width × maps, twice.",
    )
    yield answer(
        expected={"slides": 27 * 27 * 96 + 13 * 13 * 256},
        rtol=0,
        label="values, normalized after the pooling",
        where_to_look="The layer sees what the pooling gives: height × width × maps, twice.",
    )
    yield answer(
        expected={"same": False},
        label="whether both orders compute the same",
        where_to_look="Take two pixels and two maps: 9 and 1 in the first, 1 and 9 in the second.",
    )


@check(
    "alexnet_simplified",
    slide=SLIDE_CASE,
    where_to_look="Go through the list line by line; dropout is after the ReLU of fc6 and of fc7.",
)
def alexnet_simplified(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The list of the slide with dropout 0.5, then a narrow copy."""
    like = reference.build_alexnet
    yield structure(
        like=like,
        parameters=_parameters("96, simplified"),
        ignore=(),
        label="the list of the slide, 62,378,344 parameters (F0420)",
        share=2.0,
    )
    filters, (units, classes) = _filters(draw), draw.different(2, 5, 12)
    shape = (67, 99, 2)
    yield structure(
        shape,
        filters,
        units,
        classes,
        like=like,
        ignore=(),
        label="other numbers of filters, another image",
    )
    yield transplant(
        shape,
        filters,
        units,
        classes,
        like=like,
        rng=draw.rng,
        inputs=_pixels(draw, 3, *shape),
        label="what a narrow copy computes",
        **LARGE,
    )


@check(
    "GroupedConv2D",
    forbids=GROUPED,
    slide=SLIDE_CASE,
    where_to_look="Group i takes the i-th part of the maps and the i-th part of the filters; the "
    "results are put side by side in this order.",
)
def grouped_layer(draw: Draw) -> Iterator[Case]:
    """Against `keras.layers.Conv2D(groups=...)` with the same weights."""
    for groups, strides, padding, label in [
        (1, 1, "valid", "one group: an ordinary convolution"),
        (2, 1, "same", "two groups, same padding"),
        (3, 2, "valid", "three groups, stride 2"),
    ]:
        inside, each = draw.different(2, 2, 4)
        channels, filters = groups * inside, groups * each
        batch, height, width = draw.different(3, 5, 8)
        case = layer(
            filters,
            (3, 2),
            strides=strides,
            padding=padding,
            groups=groups,
            like=keras.layers.Conv2D,
            calls=[(draw.normal(batch, height, width, channels), False)],
            weights={
                "kernel": draw.normal(3, 2, inside, filters),
                "bias": draw.bias(filters),
            },
            label=f"{label}; each convolution is given the maps of its own group only",
        )
        yield dataclasses.replace(case, forbids=GROUPED_BY_COMPILER if groups > 1 else ())
    yield layer(
        6,
        (2, 3),
        groups=2,
        like=keras.layers.Conv2D,
        calls=[(draw.normal(4, 5, 6, 8), True)],
        weights={"kernel": draw.normal(2, 3, 4, 6), "bias": draw.bias(6)},
        targets=draw.normal(4, 4, 4, 6),
        label="a training step, two groups",
    )


@check(
    "grouped_cost",
    slide=SLIDE_CASE,
    where_to_look="Each filter sees channels / groups maps, and has one bias.",
)
def grouped_cost(draw: Draw) -> Iterator[Case]:
    """The layers of the slide, then fresh sizes counted filter by filter."""
    for fact, channels, filters, label in [
        ("F0626", 96, 256, "conv2 on one GPU"),
        ("F0632", 384, 384, "conv4 on one GPU"),
    ]:
        side, pixels = (5, 27 * 27) if channels == 96 else (3, 13 * 13)
        parameters = slides.fact(fact).computed()
        yield call(
            side,
            channels,
            filters,
            1,
            pixels,
            expected={"parameters": parameters, "macs": pixels * (parameters - filters)},
            label=f"{label} ({fact})",
            rtol=0,
            share=0.5,
        )
    for groups in (2, 4):
        inside, each, side, pixels = draw.different(4, 5, 40)
        macs = sum(pixels * side**2 * inside for _ in range(groups * each))
        parameters = sum(side**2 * inside + 1 for _ in range(groups * each))
        for what, number in [("parameters", parameters), ("macs", macs)]:
            label = f"{what}, {groups} groups".replace("macs", "multiply-adds")
            yield call(
                side,
                groups * inside,
                groups * each,
                groups,
                pixels,
                expected={what: number},
                label=label,
                rtol=0,
            )


def _as_in_the_paper(build: Any) -> Any:
    """The network with each normalization before its pooling: Krizhevsky et al. 2012, section 3.5.

    The slide's list has them the other way round. Where the question is another one, both are
    right.
    """

    def paper(*args: Any, **options: Any) -> keras.Model:
        model = build(*args, **options)
        image, *steps = model.layers
        for place, step in enumerate(steps):
            if step.name.startswith("norm"):
                steps[place - 1 : place + 1] = [step, steps[place - 1]]
        x = image = keras.Input(image.batch_shape[1:])
        for step in steps:
            x = step(x)
        return keras.Model(image, x)

    return paper


@check(
    "alexnet_two_gpus",
    slide=SLIDE_CASE,
    where_to_look="`groups=groups` belongs to conv2, conv4 and conv5, and to no other layer.",
)
def alexnet_two_gpus(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Two GPUs at full size, then what a narrow copy computes."""
    like = reference.build_alexnet
    paper = _as_in_the_paper(like)
    yield structure(
        groups=2,
        like=like,
        also=[paper],
        parameters=_parameters("96, two GPUs"),
        label="the network on two GPUs, 60,965,224 parameters (F0649)",
        share=2.0,
    )
    filters, (units, classes) = _filters(draw), draw.different(2, 5, 12)
    yield transplant(
        (67, 99, 2),
        filters,
        units,
        classes,
        groups=2,
        like=like,
        also=[paper],
        rng=draw.rng,
        inputs=_pixels(draw, 3, 67, 99, 2),
        label="what a narrow copy computes",
        **LARGE,
    )


@check(
    "alexnet_ablations",
    slide=SLIDE_VARIANTS,
    where_to_look="A layer goes with its ReLU, a fully connected one with its dropout as well; "
    "nothing else changes.",
)
def alexnet_ablations(reference: Reference) -> Iterator[Case]:
    """The four rows of the slide on two GPUs."""
    for name, fact in [
        ("without fc7", "F0819"),
        ("without fc6 and fc7", "F0820"),
        ("without conv3 and conv4", "F0821"),
        ("without all four", ""),
    ]:
        network = ARCHITECTURES[name]
        yield structure(
            like=reference.build_alexnet,
            also=[_as_in_the_paper(reference.build_alexnet)],
            parameters=network.parameters,
            label=f"{name} ({fact})" if fact else name,
            ignore=(),
            **network.kwargs,
        )


@check(
    "alexnet_saved",
    slide=SLIDE_VARIANTS,
    where_to_look="The whole network minus the one without the layers, both with the same groups.",
)
def alexnet_saved() -> Iterator[Case]:
    """The slide's three numbers, exactly, and one GPU."""
    for fact, without in [
        ("F0819", ("fc7",)),
        ("F0820", ("fc6", "fc7")),
        ("F0821", ("conv3", "conv4")),
    ]:
        label = f"without {' and '.join(without)} ({fact})"
        yield call(without, expected=slides.fact(fact).exact(), label=label, rtol=0)
    # conv5 reads 384 maps with or without conv4.
    conv4 = 9 * (384 // 2) * 384 + 384
    yield call(("conv4",), expected=conv4, label="without conv4 alone", rtol=0, share=0.5)
    one = slides.fact("F0630").computed() + slides.fact("F0632").computed()
    # conv5 then reads 256 maps in place of 384, at 9 weights for each of its 256 filters.
    one += 9 * (384 - 256) * 256
    yield call(
        ("conv3", "conv4"), 1, expected=one, label="without conv3 and conv4, on one GPU", rtol=0
    )


@check(
    "zfnet",
    slide=SLIDE_ZFNET,
    where_to_look="Write down the number of pixels after each layer: 110, 55, 26, 13, 6.",
)
def zfnet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The figure, the wider network of the list, and a narrow copy."""
    like = reference.build_zfnet
    yield structure(
        like=like,
        parameters=_parameters("ZFNet"),
        ignore=(),
        label="the network of the figure, 62,357,608 parameters (F0422, F0423)",
        share=2.0,
    )
    yield structure(
        filters=WIDE_ZFNET,
        like=like,
        parameters=_parameters("ZFNet, 512/1024/512"),
        ignore=(),
        label="with 512, 1024 and 512 filters (F0826)",
        slide=slides.cite("CNN Benchmark Models", "ZFNet (1/3)"),
    )
    filters, (units, classes) = _filters(draw), draw.different(2, 5, 12)
    shape = (64, 96, 2)
    yield transplant(
        shape,
        filters,
        units,
        classes,
        like=like,
        rng=draw.rng,
        inputs=_pixels(draw, 3, *shape),
        label="what a narrow copy computes",
        **LARGE,
    )


@check(
    "alexnet_errata",
)
def alexnet_errata() -> Iterator[Case]:
    """Four corrections, by the ledger."""
    for name, fact_id, where_to_look in [
        ("fc6_parameters", "F0119", "9216 inputs for each of 4096 units, and a bias for each."),
        ("first_neurons", "F0043", "conv1 gives 55 × 55 pixels in each of its 96 maps."),
        ("zfnet_maps", "F0557", "The product must be 9216, and it is the output of pool5."),
        ("removed_parameters", "F0821", "Ask `parameters_saved`; it counts two GPUs by default."),
    ]:
        fact = slides.fact(fact_id)
        exact = fact.exact()
        yield answer(
            expected={name: exact[-1] if isinstance(exact, tuple) else exact},
            label=f"{name} ({fact.erratum})",
            slide=fact.citation,
            rtol=0,
            where_to_look=where_to_look,
        )


@check("weight_decay", slide=slides.cite("CNN Benchmark Models", "AlexNet (2/3)"))
def weight_decay() -> Iterator[Case]:
    """What a decay of 0.0005 does to a weight without a gradient."""
    steps, pull = 1_200_000 / 128, 1e-2 * 5e-4
    yield answer(
        expected={"steps": steps},
        rtol=0.001,
        label="steps in an epoch",
        where_to_look="Each step uses one mini-batch of 128 images.",
    )
    yield answer(
        expected={"pull": pull / (1 - 0.9)},
        rtol=0.03,
        atol=0.0,
        label="what the weight loses in a step",
        where_to_look="Put v on both sides: v = 0.9 v − 0.0005 · 0.01 · θ. What is v / θ?",
    )
    yield answer(
        expected={"half_life": np.log(2) / (10 * pull) / steps},
        rtol=0.03,
        label="epochs until half is left",
        where_to_look="(1 − pull)ⁿ = 1/2. For a small pull n is ln 2 / pull, in steps.",
    )
    yield answer(
        expected={"half_life_direct": np.log(2) / pull / steps},
        rtol=0.03,
        label="epochs until half is left, decay at the weight itself",
        where_to_look="Here one step takes ε · λ of the weight, and no velocity adds it up.",
    )
