"""What the notebook a03_costs/slide_calculator requires.

The layers of the slides come first, with what the ledger computes for them; then layers and whole
networks drawn at random, each case with one feature (groups, rounding up, a convention, ...) that a
single slip gets wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from autograder.checks import Draw, answer, call, check
from course_lib import slides
from course_lib.checking import Case
from course_lib.slides import networks

SLIDE_DIMENSIONS = slides.cite("Lecture 7", "Recap: Convolution Layer Dimensions")
SLIDE_RECEPTIVE = slides.cite("Lecture 7", "Recap: Receptive Fields")
SLIDE_VGG = slides.cite("Lecture 7", "VGG: Deeper Networks, Regular Design")
ALEXNET = slides.fact("F0053").citation

WHOLE: dict[str, Any] = {"rtol": 0.0, "atol": 0.01}  # exact counts
ROUNDED = 3.5e-3  # answers of three digits

Reference = SimpleNamespace
Layer = dict[str, Any]
Shape = tuple[int, ...]


def _sides(draw: Draw, low: int = 14, high: int = 20) -> tuple[int, int]:
    """Height and width, never equal, and not close enough to be mistaken for each other."""
    height = draw.integer(low, high)
    return height, height + draw.integer(7, 11)


def _with_remainder(draw: Draw, kernel: int, stride: int, padding: int = 0) -> Shape:
    """Height and width for which the last window does not end at the border, in neither of them."""

    def fits(size: int) -> bool:
        return (size - kernel + 2 * padding) % stride == 0

    height, width = _sides(draw)
    while fits(height):
        height += 1
    while fits(width):
        width += 1
    return height, width


def _plain_conv(draw: Draw, reference: Reference, **settings: Any) -> Layer:
    """A convolution with an odd number of filters that no other size equals."""
    return reference.conv("conv", 29 + 2 * draw.integer(0, 9), draw.integer(3, 5), **settings)


def _grouped_conv(draw: Draw, reference: Reference) -> tuple[Layer, int]:
    """A convolution with groups, and the number of channels of its input."""
    groups = draw.integer(3, 4)
    filters, channels = groups * draw.integer(9, 12), groups * draw.integer(5, 7)
    return reference.conv("grouped", filters, draw.integer(3, 5), groups=groups), channels


def _first_layer(reference: Reference) -> tuple[Layer, Shape]:
    """The layer that Lecture 7 works out in every detail."""
    return reference.layers_of("alexnet64")[0]


@check(
    "layer_output_shape",
    slide=SLIDE_DIMENSIONS,
    where_to_look="Work out one direction by hand, and look at which entry of the shape differs.",
)
def layer_output_shape(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Each kind of layer, each term of the formula, both ways of rounding."""
    layer, shape = _first_layer(reference)
    channels, side = slides.fact("F0051").exact(), slides.fact("F0052").exact()
    yield call(
        layer,
        shape,
        expected=(side, side, channels),
        label="Conv1 of AlexNet",
        slide=slides.fact("F0052").citation,
        **WHOLE,
    )

    def case(layer: Layer, shape: Shape, label: str, where: str) -> Case:
        expected = reference.output_shape(layer, shape)
        return call(layer, shape, expected=expected, label=label, where_to_look=where, **WHOLE)

    layer = _plain_conv(draw, reference)
    yield case(
        layer,
        (*_sides(draw), draw.integer(5, 9)),
        "a convolution with stride 1, without padding",
        "Height and width each lose K - 1 pixels; the channels become the filters.",
    )
    kernel, stride = draw.integer(4, 5), draw.integer(3, 4)
    # A wide frame, so that each known mistake gives a size of its own.
    layer = reference.conv("conv", 29 + 2 * draw.integer(0, 9), kernel, stride, padding=7)
    yield case(
        layer,
        (*_with_remainder(draw, kernel, stride, 7), draw.integer(5, 9)),
        "a convolution with stride and padding that leaves a remainder",
        "A convolution rounds down, before 1 is added.",
    )
    shape = (*_with_remainder(draw, 3, 2), draw.integer(5, 9))
    yield case(
        reference.pool("pool", 3, 2),
        shape,
        "a pooling that rounds down",
        "Without `ceil` a pooling rounds down, and it keeps the channels.",
    )
    yield case(
        reference.pool("pool", 3, 2, ceil=True),
        shape,
        "a pooling that rounds up",
        "`ceil` asks for the quotient rounded up, before 1 is added.",
    )
    yield case(
        reference.pool("pool", 3, 2, padding=1),
        (*_with_remainder(draw, 3, 2, 1), draw.integer(5, 9)),
        "a pooling with padding",
        "The formula is the same as for a convolution.",
    )
    shape = (*_sides(draw, 5, 7), draw.integer(3, 4))
    yield case(
        reference.flatten("flatten"), shape, "flatten", "All values of the map, in a tuple of one."
    )
    yield case(
        reference.dense("dense", draw.integer(30, 60)),
        shape,
        "a dense layer on a feature map",
        "A dense layer puts out its units, whatever the shape of its input.",
    )


@check(
    "layer_parameters",
    slide=ALEXNET,
    where_to_look="Write down the shape of the weights, multiply, and add the biases that count.",
)
def layer_parameters(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Each kind of layer, groups, and both meanings of "no biases"."""
    layer, shape = _first_layer(reference)
    fact = slides.fact("F0111")
    yield call(
        layer,
        shape,
        expected=fact.exact(),
        label="Conv1 of AlexNet",
        slide=fact.citation,
        where_to_look=f"The slide says: {fact.statement.removeprefix('Conv1 params ')}.",
        **WHOLE,
    )

    def case(layer: Layer, shape: Shape, label: str, where: str, **conventions: Any) -> Case:
        expected = reference.parameters(layer, shape, **conventions)
        return call(
            layer,
            shape,
            expected=expected,
            label=label,
            where_to_look=where,
            **conventions,
            **WHOLE,
        )

    layer = _plain_conv(draw, reference, padding=1, stride=2)
    shape = (*_sides(draw), draw.integer(5, 9))
    yield case(layer, shape, "a convolution", "The size of the image does not matter.")
    yield case(
        layer,
        shape,
        "the same, without counting biases",
        "`biases=False` leaves out one number for each filter.",
        biases=False,
    )
    layer = _plain_conv(draw, reference, bias=False)
    yield case(
        layer,
        shape,
        "a convolution that has no biases",
        'A layer with `"bias": False` has none to count.',
    )
    layer, channels = _grouped_conv(draw, reference)
    yield case(
        layer,
        (*_sides(draw), channels),
        "a convolution with groups",
        "Each filter sees the channels of its own group only.",
    )
    layer = reference.dense("dense", draw.integer(30, 60))
    yield case(
        layer,
        (*_sides(draw, 5, 7), draw.integer(3, 4)),
        "a dense layer on a feature map",
        "Its inputs are all values of the map.",
    )
    yield case(
        layer,
        (draw.integer(70, 90),),
        "a dense layer on a vector, without counting biases",
        "One weight from each input to each unit.",
        biases=False,
    )
    yield case(
        reference.pool("pool", draw.integer(2, 4), 2),
        (*_sides(draw), draw.integer(5, 9)),
        "a pooling",
        "A pooling has nothing to learn.",
    )


@check(
    "layer_macs",
    slide=ALEXNET,
    where_to_look="Count the output values first, then the products that one of them takes.",
)
def layer_macs(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Each kind of layer, groups, and both conventions for poolings."""
    layer, shape = _first_layer(reference)
    fact = slides.fact("F0112")
    yield call(
        layer,
        shape,
        expected=fact.exact(),
        label="Conv1 of AlexNet",
        slide=fact.citation,
        where_to_look=f"The slide says: {fact.statement.removeprefix('Conv1 flops ')}.",
        **WHOLE,
    )

    def case(layer: Layer, shape: Shape, label: str, where: str, **conventions: Any) -> Case:
        expected = reference.macs(layer, shape, **conventions)
        return call(
            layer,
            shape,
            expected=expected,
            label=label,
            where_to_look=where,
            **conventions,
            **WHOLE,
        )

    layer = _plain_conv(draw, reference, stride=2, padding=1)
    yield case(
        layer,
        (*_with_remainder(draw, layer["kernel"], 2, 1), draw.integer(5, 9)),
        "a convolution with stride and padding",
        "Every value of the output takes one multiply-add for each weight of its filter.",
    )
    layer, channels = _grouped_conv(draw, reference)
    yield case(
        layer,
        (*_sides(draw), channels),
        "a convolution with groups",
        "A filter has weights for the channels of its own group only.",
    )
    layer = reference.dense("dense", draw.integer(30, 60))
    yield case(
        layer,
        (*_sides(draw, 5, 7), draw.integer(3, 4)),
        "a dense layer on a feature map",
        "One multiply-add for every weight.",
    )
    layer = reference.pool("pool", 3, 2)
    shape = (*_with_remainder(draw, 3, 2), draw.integer(5, 9))
    yield case(layer, shape, "a pooling", "Without `pools=True` a pooling costs nothing.")
    yield case(
        layer,
        shape,
        "a pooling that counts",
        "With `pools=True` each output value costs K * K operations.",
        pools=True,
    )
    yield case(reference.flatten("flatten"), shape, "flatten", "Nothing is computed.", pools=True)


@check(
    "layer_memory",
    slide=ALEXNET,
    where_to_look="Values of the output, times bytes for each, divided by the bytes of a kilobyte.",
)
def layer_memory(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Each kind of layer, then each convention."""
    for number, name, fact_id in [(0, "Conv1", "F0110"), (1, "Pool1", "F0115")]:
        layer, shape = reference.layers_of("alexnet64")[number]
        fact = slides.fact(fact_id)
        yield call(
            layer,
            shape,
            expected=fact.computed(),
            label=f"{name} of AlexNet",
            slide=fact.citation,
            where_to_look=f"The slide says: {fact.statement.removeprefix(f'{name} ')}.",
        )
    layer = _plain_conv(draw, reference, stride=2)
    shape = (*_with_remainder(draw, layer["kernel"], 2), draw.integer(5, 9))
    dense, values = reference.dense("dense", draw.integer(300, 600)), (draw.integer(70, 90),)
    one_layer: list[tuple[Layer, Shape, str, dict[str, Any]]] = [
        (layer, shape, "a convolution", {}),
        (dense, values, "a dense layer", {}),
        (layer, shape, "a kilobyte of 1000 bytes", {"kilo": 1000}),
        (layer, shape, "values of 2 bytes", {"bytes_per_value": 2}),
    ]
    for described, inputs, label, conventions in one_layer:
        expected = reference.memory_kilobytes(described, inputs, **conventions)
        yield call(described, inputs, expected=expected, label=label, **conventions)


@check("doubling", slide=SLIDE_VGG)
def doubling(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The factors that the reference finds on a layer of its own."""
    side, channels = draw.integer(6, 12), draw.integer(3, 8)

    def costs(sides: int, width: int) -> dict[str, float]:
        layer = reference.conv("conv", 5 * width, 3, padding=1, bias=False)
        shape = (sides, 3 * sides, width)
        return {
            "parameters": reference.parameters(layer, shape),
            "macs": reference.macs(layer, shape),
            "memory": reference.memory_kilobytes(layer, shape),
        }

    before = costs(side, channels)
    sides = costs(2 * side, channels)
    wider = costs(side, 2 * channels)
    yield answer(
        expected={"sides": {name: sides[name] / before[name] for name in before}},
        label="height and width double",
        where_to_look="Four times as many positions, and the same filters at each of them.",
    )
    yield answer(
        expected={"channels": {name: wider[name] / before[name] for name in before}},
        label="channels and filters double",
        where_to_look="Twice as many filters, and each of them sees twice as many channels.",
    )
    yield answer(
        expected={"batch": {"parameters": 1, "macs": 2, "memory": 2}},
        label="two images instead of one",
        where_to_look="Which of the three belongs to the network, and which to the images?",
    )


def _window_layers(draw: Draw, reference: Reference, strides: list[int]) -> list[Any]:
    """Convolutions and poolings in turn, with the given strides and kernels that differ."""
    layers = []
    for number, stride in enumerate(strides):
        kernel = draw.integer(3, 5)
        if number % 2:
            layers.append(reference.pool(f"pool{number}", kernel, stride, padding=1))
        else:
            padding = draw.integer(1, 2)
            layers.append(reference.conv(f"conv{number}", 8, kernel, stride, padding))
    return layers


@check(
    "network_receptive_fields",
    slide=SLIDE_RECEPTIVE,
    where_to_look="Write field and jump beside each layer, beginning with 1 and 1.",
)
def network_receptive_fields(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The stacks of the slides, strides in every place, and what follows a flatten."""
    for depth, fact_id in [(2, "F0001"), (3, "F0002")]:
        fact = slides.fact(fact_id)
        fields = [*(1 + 2 * number for number in range(1, depth)), fact.exact()]
        layers = [reference.conv(f"conv{n}", 16, 3, padding=1) for n in range(1, depth + 1)]
        yield call(
            layers,
            expected=fields,
            label=f"{depth} convolutions of 3 × 3",
            slide=fact.citation,
            where_to_look="Every layer adds K - 1.",
            **WHOLE,
        )
    for label, strides in [
        ("a stride in the first layer", [3, 1, 1]),
        ("strides in several layers", [2, 2, 1, 3, 1]),
    ]:
        layers = _window_layers(draw, reference, strides)
        yield call(layers, expected=reference.receptive_fields(layers), label=label, **WHOLE)
    layers = [
        *_window_layers(draw, reference, [2, 2]),
        reference.flatten("flatten"),
        reference.dense("dense", 10),
    ]
    yield call(
        layers,
        expected=reference.receptive_fields(layers),
        label="with flatten and dense layers at the end",
        where_to_look="A value after a flatten or dense layer sees the whole image: `None`.",
        **WHOLE,
    )


def _random_network(draw: Draw, reference: Reference, flatten: bool) -> tuple[list[Layer], Shape]:
    """A small network with groups, both kinds of rounding and layers with and without biases."""
    groups = draw.integer(2, 3)
    filters = groups * draw.integer(4, 7)
    layers = [
        reference.conv("conv1", filters, draw.integer(4, 6), stride=2, padding=1),
        reference.pool("pool1", 3, 2, ceil=True),
        reference.conv("conv2", groups * draw.integer(8, 11), 3, padding=1, groups=groups),
        reference.conv("conv3", draw.integer(12, 20), 1, bias=False),
        reference.pool("pool2", 2, 2, mode="average"),
        reference.dense("hidden", draw.integer(21, 35)),
        reference.dense("classes", draw.integer(5, 11)),
    ]
    if flatten:
        layers.insert(5, reference.flatten("flatten"))
    return layers, (*_sides(draw, 40, 50), draw.integer(3, 4))


@check(
    "cost_table",
    slide=ALEXNET,
    where_to_look="If the functions for one layer are right, look at which shape each layer gets.",
)
def cost_table(draw: Draw, reference: Reference) -> Iterator[Case]:
    """AlexNet and the stem as the ledger computes them, then networks nobody has seen."""
    printed: list[tuple[str, str, dict[str, Any]]] = [
        ("alexnet64", "AlexNet", {}),
        ("googlenet_stem", "the stem of GoogLeNet, poolings counted", {"pools": True}),
    ]
    for name, label, conventions in printed:
        layers, shape = reference.network_of(name)
        fields = reference.receptive_fields(layers)
        expected = [
            {
                "name": row.name,
                "output_shape": _shape_of(row.output),
                "parameters": row.parameters().value,
                "macs": row.macs(**conventions).value,
                "memory_kilobytes": 4 * row.elements().value / 1024,
                "receptive_field": field,
            }
            for row, field in zip(networks.get(name).rows, fields, strict=True)
        ]
        yield call(layers, shape, expected=expected, label=label, rtol=0.0, **conventions)
    drawn: list[tuple[str, bool, dict[str, Any]]] = [
        ("a network drawn at random", True, {}),
        ("the same without biases", False, {"biases": False}),
        ("with poolings counted", False, {"pools": True}),
        ("with kilobytes of 1000 bytes", True, {"kilo": 1000}),
    ]
    for label, flat, conventions in drawn:
        layers, shape = _random_network(draw, reference, flat)
        expected = reference.cost_table(layers, shape, **conventions)
        yield call(layers, shape, expected=expected, label=label, rtol=0.0, **conventions)


def _shape_of(output: Shape) -> Shape:
    """The ledger's (channels, height, width) as the notebook writes it."""
    channels, height, width = output
    return (channels,) if (height, width) == (1, 1) else (height, width, channels)


@check(
    "vgg_layers",
    slide=SLIDE_VGG,
    where_to_look="Print your layers for configuration A and read them beside the three rules.",
)
def vgg_layers(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Two configurations of the slides, then stages that are drawn."""
    for letter in "AC":
        layers, _ = reference.network_of(f"vgg_{letter.lower()}")
        yield call(
            networks.vgg.STAGES[letter],
            expected=layers,
            label=f"configuration {letter}",
            where_to_look="A negative number is a 1 × 1 convolution with that many filters."
            if letter == "C"
            else "",
            **WHOLE,
        )
    filters = [draw.integer(8, 30) for _ in range(6)]
    stages = ((filters[0],), (*filters[1:3], -filters[3]), tuple(filters[4:]))
    yield call(
        stages,
        expected=reference.vgg(stages),
        label="stages drawn at random",
        where_to_look="The number of stages and of layers in them is not always that of VGG.",
        **WHOLE,
    )
    hidden, classes = draw.integer(40, 80), draw.integer(5, 20)
    yield call(
        stages,
        hidden=hidden,
        classes=classes,
        expected=reference.vgg(stages, hidden, classes),
        label="with other dense layers",
        where_to_look="FC6 and FC7 have `hidden` units, FC8 has `classes`.",
        **WHOLE,
    )


@check("why_channels_double", slide=SLIDE_VGG)
def why_channels_double(reference: Reference) -> Iterator[Case]:
    """The quantity that is the same in conv1_2, conv2_2, conv3_2 and conv4_2."""
    pairs = {layer["name"]: (layer, shape) for layer, shape in reference.layers_of("vgg_d")}
    quantities = (reference.parameters, reference.macs, reference.memory_kilobytes)
    names = ("conv1_2", "conv2_2", "conv3_2", "conv4_2")
    same = [
        number
        for number, quantity in enumerate(quantities, start=1)
        if len({quantity(*pairs[name], **_weights_only(quantity, reference)) for name in names})
        == 1
    ]
    yield answer(
        expected=same[0],
        label="what doubling the channels keeps the same",
        where_to_look="Read the three columns of the four rows that the notebook prints.",
    )


def _weights_only(quantity: Any, reference: Reference) -> dict[str, bool]:
    return {"biases": False} if quantity is reference.parameters else {}


@check("erratum_e05", slide=slides.fact("F0179").citation)
def erratum_e05() -> Iterator[Case]:
    """The sum of the stem's rows."""
    yield answer(
        expected={"millions": slides.fact("F0179").computed()},
        label="the right total",
        rtol=ROUNDED,
        where_to_look="Add up the column `macs` of a table made with `pools=True`.",
    )
    yield answer(
        expected={"went_wrong": "digits"},
        label="what went wrong",
        where_to_look="Compare the printed total with the sum of the printed rows.",
    )


@check("erratum_e10", slide=slides.fact("F0579").citation)
def erratum_e10(reference: Reference) -> Iterator[Case]:
    """The sum of VGG-16's rows, and the layer that the drawing lacks."""
    yield answer(
        expected={"billions": slides.fact("F0579").computed()},
        label="the right number",
        rtol=ROUNDED,
        where_to_look="Add up the column `macs` of configuration D, all kinds of layers.",
    )
    whole, drawn = (
        [layer["name"] for layer in reference.network_of(name)[0]]
        for name in ("vgg_d", "vgg_drawn")
    )
    missing = [name for name in whole if name not in drawn]
    yield answer(
        expected={"missing": missing[0]},
        label="the missing layer",
        where_to_look="How many convolutions has stage 3 in the drawing, and how many in VGG-16?",
    )


@check("erratum_e24", slide=slides.fact("F0707").citation)
def erratum_e24() -> Iterator[Case]:
    """The sum of all values of VGG-16, and what does not explain the printed one."""
    yield answer(
        expected={"millions": slides.fact("F0707").computed()},
        label="the right number of values",
        rtol=ROUNDED,
        where_to_look="Kilobytes times 1024 / 4 are values; the image itself counts too.",
    )
    yield answer(
        expected={"explained_by": "none"},
        label="what explains the printed number",
        where_to_look="Compute what each explanation would give, and compare with the slide.",
    )


@check("erratum_e27", slide=slides.fact("F0740").citation)
def erratum_e27(reference: Reference) -> Iterator[Case]:
    """The sum of the module's layers, the layer counted twice, the true saving."""
    right, printed = slides.fact("F0740").computed(), float(slides.fact("F0740").printed)
    yield answer(
        expected={"millions": right},
        label="the right total",
        rtol=ROUNDED,
        where_to_look="Add `macs(layer, shape)` of all layers of the module.",
    )
    pairs = reference.layers_of("inception_bottleneck")
    twice = min(pairs, key=lambda pair: abs(right + reference.macs(*pair) / 1e6 - printed))
    yield answer(
        expected={"counted_twice": twice[0]["name"]},
        label="the layer that was counted twice",
        where_to_look="Which layer takes what the printed total has too much?",
    )
    yield answer(
        expected={"saving": slides.fact("F0741").computed()},
        label="the saving",
        rtol=5e-3,
        where_to_look="Divide the total of the naive module by the right total.",
    )
