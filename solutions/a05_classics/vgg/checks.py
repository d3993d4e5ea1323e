"""What the notebook a05_classics/vgg requires.

The configurations come from the course's ledger, and costs are counted on networks that Keras
builds. Networks are compared by their structure, and narrow ones by what they compute.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from autograder.checks import Draw, answer, call, check, structure, transplant
from course_lib import costs, slides
from course_lib.checking import Case
from course_lib.slides import networks
from solutions.architectures import Architecture

SLIDE_VGG = slides.cite("Lecture 9", "Case Study: VGGNet")
SLIDE_STACK = slides.cite("CNN Benchmark Models", "VGG (4/4)")
SLIDE_TABLE = slides.cite("Convolutional Neural Network", "VGGNet: ILSVRC 2014 2nd place")
SLIDE_RULES = slides.cite("Lecture 7", "VGG: Deeper Networks, Regular Design")
SLIDE_HEAD = slides.cite("CNN Benchmark Models", "VGG (3/4)")
SLIDE_SUMMARY = slides.cite("CNN Benchmark Models", "Summary of Popular CNN Models")
SLIDE_NIN = slides.cite("Lecture 9", "Network in Network (NiN)")
SLIDE_LRN = slides.cite("Lecture 7", "AlexNet")


Stage = tuple[tuple[int, int] | str, ...]
Stages = tuple[Stage, ...]
Reference = SimpleNamespace


def _as_entries(stages: tuple[tuple[int, ...], ...]) -> Stages:
    """The ledger's table, in which a negative number means 1 x 1 filters."""
    return tuple(tuple((3, f) if f > 0 else (1, -f) for f in stage) for stage in stages)


STAGES: dict[str, Stages] = {
    name: _as_entries(networks.vgg.STAGES[name]) for name in ("A", "B", "C", "D", "E")
}
STAGES["A-LRN"] = (((3, 64), "LRN"), *STAGES["A"][1:])
NIN_BLOCKS = ((5, (192, 160, 96)), (5, (192, 192, 192)), (3, (192, 192, 10)))

ARCHITECTURES = {
    "A": Architecture(
        builder="vgg",
        args=(STAGES["A"],),
        parameters=132_863_336,
        macs=7_609_090_048,
        parameters_fact="F0425",
        macs_fact="F0427",
    ),
    "A-LRN": Architecture(
        builder="vgg",
        args=(STAGES["A-LRN"],),
        parameters=132_863_336,
        macs=7_609_090_048,
        parameters_fact="F0440",
        macs_fact="F0427",
    ),
    "B": Architecture(
        builder="vgg",
        args=(STAGES["B"],),
        parameters=133_047_848,
        macs=11_308_466_176,
        parameters_fact="F0428",
        macs_fact="F0430",
    ),
    "C": Architecture(
        builder="vgg",
        args=(STAGES["C"],),
        parameters=133_638_952,
        macs=11_770_888_192,
        parameters_fact="F0431",
        macs_fact="F0433",
    ),
    "D": Architecture(
        builder="vgg",
        args=(STAGES["D"],),
        parameters=138_357_544,
        macs=15_470_264_320,
        parameters_fact="F0434",
        macs_fact="F0436",
        application="VGG16",
    ),
    "E": Architecture(
        builder="vgg",
        args=(STAGES["E"],),
        parameters=143_667_240,
        macs=19_632_062_464,
        parameters_fact="F0437",
        macs_fact="F0439",
        application="VGG19",
    ),
    "fully convolutional D": Architecture(
        builder="fully_convolutional",
        args=(STAGES["D"], (224, 224, 3)),
        parameters=138_357_544,
        macs=15_470_264_320,
        parameters_fact="F0434",
        macs_fact="F0436",
    ),
    "network in network": Architecture(
        builder="network_in_network",
        args=(NIN_BLOCKS,),
        parameters=966_986,
        macs=222_486_528,
    ),
}


@check(
    "kernel_stack",
    slide=SLIDE_STACK,
    where_to_look="Count one layer first. Every further layer has as many weights, and lets a "
    "value see K − 1 pixels more.",
)
def kernel_stack(draw: Draw) -> Iterator[Case]:
    """The stacks of the slides and fresh ones, counted on networks of Keras."""
    channels, height, width = draw.different(3, 8, 24)
    cases = [
        ((3, 3), (1, 40, 30), "three 3 × 3, one map (F0884)"),
        ((7, 1), (1, 40, 30), "one 7 × 7, one map (F0884)"),
        ((3, 2), (channels, height, width), "two 3 × 3"),
        ((5, draw.integer(3, 4)), (channels, height, width), "several 5 × 5"),
    ]
    for (kernel, depth), sizes, label in cases:
        yield call(
            kernel,
            depth,
            *sizes,
            expected=_counted_stack(kernel, depth, *sizes),
            label=label,
            rtol=0,
        )


def _counted_stack(
    kernel: int, depth: int, channels: int, height: int, width: int
) -> dict[str, int]:
    def build() -> keras.Model:
        model = keras.Sequential([keras.Input((height, width, channels))])
        for _ in range(depth):
            model.add(keras.layers.Conv2D(channels, kernel, padding="same", activation="relu"))
        return model

    table = costs.count(build, biases=False)
    field = table.rows[-1].receptive_field
    if field is None or field[0] is None:
        raise ValueError("The receptive field of the stack is not known.")
    return {
        "receptive_field": field[0],
        "weights": table.parameters,
        "macs": table.macs,
        "relus": depth,
    }


@check("lrn_effects", slide=SLIDE_LRN)
def lrn_effects() -> Iterator[Case]:
    """What AlexNet's constants do to small and to large activations, and what they cost."""

    def divisor(activation: float, neighbours: int) -> float:
        return float((2 + 1e-4 * neighbours * activation**2) ** 0.75)

    yield answer(
        expected={"at_one": 1 / divisor(1, 5)},
        rtol=0.02,
        label="the factor for activations of 1",
        where_to_look="Five squares of 1, times 0.0001: what is left to add to k = 2?",
    )
    yield answer(
        expected={"felt": np.sqrt(2 / (5 * 1e-4))},
        rtol=0.02,
        label="activations whose squares weigh as much as k",
        where_to_look="Solve 0.0001 · 5 · a² = 2 for a.",
    )
    yield answer(
        expected={"edge": divisor(200, 5) / divisor(200, 3)},
        rtol=0.02,
        label="the first channel beside one in the middle, a = 200",
        where_to_look="The first channel's window holds itself and two neighbours: three squares.",
    )
    yield answer(
        expected={"megabytes": 224 * 224 * 64 * 4 / 1e6},
        rtol=0.02,
        label="memory of its output",
        where_to_look="LRN changes no shape: height × width × channels values of 4 bytes.",
    )


@check(
    "vgg_configurations",
    slide=SLIDE_TABLE,
    where_to_look="Read the column of the table from top to bottom: five stages, and in each as "
    "many pairs as it has convolutions.",
)
def vgg_configurations() -> Iterator[Case]:
    """Column by column."""
    # A and A-LRN are given.
    for name in ("B", "C", "D", "E"):
        yield answer(expected={name: STAGES[name]}, label=f"configuration {name}", rtol=0)


@check(
    "vgg_growth",
    slide=SLIDE_TABLE,
    where_to_look="Three layers are new or larger, in stages 3, 4 and 5. The input of each has as "
    "many maps as its output.",
)
def vgg_growth() -> Iterator[Case]:
    """The differences of the totals."""
    totals = {"B": "F0428", "C": "F0431", "D": "F0434", "E": "F0437"}
    for small, large in ("BC", "CD", "DE"):
        step = slides.fact(totals[large]).exact() - slides.fact(totals[small]).exact()
        name = f"{small} to {large}"
        yield answer(expected={name: int(step)}, label=f"from {name}", rtol=0)


# Two stages with kernels of both sizes and no two numbers of filters equal, so narrow that they run
# in no time.
NARROW: Stages = (((3, 4), (1, 7)), ((3, 6), (3, 5)))
NARROW_LRN: Stages = (((3, 8), "LRN"), ((3, 7),))


@check("vgg", forbids=("keras.applications",), slide=SLIDE_RULES)
def vgg(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The networks of the table, then narrow ones with weights of ours."""
    for name in ("A", "C", "D", "E"):
        network = ARCHITECTURES[name]
        yield structure(
            *network.args,
            like=reference.vgg,
            parameters=network.parameters,
            ignore=(),
            label=f"configuration {name} ({network.parameters_fact})",
            slide=SLIDE_TABLE,
        )
    first, second, third, hidden = draw.different(4, 12, 40)
    stages = (((3, first),), ((5, second), (3, third)), ((1, first),))
    yield structure(
        stages,
        like=reference.vgg,
        input_shape=(56, 40, 1),
        hidden=hidden,
        classes=draw.integer(5, 11),
        dropout=0.3,
        ignore=(),
        label="three stages of your own, dropout 0.3",
    )
    yield structure(
        stages,
        like=reference.vgg,
        input_shape=(40, 56, 2),
        hidden=hidden,
        classes=7,
        batch_norm=True,
        ignore=(),
        label="three stages with batch normalization",
    )
    narrow: dict[str, Any] = {"input_shape": (12, 8, 3), "hidden": 9, "classes": 5}
    yield transplant(
        NARROW,
        like=reference.vgg,
        rng=draw.rng,
        inputs=draw.normal(4, 12, 8, 3),
        label="a narrow network computes the same",
        **narrow,
    )
    yield transplant(
        NARROW_LRN,
        like=reference.vgg,
        rng=draw.rng,
        # Inputs as large as pixels, or LRN would hardly do more than divide.
        inputs=60 * draw.normal(6, 12, 8, 3),
        last_scale=1 / 20,
        label="a narrow network with LRN computes the same",
        where_to_look="LRN comes after the ReLU of its stage and before the pooling.",
        **narrow,
    )
    yield transplant(
        NARROW,
        like=reference.vgg,
        rng=draw.rng,
        inputs=draw.normal(6, 12, 8, 3),
        label="a narrow network with batch normalization, training, no dropout",
        training=True,
        dropout=0.0,
        batch_norm=True,
        **narrow,
    )


@check(
    "vgg_stage_costs",
    slide=SLIDE_RULES,
    where_to_look="Go through one stage layer by layer, with the maps before and after each, and "
    "the size of the maps in this stage.",
)
def vgg_stage_costs(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Counted on the networks that Keras builds."""
    first, second, third, channels = draw.different(4, 3, 20)
    fresh: Stages = (((3, first), "LRN"), ((1, second), (3, third)), ((5, first), (1, second)))
    odd = (int(4 * draw.integer(6, 9) + 2), int(4 * draw.integer(10, 14) + 3), channels)
    for stages, shape, label in [
        (STAGES["D"], (224, 224, 3), "VGG-16"),
        (STAGES["C"], (224, 224, 3), "configuration C"),
        (fresh, odd, "other stages on another image, with odd sides"),
    ]:
        yield call(
            stages,
            *(() if shape == (224, 224, 3) else (shape,)),
            expected=_counted_stages(reference, stages, shape),
            label=label,
            rtol=0,
        )


def _counted_stages(
    reference: Reference, stages: Stages, shape: tuple[int, int, int]
) -> list[dict[str, int]]:
    bare = tuple(tuple(entry for entry in stage if entry != "LRN") for stage in stages)
    table = costs.count(lambda: reference.vgg(bare, shape, hidden=2, classes=2), biases=False)
    found = []
    for number in range(1, len(stages) + 1):
        rows = [row for row in table.rows if row.layer.startswith(f"conv{number}_")]
        rows = [row for row in rows if row.type == "Conv2D"]
        found.append(
            {
                "values": sum(row.activation_bytes or 0 for row in rows) // 4,
                "weights": sum(row.parameters for row in rows),
                "macs": sum(row.macs or 0 for row in rows),
            }
        )
    return found


@check("missing_convolution", slide=SLIDE_RULES)
def missing_convolution() -> Iterator[Case]:
    """E04, from the ledger's two networks."""
    drawn, right = networks.get("vgg_drawn"), networks.get("vgg_d")
    sizes = [
        int(network.total(lambda row: row.parameters(), lambda row: True).value)
        for network in (right, drawn)
    ]
    work = [
        int(network.total(lambda row: row.macs(), lambda row: True).value)
        for network in (right, drawn)
    ]
    for name, expected, label, look in [
        (
            "drawn",
            int(slides.fact("F0139").printed),
            "weight layers in the drawing",
            "Count convolutions and dense layers; poolings have no weights.",
        ),
        ("missing", "conv3_3", "the missing layer", "Compare stage by stage, from the top."),
        (
            "parameters",
            sizes[0] - sizes[1],
            "its parameters",
            "It has 256 maps before and after it, and a bias for each filter.",
        ),
        (
            "macs",
            work[0] - work[1],
            "its multiply-adds",
            "Its weights are used once for each pixel of its output. How large are the maps?",
        ),
    ]:
        yield answer(expected={name: expected}, label=label, rtol=0, where_to_look=look)


@check(
    "errata_of_the_drawing",
    slide=slides.cite("Lecture 7", "GoogLeNet: Aggressive Stem"),
)
def errata_of_the_drawing() -> Iterator[Case]:
    """E06 and E09, to three digits."""
    for name, fact_id, look in [
        ("E06 megabytes", "F0180", "Stages 1 to 3 of configuration D: 4 bytes a value, 2²⁰ a MB."),
        ("E06 million weights", "F0181", "The weights of stages 1 to 3 of configuration D."),
        ("E06 million macs", "F0182", "The multiply-adds of stages 1 to 3 of configuration D."),
        ("E09 megabytes", "F0573", "All five stages of configuration D: 4 bytes a value."),
    ]:
        yield answer(
            expected={name: float(slides.fact(fact_id).computed())},
            label=f"{name} ({fact_id})",
            rtol=3e-3,
            where_to_look=look,
        )


@check("vgg_summary_errata", slide=SLIDE_SUMMARY)
def vgg_summary_errata() -> Iterator[Case]:
    """E32 and E33, to three digits."""
    for name, fact_id in [("VGG-11", "F0964"), ("VGG-13", "F0969"), ("VGG-19", "F0979")]:
        yield answer(
            expected={name: float(slides.fact(fact_id).computed())},
            label=f"the convolutions of {name} (E32, {fact_id})",
            rtol=3e-3,
            where_to_look="Add up the multiply-adds of all five stages, without dense layers.",
        )
    yield answer(
        expected={"with 1x1": "C"},
        label="the configuration with 1 × 1 kernels (E33, F0981)",
        where_to_look="Look for conv1 in the table of configurations.",
    )
    yield answer(
        expected={"million parameters": float(slides.fact("F0431").computed())},
        label="its parameters (E33, F0431)",
        rtol=3e-3,  # three digits, as for the others
        where_to_look="The whole network counts here, with dense layers and biases.",
    )


@check(
    "dense_to_conv",
    slide=SLIDE_VGG,
    where_to_look="Follow one weight: where must that of row 1, column 0, channel 2 come from?",
)
def dense_to_conv(draw: Draw) -> Iterator[Case]:
    """Each weight put in its place by the formula; then a layer on a single pixel."""
    height, width, channels, units = draw.different(4, 2, 6)
    for label, (rows, columns) in [("a kernel for whole maps", (height, width)), ("1 × 1", (1, 1))]:
        kernel = draw.normal(rows * columns * channels, units)
        expected = np.empty((rows, columns, channels, units), kernel.dtype)
        for i, j, c in np.ndindex(rows, columns, channels):
            expected[i, j, c] = kernel[(i * columns + j) * channels + c]
        yield call(kernel, (rows, columns), expected=expected, label=label, rtol=0)


@check("fully_convolutional", forbids=("keras.applications",), slide=SLIDE_HEAD)
def fully_convolutional(draw: Draw, reference: Reference) -> Iterator[Case]:
    """VGG-16 on its own and on a larger image, then a narrow one with weights of ours."""
    parameters = ARCHITECTURES["D"].parameters
    asked: list[tuple[tuple[int, int, int], dict[str, Any], str]] = [
        ((224, 224, 3), {}, "VGG-16 on 224 × 224: one place"),
        ((384, 320, 3), {"dropout": 0.3}, "VGG-16 on 384 × 320, dropout 0.3: several places"),
    ]
    for shape, settings, label in asked:
        yield structure(
            STAGES["D"],
            shape,
            like=reference.fully_convolutional,
            parameters=parameters,
            ignore=(),
            label=label,
            **settings,
        )
    yield transplant(
        NARROW,
        (None, None, 3),
        (3, 2),
        9,
        5,
        like=reference.fully_convolutional,
        rng=draw.rng,
        inputs=draw.normal(2, 20, 25, 3),
        label="a narrow network on an image of any size",
    )


@check("network_in_network", slide=SLIDE_NIN)
def network_in_network(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The network of the paper, another one, and a narrow one with weights of ours."""
    yield structure(
        NIN_BLOCKS,
        like=reference.network_in_network,
        parameters=ARCHITECTURES["network in network"].parameters,
        ignore=(),
        label="the network for 32 × 32 × 3",
    )
    widths = draw.different(6, 5, 30)
    blocks = ((3, tuple(widths[:3])), (5, tuple(widths[3:])))
    yield structure(
        blocks,
        (26, 44, 2),
        like=reference.network_in_network,
        dropout=0.3,
        ignore=(),
        label="two mlpconv layers, another image, dropout 0.3",
    )
    yield transplant(
        ((3, (5, 4, 6)), (5, (7, 3, 4))),
        (10, 13, 2),
        like=reference.network_in_network,
        rng=draw.rng,
        inputs=draw.normal(3, 10, 13, 2),
        label="a narrow network computes the same",
    )
