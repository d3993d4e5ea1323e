"""Depths, numbers of blocks, kernels and sizes: what a table's shape says without its weights."""

from __future__ import annotations

from fractions import Fraction

from course_lib.slides import networks
from course_lib.slides._layers import Branches, Conv, Dense, Group, Pool
from course_lib.slides._network import convolutions, select
from course_lib.slides._polynomial import Polynomial, symbols
from course_lib.slides._value import Value, plus
from course_lib.slides.computations._registry import computation
from course_lib.slides.networks import classics, vgg


@computation
def weight_layers(network: str, group: str = "") -> Value:
    """Layers with weights on the longest path, projections not counted."""
    found = networks.get(network)
    if not group:
        return found.weight_layers()
    rows = [row for row in found.rows if row.group == group and row.weighted and not row.side]
    block = next(layer for layer in found.layers if layer.name == group)
    if isinstance(block, Group) and all(isinstance(inner, Branches) for inner in block.layers):
        each = len(rows) // len(block.layers)
        return Value(len(rows), f"{len(block.layers)} blocks · {each}")
    return Value(len(rows), plus(row.name for row in rows))


@computation
def depths(*names: str) -> Value:
    """Weight layers of several networks."""
    return Value(
        tuple(networks.get(name).weight_layers().value for name in names),
        ", ".join(networks.get(name).title for name in names),
    )


@computation
def hidden_layers(network: str) -> Value:
    """Weight layers without the output layer."""
    depth = networks.get(network).weight_layers().value
    return Value(depth - 1, f"{depth} − 1")


@computation
def blocks(network: str, group: str) -> Value:
    """Blocks in a stage."""
    stage = next(layer for layer in networks.get(network).layers if layer.name == group)
    if not isinstance(stage, Group):
        raise ValueError(f"`group` must name a stage. Received: {group!r}")
    return Value(len(stage.layers), f"rows of {group}")


@computation
def modules(network: str) -> Value:
    """Modules with parallel branches."""
    found = [layer.name for layer in networks.get(network).layers if isinstance(layer, Branches)]
    return Value(len(found), ", ".join(found))


@computation
def count(network: str, kinds: str) -> Value:
    """Number of rows of a kind, shortcuts left out."""
    wanted = select(kinds)
    rows = [row.name for row in networks.get(network).rows if wanted(row) and not row.side]
    return Value(len(rows), f"rows of kind {kinds}")


@computation
def stage_poolings(network: str) -> Value:
    """Poolings between stages (not those inside branches)."""
    found = [layer.name for layer in networks.get(network).layers if isinstance(layer, Pool)]
    return Value(len(found), plus(found))


@computation
def counts(kinds: str, *names: str) -> Value:
    """Number of rows of a kind in several networks."""
    return Value(tuple(count(name, kinds).value for name in names), ", ".join(names))


@computation
def conv_and_dense(network: str) -> Value:
    """Numbers of convolutions and of fully connected layers."""
    return Value((count(network, "conv").value, count(network, "dense").value), "conv, dense")


@computation
def kernels(network: str) -> Value:
    """The kernel sizes that a network uses."""
    sides = sorted({conv.sides for conv in convolutions(networks.get(network).rows)})
    return Value(" ".join(f"{h}x{w}" for h, w in sides), "all convolutions")


@computation
def configurations() -> Value:
    """Columns of VGG's table of configurations."""
    return Value(len(vgg.CONFIGURATIONS), ", ".join(vgg.CONFIGURATIONS))


@computation
def stages_with(network: str, convs: int) -> Value:
    """Numbers of the stages with that many convolutions."""
    stages = [layer for layer in networks.get(network).layers if isinstance(layer, Group)]
    found = tuple(n for n, stage in enumerate(stages, 1) if len(stage.layers) == convs)
    return Value(found, f"stages with {convs} convolutions")


@computation
def connections() -> Value:
    """Marks in LeNet-5's table of connections between S2 and C3, by its rule."""
    sizes = [len(seen) for seen in classics.C3_CONNECTIONS]
    terms = [f"{sizes.count(size)}·{size}" for size in sorted(set(sizes))]
    return Value(sum(sizes), plus(terms))


@computation
def connections_drawn() -> Value:
    """Marks in the table as the deck shows it."""
    rows = [line.count("X") for line in classics.C3_DRAWN]
    return Value(sum(rows), plus(map(str, rows)))


@computation
def downsampling(network: str, layer: str) -> Value:
    """Input height over the height after a layer."""
    found = networks.get(network)
    start, end = found.input_shape[1], found.output_shapes[layer][1]
    return Value(Fraction(start, end), f"{start} / {end}")


@computation
def height_change(network: str, row: str) -> Value:
    """Height before and after a row."""
    found = networks.get(network).row(row)
    return Value((found.input[1], found.output[1]), "before, after")


@computation
def stage_change(network: str, row: str) -> Value:
    """Output height and channels of the first layer of a stage."""
    found = networks.get(network).row(row)
    return Value((found.output[1], found.output[0]), f"from {found.input[1]} and {found.input[0]}")


@computation
def conv_as_dense(network: str, row: str) -> Value:
    """Inputs and outputs of the fully connected layer that equals a convolution."""
    found = networks.get(network).row(row)
    if not isinstance(found.layer, Conv) or found.output[1:] != (1, 1):
        raise ValueError(f"The row must be a convolution with one output pixel. Received: {row!r}")
    filters, seen, high, wide = found.layer.weight_shape(found.input)
    return Value((seen * high * wide, filters), f"{seen}·{high}·{wide} inputs")


@computation
def vector_shape(network: str, row: str) -> Value:
    """Input of a fully connected layer as a column."""
    found = networks.get(network).row(row)
    if not isinstance(found.layer, Dense):
        raise ValueError(f"The row must be fully connected. Received: {row!r}")
    return Value((found.layer.inputs(found.input), 1), f"input of {row}")


@computation
def receptive_field(kernel: int, layers: int) -> Value:
    """Receptive field of stacked convolutions with stride 1."""
    return Value(1 + layers * (kernel - 1), f"1 + {layers}·({kernel} − 1)")


@computation
def receptive_field_step() -> Value:
    """What one more layer adds to the receptive field, in symbols."""
    layers, kernel = symbols("L K")

    def field(depth: Polynomial) -> Polynomial:
        return Polynomial.of(1) + depth * (kernel - 1)

    return Value(field(layers + 1) - field(layers), "(1 + (L + 1)·(K − 1)) − (1 + L·(K − 1))")


@computation
def effective_kernel(kernel: int, dilation: int) -> Value:
    """Extent of a dilated kernel."""
    return Value(dilation * (kernel - 1) + 1, f"{dilation}·({kernel} − 1) + 1")


@computation
def output_size_of(size: int, kernel: int, stride: int = 1, pad: int = 0) -> Value:
    """Output size of a convolution or pooling."""
    padding = f" + 2·{pad}" if pad else ""
    return Value(
        (size - kernel + 2 * pad) // stride + 1, f"⌊({size} − {kernel}{padding})/{stride}⌋ + 1"
    )


@computation
def cifar_depth(blocks_per_stage: int) -> Value:
    """Depth of a CIFAR ResNet, counted in the network and checked against 6n + 2."""
    formula = 6 * blocks_per_stage + 2
    depth = networks.resnet.cifar_resnet(formula).weight_layers().value
    return Value(depth, f"6·{blocks_per_stage} + 2")


@computation
def bottleneck_depth(network: str) -> Value:
    """Depth of a bottleneck ResNet from its block counts."""
    kind, table = networks.resnet.RESNET_TABLE[network.removeprefix("resnet")]
    per_block = {"basic": 2, "bottleneck": 3}[kind]
    return Value(sum(table) * per_block + 2, f"({' + '.join(map(str, table))})·{per_block} + 2")


@computation
def repeats_for(network: str, millions: int) -> Value:
    """How often MobileNet's `5x` pair of rows must stand there to give the printed mult-adds."""
    for repeats in range(1, 10):
        made = networks.mobilenet.mobilenet(repeats=repeats)
        total = made.total(lambda row: row.macs(), select("all")).value
        if round(total / 1e6) == millions:
            return Value(repeats, f"{total:,} multiply-adds with {repeats} pairs")
    raise ValueError(f"No number of repeats of {network} gives {millions} M multiply-adds.")


@computation
def downsampling_between(network: str, before: str, after: str) -> Value:
    """Height after one row over the height after a later one."""
    found = networks.get(network).output_shapes
    start, end = found[before][1], found[after][1]
    return Value(Fraction(start, end), f"{start} / {end}")


@computation
def ratio_of_depths(deeper: str, shallower: str) -> Value:
    """Weight layers of one network over those of another."""
    top, bottom = depths(deeper, shallower).value
    return Value(Fraction(top, bottom), f"{top} / {bottom}")


@computation
def kernels_of(*names: str) -> Value:
    """The kernel sizes that several networks use together."""
    sides = {conv.sides for name in names for conv in convolutions(networks.get(name).rows)}
    return Value(" ".join(f"{h}x{w}" for h, w in sorted(sides)), ", ".join(names))
