"""What the notebook a06_deeper/resnet requires.

Networks are compared by structure with the solution's, whose parameters must be those of the
ledger, and by what narrow versions of them compute with given weights. A padding shortcut can be
written in many ways that are different graphs: networks with it are filled with weights by a rule
and run. Gradients are expected as central differences. The training and the weights that are handed
in are judged by their accuracy, and the bound was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import (
    Draw,
    answer,
    call,
    check,
    fit,
    recipe,
    structure,
    submitted_weights,
    transplant,
)
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient
from solutions.architectures import Architecture

DECK = "Convolutional Neural Network"
SLIDE_GRADIENT = slides.cite(DECK, "Residual connections")
SLIDE_RESNET = slides.cite(DECK, "ResNet")
SLIDE_RESIDUAL = slides.cite("Lecture 7", "Residual Networks")
SLIDE_BASIC = slides.cite("Lecture 7", "Residual Networks: Basic Block")
SLIDE_BOTTLENECK = slides.cite("Lecture 7", "Residual Networks: Bottleneck Block")
SLIDE_V2 = slides.cite("Lecture 7", "Improving Residual Networks: Block Design")
SLIDE_CASE = slides.cite("Lecture 9", "Case Study: ResNet")
SLIDE_TABLE = slides.cite("CNN Benchmark Models", "ResNet (3/3)")
SLIDE_SUMMARY = slides.cite("CNN Benchmark Models", "Summary of Popular CNN Models")
RENUMBERED = (3, 1, 4, 0, 5, 9, 2, 6, 8, 7)
"""An order of the digits in which only labels help that were handed over."""
WEIGHTS = "resnet.safetensors"  # what is handed in beside the notebook


ARCHITECTURES = {
    "ResNet-18": Architecture(
        builder="resnet",
        args=((2, 2, 2, 2), False),
        parameters=11_689_512,
        statistics=9_600,
        macs=1_814_073_344,
        parameters_fact="F0226",
        macs_fact="F0224",
    ),
    "ResNet-34": Architecture(
        builder="resnet",
        args=((3, 4, 6, 3), False),
        parameters=21_797_672,
        statistics=17_024,
        macs=3_663_761_408,
        parameters_fact="F0238",
    ),
    "ResNet-50": Architecture(
        builder="resnet",
        args=((3, 4, 6, 3), True),
        parameters=25_557_032,
        statistics=53_120,
        macs=3_857_973_248,
        parameters_fact="F0250",
        macs_fact="F0248",
        application="ResNet50",
    ),
    "ResNet-50 v1.5": Architecture(
        builder="resnet",
        args=((3, 4, 6, 3), True),
        kwargs={"stride_in": "3x3"},
        parameters=25_557_032,
        statistics=53_120,
        macs=4_089_184_256,
        parameters_fact="F0250",
    ),
    "ResNet-101": Architecture(
        builder="resnet",
        args=((3, 4, 23, 3), True),
        parameters=44_549_160,
        statistics=105_344,
        macs=7_570_194_432,
        parameters_fact="F0262",
        macs_fact="F0260",
        application="ResNet101",
    ),
    "ResNet-152": Architecture(
        builder="resnet",
        args=((3, 8, 36, 3), True),
        parameters=60_192_808,
        statistics=151_424,
        macs=11_282_415_616,
        parameters_fact="F0274",
        macs_fact="F0272",
        application="ResNet152",
    ),
    "ResNet-20": Architecture(
        builder="cifar_resnet",
        args=(3,),
        parameters=269_722,
        statistics=1_376,
        macs=40_551_040,
        parameters_fact="F0988",
    ),
    "ResNet-32": Architecture(
        builder="cifar_resnet",
        args=(5,),
        parameters=464_154,
        statistics=2_272,
        macs=68_862_592,
        parameters_fact="F0992",
    ),
    "ResNet-56": Architecture(
        builder="cifar_resnet",
        args=(9,),
        parameters=853_018,
        statistics=4_064,
        macs=125_485_696,
        parameters_fact="F0996",
    ),
    "ResNet-110": Architecture(
        builder="cifar_resnet",
        args=(18,),
        parameters=1_727_962,
        statistics=8_096,
        macs=252_887_680,
        parameters_fact="F1000",
    ),
    "ResNet-1202": Architecture(
        builder="cifar_resnet",
        args=(200,),
        parameters=19_421_274,
        statistics=89_632,
        macs=2_829_238_912,
        parameters_fact="F1004",
    ),
    "plain-56": Architecture(
        builder="cifar_resnet",
        args=(9,),
        kwargs={"shortcut": None},
        parameters=853_018,
        statistics=4_064,
        macs=125_485_696,
    ),
}


Reference = SimpleNamespace
Options = dict[str, Any]


def _even(draw: Draw, count: int, low: int, high: int) -> list[int]:
    """Even numbers that are all different: where `same` padding with a stride shows itself."""
    return [2 * n for n in draw.different(count, low // 2, high // 2)]


@check(
    "residual_backward",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_GRADIENT,
    where_to_look="Follow the gradient from the last ReLU backward. At the sum it takes both ways.",
)
def residual_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """All gradients as central differences; then a branch without weights: what remains is I."""
    forward = reference.residual_forward
    for label in ("three examples", "other sizes"):
        x, w1, w2 = _away_from_kinks(draw)
        dout = draw.rng.normal(size=x.shape)
        expected = tuple(
            numerical_gradient(function, value, dout)
            for function, value in (
                (lambda z, w1=w1, w2=w2: forward(z, w1, w2), x),
                (lambda z, x=x, w2=w2: forward(x, z, w2), w1),
                (lambda z, x=x, w1=w1: forward(x, w1, z), w2),
            )
        )
        yield call(
            dout,
            x,
            w1,
            w2,
            expected=expected,
            names=("dx", "dw1", "dw2"),
            label=label,
            rtol=1e-4,
            atol=1e-6,
        )
    x, w1, w2 = _away_from_kinks(draw)
    x = np.abs(x) + 0.1
    dout = draw.rng.normal(size=x.shape)
    w1, w2 = np.zeros_like(w1), np.zeros_like(w2)
    yield call(
        dout,
        x,
        w1,
        w2,
        expected=(dout, np.zeros_like(w1), np.zeros_like(w2)),
        names=("dx", "dw1", "dw2"),
        label="weights of zero: the gradient passes unchanged",
        share=0.5,
    )


def _away_from_kinks(draw: Draw) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Inputs and weights for which no ReLU stands close to its corner, and some of each sort."""
    while True:
        batch, features, hidden = draw.different(3, 3, 6)
        x = draw.rng.normal(size=(batch, features))
        w1, w2 = draw.rng.normal(size=(features, hidden)), draw.rng.normal(size=(hidden, features))
        before = x @ w1
        total = np.maximum(before, 0) @ w2 + x
        corners = np.concatenate([before.ravel(), total.ravel()])
        both = all(0.25 < np.mean(part > 0) < 0.75 for part in (before, total))
        if both and np.abs(corners).min() > 0.02:
            return x, w1, w2


def padded(x: np.ndarray, filters: int, strides: int) -> np.ndarray:
    """Option A, value by value."""
    batch, height, width, channels = x.shape
    rows, columns = range(0, height, strides), range(0, width, strides)
    result = np.zeros((batch, len(rows), len(columns), filters), x.dtype)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            result[:, i, j, :channels] = x[:, row, column]
    return result


@check(
    "padding_shortcut",
    slide=SLIDE_GRADIENT,
    where_to_look="Rows and columns 0, s, 2s ... stay; the channels of the input come first, the "
    "zeros after them.",
)
def padding_shortcut(draw: Draw) -> Iterator[Case]:
    """Both sides odd and even, with and without a stride; nothing to do."""
    for strides, more, label in [
        (2, 4, "stride 2 and more channels"),
        (1, 3, "more channels only"),
        (3, 0, "stride 3 only"),
        (1, 0, "nothing to do"),
    ]:
        batch, channels, height, width = draw.different(4, 2, 8)
        x = draw.normal(batch, height, width, channels)
        filters = channels + more
        share = 1.0 if strides == 2 else 0.5
        yield call(
            x, filters, strides, expected=padded(x, filters, strides), label=label, share=share
        )


@check(
    "basic_block",
    slide=SLIDE_BASIC,
    where_to_look="Go through the table above the cell, line by line.",
)
def basic_block(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Identity, projection for either reason, plain; then what small blocks compute."""
    like = reference.as_model(reference.basic_block)
    height, width = _even(draw, 2, 8, 30)
    channels, filters = draw.different(2, 3, 12)
    built: list[tuple[int, int, Options, str]] = [
        (filters, 1, {}, "a block with an identity shortcut"),
        (channels, 2, {}, "the first block of a stage"),
        (channels, 1, {}, "more channels at the same resolution"),
        (channels, 2, {"shortcut": None}, "a plain block"),
    ]
    for before, strides, options, label in built:
        yield structure(
            (height, width, before), filters, strides, like=like, label=label, **options
        )
    for same, strides, mode in [(False, 2, False), (True, 1, True)]:
        batch, channels, filters = draw.different(3, 2, 6)
        height, width = _even(draw, 2, 6, 12)
        before = filters if same else channels
        yield transplant(
            (height, width, before),
            filters,
            strides,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, height, width, before),
            training=mode,
            label="outputs of an identity block in training"
            if same
            else "outputs of a first block",
        )


@check(
    "starts_as_identity",
    slide=SLIDE_CASE,
    where_to_look="Only the batch normalization right before the addition, on the branch, gets "
    '`gamma_initializer="zeros"`.',
)
def starts_as_identity(draw: Draw) -> Iterator[Case]:
    """What a fresh block computes follows from its definition alone."""
    height, width, channels, filters = draw.different(4, 3, 7)
    x = draw.normal(2, height, width, channels)
    identity = np.maximum(x, 0)
    yield call(
        x,
        channels,
        zero_gamma=True,
        expected={
            "inference": identity,
            "training": identity,
            "gammas": [0.0, 1.0],
            "every beta 1": np.maximum(x + 1, 0),
        },
        label="a fresh block with an identity shortcut",
    )
    yield call(
        x,
        channels + filters,
        2,
        zero_gamma=True,
        expected={"gammas": [0.0, 1.0, 1.0]},
        label="gammas of a block with a projection",
        share=0.5,
    )
    yield call(
        x,
        channels,
        expected={"gammas": [1.0, 1.0]},
        label="gammas without `zero_gamma`",
        share=0.5,
    )


@check(
    "block_macs",
    slide=SLIDE_BOTTLENECK,
    where_to_look="Write down channels before and after each convolution, and add up H W K² times "
    "both.",
)
def block_macs(draw: Draw) -> Iterator[Case]:
    """The slide's two formulas, and the bottleneck of the other deck."""
    yield call(
        28,
        28,
        64,
        expected={"bottleneck": slides.fact("F0752").computed()},
        label="the bottleneck on 28 × 28 × 256",
        slide=SLIDE_CASE,
        rtol=0,
    )
    for fact_id, kind in [("F0286", "basic"), ("F0287", "bottleneck")]:
        height, width, channels = draw.different(3, 10, 60)
        # `18C²HW`: the number in front.
        factor = int(str(slides.fact(fact_id).computed()).partition("C")[0])
        expected = {kind: factor * height * width * channels**2}
        yield call(height, width, channels, expected=expected, label=f"{kind} block", rtol=0)


@check(
    "bottleneck_block",
    slide=SLIDE_CASE,
    where_to_look="1 × 1, 3 × 3, 1 × 1, each with BN; ReLU after the first two, and after the sum.",
)
def bottleneck_block(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Identity, both places of the stride, the first block of the network; outputs."""
    like = reference.as_model(reference.bottleneck_block)
    height, width = _even(draw, 2, 8, 30)
    channels, filters = draw.different(2, 3, 12)
    built: list[tuple[int, int, Options, str]] = [
        (4 * filters, 1, {}, "a block with an identity shortcut"),
        (channels, 2, {}, "the stride in the 1 × 1"),
        (channels, 2, {"stride_in": "3x3"}, "the stride in the 3 × 3"),
        (filters, 1, {}, "the very first block of a network"),
    ]
    for before, strides, options, label in built:
        yield structure(
            (height, width, before), filters, strides, like=like, label=label, **options
        )
    run: list[tuple[Options, bool, str]] = [
        ({}, False, "outputs with the stride in the 1 × 1"),
        ({"stride_in": "3x3"}, True, "outputs with the stride in the 3 × 3, in training"),
    ]
    for options, mode, label in run:
        batch, channels, filters = draw.different(3, 2, 5)
        height, width = _even(draw, 2, 6, 12)
        yield transplant(
            (height, width, channels),
            filters,
            2,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, height, width, channels),
            training=mode,
            label=label,
            **options,
        )


@check(
    "weight_layers",
    slide=SLIDE_RESIDUAL,
    where_to_look="A basic block has two convolutions, a bottleneck three; then the first and the "
    "last layer of the network.",
)
def weight_layers(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The five names, and one network that nobody has built."""
    for depth, (blocks, bottleneck) in reference.NETWORKS.items():
        label = f"ResNet-{depth}"
        yield call(blocks, bottleneck, expected=depth, label=label, share=0.5, rtol=0)
    blocks = tuple(draw.different(4, 2, 40))
    kind = bool(draw.rng.integers(2))
    expected = 2 + sum(blocks) * (3 if kind else 2)
    yield call(blocks, kind, expected=expected, label="other stages", rtol=0)


def _known_network(name: str, reference: Reference, share: float = 1.0) -> Case:
    network = ARCHITECTURES[name]
    return structure(
        *network.args,
        like=reference.resnet,
        parameters=network.all_parameters,
        label=f"{name} ({network.parameters_fact})",
        share=share,
        slide=slides.fact(network.parameters_fact).citation,
        **network.kwargs,
    )


def _narrow_networks(draw: Draw, reference: Reference) -> Iterator[Case]:
    width, classes, channels = draw.different(3, 2, 9)
    blocks = tuple(draw.different(4, 1, 4))
    height, wide = 32 * draw.integer(1, 2), 96
    yield structure(
        blocks,
        True,
        "3x3",
        width,
        classes,
        (height, wide, channels),
        like=reference.resnet,
        label="other stages and sizes, stride in the 3 × 3",
        slide=SLIDE_TABLE,
    )
    for bottleneck, kind in [(False, "basic blocks"), (True, "bottlenecks")]:
        # Narrow, since stage 4 has eight times the width, and its kernels the square of that.
        width, batch, classes = draw.integer(2, 3), 2, draw.integer(4, 7)
        shape = (48, 40, 1)
        yield transplant(
            (1, 2, 1, 1) if bottleneck else (2, 1, 2, 1),
            bottleneck,
            width=width,
            classes=classes,
            input_shape=shape,
            like=reference.resnet,
            rng=draw.rng,
            inputs=draw.normal(batch, *shape),
            training=not bottleneck,
            label=f"outputs of a narrow network of {kind}",
            slide=SLIDE_TABLE,
        )


def resnet_public(draw: Draw, reference: Reference) -> Iterator[Case]:
    """With 50 layers in place of 152, whose graph is large and says nothing new."""
    yield _known_network("ResNet-18", reference)
    yield _known_network("ResNet-50", reference)
    yield from _narrow_networks(draw, reference)


@check(
    "resnet",
    forbids=("keras.applications",),
    slide=SLIDE_TABLE,
    where_to_look="Go through the table above the cell, line by line, with the summary of your "
    "network beside it.",
    public=resnet_public,
)
def resnet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The smallest and the largest network of the slides, then narrow ones."""
    yield _known_network("ResNet-18", reference)
    yield _known_network("ResNet-152", reference)
    yield from _narrow_networks(draw, reference)


@check("keras_biases", slide=SLIDE_TABLE)
def keras_biases(reference: Reference) -> Iterator[Case]:
    """One bias for each filter, counted along the table."""

    def of_stage(width: int, blocks: int) -> int:
        return blocks * (width + width + 4 * width) + 4 * width

    blocks = reference.NETWORKS[50][0]
    stages = [of_stage(64 * 2**stage, count) for stage, count in enumerate(blocks)]
    for name, expected, where_to_look in [
        ("stem", 64, "One bias for each filter, whatever its size."),
        ("stage_1", stages[0], "Three blocks of 64, 64 and 256 filters, and the projection."),
        ("stage_4", stages[3], "Three blocks of 512, 512 and 2,048 filters, and the projection."),
        ("all", 64 + sum(stages), "The stem and all four stages. Or take the difference."),
    ]:
        yield answer(
            expected={name: expected}, label=f"`{name}`", rtol=0, where_to_look=where_to_look
        )


@check(
    "cifar_resnet",
    forbids=("keras.applications",),
    slide=SLIDE_CASE,
    where_to_look="A stem of 3 × 3, three stages of n blocks, pooling, one layer: nothing else.",
)
def cifar_resnet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """With projections and plain by structure, with padding by what it computes."""
    height, wide = _even(draw, 2, 10, 20)
    width, classes, channels = draw.different(3, 2, 9)
    shape = (height, wide, channels)
    yield structure(
        2,
        "projection",
        width,
        classes,
        shape,
        like=reference.cifar_resnet,
        label="14 layers with projections, other sizes",
    )
    yield structure(3, None, like=reference.cifar_resnet, label="20 layers, plain")
    padded_networks: list[tuple[int, Options, bool, str]] = [
        (1, {}, False, "outputs of 8 layers with padding"),
        (2, {"shortcut": "padding"}, True, "outputs of 14 layers with padding, in training"),
    ]
    for n, options, training, label in padded_networks:
        batch, width, classes = draw.different(3, 3, 6)
        height, wide = _even(draw, 2, 10, 16)
        yield transplant(
            n,
            **options,
            width=width,
            classes=classes,
            input_shape=(height, wide, 3),
            like=reference.cifar_resnet,
            rng=draw.rng,
            inputs=draw.normal(batch, height, wide, 3),
            training=training,
            label=label,
        )


@check(
    "cifar_costs",
    slide=SLIDE_SUMMARY,
    where_to_look="Work out one stage for n = 1 on paper: two convolutions, each with its batch "
    "normalization.",
)
def cifar_costs(draw: Draw) -> Iterator[Case]:
    """The five networks of the slides, one number a case."""
    for name, network in ARCHITECTURES.items():
        if network.builder != "cifar_resnet" or network.kwargs:
            continue
        for what, number in [("parameters", network.parameters), ("macs", network.macs)]:
            words = "multiply-adds" if what == "macs" else what
            yield call(
                *network.args,
                expected={what: number},
                label=f"{words} of {name} ({network.parameters_fact})",
                share=0.5,
                rtol=0,
            )
    n = draw.integer(20, 59)
    yield call(n, expected=_cifar_by_formula(n), label="another n", rtol=0)


def _cifar_by_formula(n: int) -> dict[str, int]:
    """In closed form: both are linear in n."""
    squares = 9 * (16**2 + 32**2 + 64**2)  # weights of one convolution in each stage
    halves = 9 * (32**2 + 64**2) // 2  # what the first ones of stages 2 and 3 have less
    norms = 2 * (16 + 32 + 64)
    parameters = 2 * n * (squares + norms) - halves + (27 * 16 + 32) + 650
    # Pixels times channels squared is the same in every stage.
    one = 9 * 1024 * 256
    macs = 1024 * 27 * 16 + 6 * n * one - one + 640
    return {"parameters": parameters, "macs": macs}


def _eight_layers(names: SimpleNamespace) -> Callable[..., Any]:
    return partial(names.cifar_resnet, 1, width=8, input_shape=(14, 14, 1))


def _recipe(seed: int = 0) -> Case:
    return recipe(
        "mnist",
        optimizer="SGD",
        momentum=0.9,
        rates=[(0, 0.1), (1 / 2, 0.01), (3 / 4, 0.001)],
        batch_size=64,
        seed=seed,
        label="the recipe, in a few steps",
        share=0.5,
    )


def _public_training(reference: Reference) -> Iterator[Case]:
    yield _recipe()
    yield fit(
        "mnist",
        like=_eight_layers(reference),
        epochs=5,
        classes=RENUMBERED,
        label="500 validation digits, after 5 epochs",
        public=True,
    )


@check(
    "resnet_trained",
    slide=SLIDE_CASE,
    cpu_seconds=300,
    public=_public_training,
    where_to_look="Draw the learning curves of `train_resnet(...).history`: does the loss fall? "
    "Then compare what is trained on with what is scored.",
)
def resnet_trained(draw: Draw, reference: Reference) -> Iterator[Case]:
    """A training of the grader's own; the bound is measured (`autograder calibrate`)."""
    yield _recipe(draw.integer(1, 999_999))
    yield fit(
        "mnist",
        like=_eight_layers(reference),
        epochs=5,
        seed=draw.integer(1, 999_999),
        classes=draw.rng.permutation(10).tolist(),
        label="1,000 unseen digits, after 5 epochs",
    )


def _public_weights() -> Iterator[Case]:
    yield submitted_weights(
        WEIGHTS,
        dataset="mnist",
        calibrated_by="resnet_trained",
        label="500 validation digits",
        public=True,
    )


@check(
    "resnet_weights",
    slide=SLIDE_CASE,
    public=_public_weights,
    where_to_look="Load the file where you trained, `training.set_weights(digit_resnet(), "
    f'training.read_weights("{WEIGHTS}"))`, and score validation digits as the data set has them.',
)
def resnet_weights() -> Iterator[Case]:
    """Weights from elsewhere, in the student's own network; held to the bound of one training."""
    yield submitted_weights(
        WEIGHTS,
        dataset="mnist",
        calibrated_by="resnet_trained",
        label="1,000 unseen digits",
    )


@check(
    "preactivation_resnet",
    forbids=("keras.applications",),
    slide=SLIDE_V2,
    where_to_look="BN, ReLU, convolution, in this order; the sum goes on as it is.",
)
def preactivation_resnet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Structure for the slide's sizes and others; outputs in both modes."""
    height, wide = _even(draw, 2, 10, 20)
    width, classes, channels = draw.different(3, 2, 9)
    like = reference.preactivation_resnet
    yield structure(1, like=like, label="8 layers")
    yield structure(
        3, width, classes, (height, wide, channels), like=like, label="20 layers, other sizes"
    )
    for n, training in [(1, False), (2, True)]:
        batch, width, classes = draw.different(3, 3, 6)
        height, wide = _even(draw, 2, 8, 14)
        yield transplant(
            n,
            width,
            classes,
            (height, wide, 3),
            like=like,
            rng=draw.rng,
            inputs=draw.normal(batch, height, wide, 3),
            training=training,
            label=f"outputs of {6 * n + 2} layers{', in training' if training else ''}",
        )


@check(
    "slide_errata",
)
def slide_errata(reference: Reference) -> Iterator[Case]:
    """E22, E28, E31, E35 and E36."""
    printed_decay = float(slides.fact("F0759").printed)
    copied = list(reference.NETWORKS)
    for name, expected, citation, where_to_look in [
        (
            "pool",
            (3, 2),
            SLIDE_RESNET,
            "Compare with the table of section 6: what stands in conv2_x before the blocks?",
        ),
        (
            "depth",
            slides.fact("F0907").computed(),
            SLIDE_TABLE,
            "For which of these depths does the table of section 6 have no network?",
        ),
        (
            "weight_decay",
            round(1e-4 / printed_decay),
            SLIDE_CASE,
            "Divide what the paper has by what the slide prints.",
        ),
        (
            "copied_from",
            copied,
            SLIDE_SUMMARY,
            "Look for 1.8, 3.6, 3.86, 7.6 and 11.3 among the multiply-adds in section 6.",
        ),
        (
            "kernels",
            [3],
            SLIDE_SUMMARY,
            "Which convolutions does the network of section 7 have, when its shortcuts have none?",
        ),
        (
            "classes",
            10,
            SLIDE_SUMMARY,
            "Which data set is the network of section 7 made for?",
        ),
    ]:
        yield answer(
            expected={name: expected},
            label=f"`{name}`",
            share=0.5 if name in ("kernels", "classes") else 1.0,
            rtol=0,
            slide=citation,
            where_to_look=where_to_look,
        )
