"""What the notebook a07_efficient/efficient requires.

Networks are compared by structure with the solution's and, where they are narrow, by what they
compute with given weights. A shuffle is one permutation, however it is written; what it connects is
followed channel by channel here. Densities follow from a formula and from the facts of the ledger.
The student's own network may be any: its blueprint is counted, and what was trained is counted
again, beside its accuracy, for which the bound was measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np

from autograder.checks import Draw, answer, budget, call, check, fit, structure, transplant
from course_lib import slides
from course_lib.checking import Case
from solutions.a05_classics.alexnet.checks import ARCHITECTURES as ALEXNET
from solutions.architectures import Architecture

SLIDE_V2 = slides.cite("Lecture 9", "Efficient networks: MobileNets")
SLIDE_SHUFFLE = slides.cite("CNN Benchmark Models", "ShuffleNet Comparison")
SLIDE_SQUEEZE = slides.cite("CNN Benchmark Models", "Accuracy vs. Complexity")


def _v2(alpha: float, parameters: int, statistics: int, macs: int, side: int = 224) -> Architecture:
    return Architecture(
        builder="mobilenet_v2",
        args=(alpha, (side, side, 3)),
        parameters=parameters,
        statistics=statistics,
        macs=macs,
        application="MobileNetV2" if (alpha, side) == (1.0, 224) else "",
    )


def _shuffle(
    groups: int, parameters: int, statistics: int, macs: int, scale: float = 1.0, stem: int = 24
) -> Architecture:
    return Architecture(
        builder="shufflenet",
        args=(groups, scale),
        kwargs={"stem": stem},
        parameters=parameters,
        statistics=statistics,
        macs=macs,
    )


def _squeeze(version: str, side: int, padding: str, parameters: int, macs: int) -> Architecture:
    return Architecture(
        builder="squeezenet",
        args=(version, (side, side, 3)),
        kwargs={"padding": padding},
        parameters=parameters,
        macs=macs,
    )


ARCHITECTURES = {
    "MobileNetV2 0.35": _v2(0.35, 1_677_128, 14_080, 59_285_808),
    "MobileNetV2 0.5": _v2(0.5, 1_968_680, 18_544, 97_131_840),
    "MobileNetV2 0.75": _v2(0.75, 2_636_424, 26_640, 209_069_792),
    "MobileNetV2": _v2(1.0, 3_504_872, 34_112, 300_774_272),
    "MobileNetV2 1.3": _v2(1.3, 5_386_792, 44_256, 509_374_560),
    "MobileNetV2 1.4": _v2(1.4, 6_108_776, 47_936, 582_195_824),
    "MobileNetV2 at 192": _v2(1.0, 3_504_872, 34_112, 221_316_608, 192),
    "MobileNetV2 at 160": _v2(1.0, 3_504_872, 34_112, 154_083_200, 160),
    "MobileNetV2 at 128": _v2(1.0, 3_504_872, 34_112, 99_074_048, 128),
    "MobileNetV2 at 96": _v2(1.0, 3_504_872, 34_112, 56_289_152, 96),
    "ShuffleNet 1x, g=1": _shuffle(1, 1_531_936, 14_688, 143_078_976),
    "ShuffleNet 1x, g=2": _shuffle(2, 1_733_848, 20_400, 140_836_512),
    "ShuffleNet 1x, g=3": _shuffle(3, 1_865_728, 24_480, 137_460_672),
    "ShuffleNet 1x, g=4": _shuffle(4, 1_968_344, 27_744, 134_339_776),
    "ShuffleNet 1x, g=8": _shuffle(8, 2_434_768, 39_168, 138_365_952),
    "ShuffleNet 1.5x, g=3": _shuffle(3, 3_442_168, 36_720, 292_443_552, 1.5),
    "ShuffleNet 2x, g=3": _shuffle(3, 5_448_208, 48_960, 507_637_632, 2.0),
    "ShuffleNet 0.5x, g=3": _shuffle(3, 718_888, 12_240, 42_688_992, 0.5),
    "ShuffleNet 0.5x, g=3, narrow stem": _shuffle(3, 718_324, 12_240, 37_589_856, 0.5, 12),
    "SqueezeNet 1.0": _squeeze("1.0", 224, "same", 1_248_424, 870_484_512),
    "SqueezeNet 1.0 at 227": _squeeze("1.0", 227, "valid", 1_248_424, 832_667_936),
    "SqueezeNet 1.1": _squeeze("1.1", 224, "same", 1_235_496, 386_973_376),
    "SqueezeNet 1.1 at 227": _squeeze("1.1", 227, "valid", 1_235_496, 352_540_352),
}


Reference = SimpleNamespace


def _known(name: str, reference: Reference, share: float = 1.0) -> Case:
    network = ARCHITECTURES[name]
    return structure(
        *network.args,
        like=getattr(reference, str(network.builder)),
        parameters=network.all_parameters,
        label=f"{name}, {network.parameters:,} parameters",
        share=share,
        **network.kwargs,
    )


@check(
    "inverted_residual",
    slide=SLIDE_V2,
    where_to_look="Go through the table above the cell, row by row, and then its four points.",
)
def inverted_residual(draw: Draw, reference: Reference) -> Iterator[Case]:
    """With and without the addition, for either reason; nothing to expand; odd and even sizes."""
    like = reference.as_model(reference.inverted_residual)
    channels, filters, times = draw.different(3, 3, 9)
    height, width = 2 * draw.integer(4, 8), 2 * draw.integer(9, 12) + 1
    built: list[tuple[int, int, int, str]] = [
        (channels, 1, 6, "the same channels, stride 1: with the addition"),
        (filters, 1, 6, "other channels, stride 1"),
        (channels, 2, 6, "the same channels, stride 2"),
        (filters, 1, 1, "expansion 1"),
    ]
    for made, strides, expansion, label in built:
        yield structure((height, width, channels), made, strides, expansion, like=like, label=label)
    yield structure(
        (width, height, channels),
        channels,
        expansion=1,
        like=like,
        label="expansion 1, with the addition",
        share=0.5,
    )
    run: list[tuple[bool, int, bool, str]] = [
        (True, 1, True, "outputs with the addition, in training"),
        (False, 2, False, "outputs with stride 2"),
    ]
    for same, strides, mode, label in run:
        yield transplant(
            (6, 9, channels),
            channels if same else filters,
            strides,
            times,
            like=like,
            rng=draw.rng,
            inputs=4 * draw.normal(2, 6, 9, channels),
            training=mode,
            label=label,
        )


def crushed(points: np.ndarray, matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Point by point, the way back as the least squares that the pseudoinverse stands for."""
    back, lost = [], []
    for point in points:
        results = [float(point @ column) for column in matrix.T]
        image = np.array([max(result, 0.0) for result in results])
        back.append(np.linalg.lstsq(matrix.T, image, rcond=None)[0])
        told = matrix[:, [result > 0 for result in results]]
        sizes = np.linalg.svd(told, compute_uv=False) if told.size else np.zeros(0)
        lost.append(np.sum(sizes > 1e-8) < len(matrix))
    return np.array(back), np.array(lost)


@check(
    "crushed_by_relu",
    slide=SLIDE_V2,
    where_to_look="Take one point and two columns, and write down which results are above zero.",
)
def crushed_by_relu(draw: Draw) -> Iterator[Case]:
    """A plane in few and in many dimensions, space, and columns that point the same way."""
    parallel = draw.rng.normal(size=(2, 2))
    directions = np.concatenate([parallel, 2 * parallel, 3 * parallel], axis=1)
    matrices = [
        (draw.rng.normal(size=(2, 3)), "a plane in 3 dimensions"),
        (draw.rng.normal(size=(2, 8)), "a plane in 8 dimensions"),
        (draw.rng.normal(size=(3, 5)), "space in 5 dimensions"),
        (directions, "columns that point the same way"),
    ]
    for matrix, label in matrices:
        points = _off_the_corners(draw, matrix)
        back, lost = crushed(points, matrix)
        yield call(
            points,
            matrix,
            expected=(back, lost),
            names=("what comes back", "what is lost"),
            label=label,
        )


def _off_the_corners(draw: Draw, matrix: np.ndarray) -> np.ndarray:
    """Points for which no result is so near to zero that rounding decides."""
    kept: list[np.ndarray] = []
    while len(kept) < 20:
        point = draw.rng.normal(size=len(matrix))
        if np.abs(point @ matrix).min() > 1e-2:
            kept.append(point)
    return np.array(kept)


@check(
    "mobilenet_v2",
    forbids=("keras.applications",),
    slide=SLIDE_V2,
    where_to_look="Compare the summary of your network with the table, row by row.",
)
def mobilenet_v2(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The network of the paper, a wide and a narrow one; outputs of one that is narrower still."""
    like = reference.mobilenet_v2
    yield _known("MobileNetV2", reference)
    yield _known("MobileNetV2 1.4", reference)
    yield _known("MobileNetV2 0.35", reference)
    classes, channels = draw.different(2, 2, 9)
    height, width = 32 * draw.integer(1, 2), 2 * draw.integer(33, 50) + 1
    yield structure(
        0.75, (height, width, channels), classes, like=like, label="other sizes, 0.75 as wide"
    )
    yield transplant(
        0.1,
        (40, 56, 1),
        classes,
        like=like,
        rng=draw.rng,
        inputs=draw.normal(2, 40, 56, 1),
        label="outputs of a narrow network",
    )


def dealt(channels: int, groups: int) -> list[int]:
    """The order of a channel shuffle, one channel of each group in turn."""
    size = channels // groups
    return [group * size + place for place in range(size) for group in range(groups)]


@check(
    "channel_shuffle",
    slide=SLIDE_SHUFFLE,
    where_to_look="Write the numbers 0 to 11 into a table of 4 rows, and read its columns.",
)
def channel_shuffle(draw: Draw) -> Iterator[Case]:
    """The order of the text, others; batch and both sides differ, so that nothing else may move."""
    twelve = np.arange(12.0, dtype="float32")[np.newaxis, np.newaxis, np.newaxis]
    rows, columns = draw.different(2, 2, 5)
    groups, size = draw.different(2, 2, 6)
    others = draw.normal(3, rows, columns, groups * size)
    for x, count, label in [
        (twelve, 4, "channels 0 to 11 in 4 groups"),
        (others, groups, f"{groups * size} channels in {groups} groups"),
        (others, 1, "a single group"),
    ]:
        order = dealt(x.shape[-1], count)
        back = np.argsort(order).tolist()
        for name, chosen in [("shuffled", order), ("unshuffled", back)]:
            yield call(
                x,
                count,
                expected={name: x[..., chosen]},
                label=f"{name}: {label}",
                share=0.5 if count > 1 else 0.25,
                rtol=0,
            )


def connected(channels: int, hidden: int, groups: int, shuffled: bool) -> np.ndarray:
    """Every way from an input over a hidden map to an output, one by one."""
    result = np.zeros((channels, channels), bool)
    order = dealt(hidden, groups) if shuffled else list(range(hidden))
    for place, came_from in enumerate(order):
        for i in range(channels):
            for j in range(channels):
                sees = i // (channels // groups) == came_from // (hidden // groups)
                seen = place // (hidden // groups) == j // (channels // groups)
                result[i, j] |= sees and seen
    return result


@check(
    "reaches",
    slide=SLIDE_SHUFFLE,
    where_to_look="Follow input 0: which hidden maps see it, where do they go, who reads them?",
)
def reaches(draw: Draw) -> Iterator[Case]:
    """Without the shuffle, with it, with fewer hidden maps in a group than there are groups."""
    for inner, shuffled, label in [
        (5, False, "not shuffled"),
        (4, True, "shuffled"),
        (2, True, "shuffled, with few hidden maps"),
        (7, True, "shuffled, with more hidden maps than groups in a group"),
    ]:
        groups = 4
        channels, hidden = groups * draw.integer(2, 3), groups * inner
        yield call(
            channels,
            hidden,
            groups,
            shuffled,
            expected=connected(channels, hidden, groups, shuffled),
            label=f"{label}: {channels} channels, {hidden} hidden, {groups} groups",
        )
    yield call(
        6, 12, 3, expected=connected(6, 12, 3, True), label="by default it is shuffled", share=0.5
    )


@check(
    "shuffle_unit",
    slide=SLIDE_SHUFFLE,
    where_to_look="Go through the table above the cell, row by row, and then its four points.",
)
def shuffle_unit(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both strides, the first unit, one group; odd and even sizes; outputs of both."""
    like = reference.as_model(reference.shuffle_unit)
    groups = draw.integer(3, 4)
    filters = 4 * groups * draw.integer(3, 4)
    fewer = filters - groups * draw.integer(2, 5)
    height, width = 2 * draw.integer(4, 8), 2 * draw.integer(9, 12) + 1
    first = filters - groups * 2
    built: list[tuple[int, int, int, bool, str]] = [
        (filters, groups, 1, False, "stride 1: the sum"),
        (fewer, groups, 2, False, "stride 2: the concatenation"),
        (first, groups, 2, True, "the first unit of the network"),
        (filters, 1, 1, False, "a single group"),
    ]
    for before, count, strides, is_first, label in built:
        yield structure(
            (height, width, before), filters, count, strides, is_first, like=like, label=label
        )
    for before, strides, mode in [(filters, 1, False), (fewer, 2, True)]:
        yield transplant(
            (6, 9, before),
            filters,
            groups,
            strides,
            like=like,
            rng=draw.rng,
            inputs=draw.normal(2, 6, 9, before),
            training=mode,
            label=f"outputs with stride {strides}{', in training' if mode else ''}",
        )


@check(
    "shufflenet",
    slide=SLIDE_SHUFFLE,
    where_to_look="Compare the summary of your network with the table, row by row.",
)
def shufflenet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Four numbers of groups, a scale and a stem; outputs of a narrow network."""
    yield _known("ShuffleNet 1x, g=3", reference)
    yield _known("ShuffleNet 1x, g=8", reference)
    yield _known("ShuffleNet 1x, g=1", reference, 0.5)
    yield _known("ShuffleNet 0.5x, g=3, narrow stem", reference)
    classes, channels = draw.different(2, 2, 9)
    height, width = 32 * draw.integer(2, 3), 2 * draw.integer(40, 50) + 1
    like = reference.shufflenet
    yield structure(
        4, 2.0, (height, width, channels), classes, like=like, label="other sizes, 2 × as wide"
    )
    yield transplant(
        3,
        0.1,
        (64, 80, 1),
        classes,
        stem=12,
        like=like,
        rng=draw.rng,
        inputs=draw.normal(2, 64, 80, 1),
        label="outputs of a narrow network",
    )


@check("shuffle_rows", slide=SLIDE_SHUFFLE)
def shuffle_rows(reference: Reference) -> Iterator[Case]:
    """What divides what, from the widths alone."""
    widths = reference.SHUFFLE_WIDTHS

    def misfits(groups: int, scale: float, stem: int = 24) -> list[int]:
        """Channels of a grouped convolution that its groups do not divide."""
        filters = [round(scale * widths[groups]) * 2**stage for stage in range(3)]
        before = [stem, *filters]
        made = [n - b for n, b in zip(filters, before, strict=False)]
        inner = [n // 4 for n in filters]
        return [n for n in (*inner, *made, *filters) if n % groups]

    half = [groups for groups in widths if misfits(groups, 0.5)]
    for name, expected, where_to_look in [
        (
            "groups_at_half",
            half,
            "Halve the widths of stage 2, and take a quarter of each: the channels inside a unit.",
        ),
        ("row", (0.5, 4), "Which of the rows of Table 4 are among your answers so far?"),
        (
            "channels",
            misfits(4, 0.5)[0],
            "The channels between the two 1 × 1 convolutions are a quarter of those of the unit.",
        ),
        ("stem", 12, "Count the network with other stems: `shufflenet(3, 0.5, stem=...)`."),
        (
            "branch",
            misfits(8, 0.25, 6)[0],
            "With stride 2 the branch makes what is missing: the unit's channels less those that "
            "come in.",
        ),
    ]:
        yield answer(
            expected={name: expected}, label=f"`{name}`", rtol=0, where_to_look=where_to_look
        )


@check(
    "fire",
    slide=SLIDE_SQUEEZE,
    where_to_look="Three convolutions; the second and the third read the first.",
)
def fire(draw: Draw, reference: Reference) -> Iterator[Case]:
    """All numbers different; outputs, with the order of the two halves."""
    like = reference.as_model(reference.fire)
    for label in ("a fire module", "other sizes"):
        channels, squeeze, expand, height, width = draw.different(5, 3, 20)
        yield structure((height, width, channels), squeeze, expand, like=like, label=label)
    channels, squeeze, expand, height, width = draw.different(5, 3, 9)
    yield transplant(
        (height, width, channels),
        squeeze,
        expand,
        like=like,
        rng=draw.rng,
        inputs=draw.normal(2, height, width, channels),
        label="outputs",
    )


@check(
    "squeezenet",
    slide=SLIDE_SQUEEZE,
    where_to_look="Compare the summary of your network with the two lists and the text below them.",
)
def squeezenet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both versions, both paddings, other images and classes."""
    yield _known("SqueezeNet 1.0", reference)
    yield _known("SqueezeNet 1.1 at 227", reference)
    classes, channels = draw.different(2, 2, 9)
    height, width = draw.different(2, 70, 120)
    for version, padding in [("1.1", "same"), ("1.0", "valid")]:
        yield structure(
            version,
            (height, width, channels),
            classes,
            padding,
            like=reference.squeezenet,
            label=f"version {version} for other images, `{padding}`",
            share=0.5,
        )


@check("fifty_times", slide=SLIDE_SQUEEZE)
def fifty_times() -> Iterator[Case]:
    """From the counts that the two architectures declare."""
    squeezed = ARCHITECTURES["SqueezeNet 1.0 at 227"]
    alexnet = ALEXNET["96, two GPUs"]
    dense = [(9216, 4096), (4096, 4096), (4096, 1000)]
    convolutions = alexnet.parameters - sum(n * m + m for n, m in dense)
    for name, expected, where_to_look in [
        (
            "parameters",
            alexnet.parameters / squeezed.parameters,
            "Add up weights and biases of AlexNet's eight layers, and divide by SqueezeNet's.",
        ),
        (
            "convolutions",
            convolutions / squeezed.parameters,
            "Leave out the three fully connected layers, and divide by the same number.",
        ),
        (
            "macs",
            alexnet.macs / squeezed.macs,
            "Every weight of a convolution is used once for every pixel of its output.",
        ),
        ("megabytes", 4 * squeezed.parameters / 1e6, "32 bits are 4 bytes."),
    ]:
        yield answer(
            expected={name: expected}, label=f"`{name}`", rtol=4e-3, where_to_look=where_to_look
        )


SLIDE_DENSITY = slides.cite("CNN Benchmark Models", "Accuracy vs. Complexity")
SLIDE_MOBILENET = slides.cite("CNN Benchmark Models", "MobileNet")
BUDGET = {"parameters": 20_000, "macs": 1_000_000, "largest_activation_bytes": 32_768}
RENUMBERED = (3, 1, 4, 0, 5, 9, 2, 6, 8, 7)
"""An order of the classes in which only labels help that were handed over."""


@check(
    "accuracy_density",
    slide=SLIDE_DENSITY,
    where_to_look="Work out one line of the table by hand: 70.6 % and 4.2 million parameters are "
    "16.8 percent for each million.",
)
def accuracy_density(draw: Draw) -> Iterator[Case]:
    """The three networks that the slides compare, as printed, and two that nobody has built."""
    for name, density, accuracy, millions in [
        ("1.0 MobileNet-224", "F1200", "F1201", "F1094"),
        ("GoogLeNet", "F1202", "F1203", "F1097"),
        ("VGG 16", "F1204", "F1205", "F1099"),
    ]:
        printed = slides.fact(accuracy).printed
        yield call(
            100 - float(printed),
            float(slides.fact(millions).printed) * 1e6,
            expected=float(slides.fact(density).computed()),
            label=f"{name}, {printed} % right as printed",
            share=0.5,
            slide=SLIDE_MOBILENET,
        )
    for low, high, kind in [(1_000, 900_000, "a small"), (10_000_000, 90_000_000, "a large")]:
        parameters, error = draw.integer(low, high), draw.integer(150, 480) / 10
        yield call(
            error,
            parameters,
            expected=(100 - error) * 1e6 / parameters,
            label=f"{kind} network with {error} % error",
        )


@check("density_questions", slide=SLIDE_DENSITY)
def density_questions() -> Iterator[Case]:
    """From the printed numbers of the slides and the counts that the notebook prints."""
    density = float(slides.fact("F1200").computed())
    errors = {1.0: 29.4, 0.75: 31.6, 0.5: 36.3, 0.25: 49.4}  # F1114 to F1119
    counts = {1.0: 4_231_976, 0.75: 2_585_560, 0.5: 1_331_592, 0.25: 470_072}

    def gained(narrow: float, wide: float) -> float:
        return (errors[narrow] - errors[wide]) * 1e6 / (counts[wide] - counts[narrow])

    for name, expected, rtol, where_to_look in [
        (
            "guesser",
            0.1 / density * 1e6,
            5e-3,
            "Its density is 0.1 % divided by its parameters in millions. When is that 16.8?",
        ),
        (
            "densest",
            max(errors, key=lambda alpha: (100 - errors[alpha]) / counts[alpha]),
            0,
            "Compare the last column of the table for the four MobileNets, and give α, a number.",
        ),
        (
            "first",
            gained(0.25, 0.5),
            5e-3,
            "Only differences: accuracy at 0.5 less that at 0.25, and the same for parameters.",
        ),
        (
            "last",
            gained(0.75, 1.0),
            5e-3,
            "Only differences: accuracy at 1.0 less that at 0.75, and the same for parameters.",
        ),
    ]:
        yield answer(
            expected={name: expected}, label=f"`{name}`", rtol=rtol, where_to_look=where_to_look
        )


@check(
    "budget_network",
    slide=SLIDE_MOBILENET,
    where_to_look="`costs.plot({'mine': costs.count(budget_network)})` shows on which layers the "
    "budget is spent.",
)
def budget_network() -> Iterator[Case]:
    """The three numbers, of whatever network it is."""
    yield budget(within=BUDGET, output=(10,), label="the three numbers of the budget")


def _public_budget_training() -> Iterator[Case]:
    yield fit(
        "shapes32",
        within=BUDGET,
        epochs=8,
        classes=RENUMBERED,
        label="600 validation images, after 8 epochs",
        public=True,
    )


@check(
    "budget_trained",
    slide=SLIDE_MOBILENET,
    cpu_seconds=300,
    public=_public_budget_training,
    where_to_look="Do twenty images by heart first. If the training accuracy is high and that of "
    "new images is not, let the learning rate fall towards zero.",
)
def budget_trained(draw: Draw) -> Iterator[Case]:
    """A training of the grader's own; the bound is measured (`autograder calibrate`)."""
    yield fit(
        "shapes32",
        within=BUDGET,
        epochs=8,
        seed=draw.integer(1, 999_999),
        classes=draw.rng.permutation(10).tolist(),
        label="1,200 unseen images, after 8 epochs",
    )
