"""Parameters, multiply-adds, memory and shapes of the decks' networks."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from course_lib.slides import networks
from course_lib.slides._layers import Branches, Conv, Dense, Pool, output_size_formula
from course_lib.slides._network import Network, Row, select
from course_lib.slides._value import Value, plus, show, times
from course_lib.slides.computations._registry import computation

BYTES = 4  # float32


def _chosen(
    network: Network, row: str = "", first: str = "", last: str = "", kinds: str = "all"
) -> Callable[[Row], bool]:
    """Returns a test for the rows that a ledger cell speaks of."""
    if row:
        chosen = network.row(str(row))
        return lambda candidate: candidate is chosen
    names = [candidate.name for candidate in network.rows]
    start = names.index(first) if first else 0
    stop = names.index(last) + 1 if last else len(names)
    kept = {id(candidate) for candidate in network.rows[start:stop]}
    wanted = select(kinds)
    return lambda candidate: id(candidate) in kept and wanted(candidate)


def _sum(network: str, quantity: Callable[[Row], Value], **rows: str) -> Value:
    found = networks.get(network)
    if rows.get("row"):
        return quantity(found.row(str(rows["row"])))
    return found.total(quantity, _chosen(found, **rows))


@computation
def parameters(
    network: str,
    row: str = "",
    biases: bool = True,
    norm: bool = True,
    statistics: bool = False,
    **rows: str,
) -> Value:
    """Parameters of a row, of some rows, or of a whole network."""
    return _sum(network, lambda r: r.parameters(biases, norm, statistics), row=row, **rows)


@computation
def macs(network: str, row: str = "", pools: bool = False, **rows: str) -> Value:
    """Multiply-adds; with `pools` also kernel² operations for each pooled output."""
    return _sum(network, lambda r: r.macs(pools), row=row, **rows)


@computation
def elements(network: str, row: str = "", **rows: str) -> Value:
    """Output elements (activations, neurons)."""
    return _sum(network, lambda r: r.elements(), row=row, **rows)


@computation
def memory(network: str, row: str = "", **rows: str) -> Value:
    """Bytes of the outputs in float32."""
    count = elements(network, row, **rows)
    inner = f"({count.formula})" if " + " in count.formula else count.formula
    return Value(BYTES * count.value, f"{BYTES}·{inner}")


@computation
def input_elements(network: str) -> Value:
    """Elements of the network's input."""
    channels, height, width = networks.get(network).input_shape
    return Value(channels * height * width, times(height, width, channels))


def _shape(network: Network, layer: str) -> tuple[Any, Any, Any]:
    if layer == "input":
        return network.input_shape
    if layer in network.output_shapes:
        return network.output_shapes[layer]
    return network.row(layer).output


@computation
def shape(network: str, layer: str, layout: str = "hwc", copies: int = 1) -> Value:
    """Output shape of a row or stage, as `chw`, `hwc`, `hw`, Keras' `nhwc`, or `chw` halves."""
    channels, height, width = _shape(networks.get(network), str(layer))
    if copies > 1:
        return Value((height, width, channels // copies, copies), f"{channels}/{copies} maps each")
    shapes: dict[str, tuple[Any, ...]] = {
        "chw": (channels, height, width),
        "hwc": (height, width, channels),
        "hw": (height, width),
        "nhwc": ("None", height, width, channels),
    }
    return Value(shapes[layout], f"output of {layer}")


@computation
def shapes(network: str, *layers: str) -> Value:
    """Output shapes of several rows, each height x width x channels."""
    found = networks.get(network)
    triples = [_shape(found, str(layer)) for layer in layers]
    return Value(tuple((h, w, c) for c, h, w in triples), "outputs of " + ", ".join(layers))


@computation
def channels(network: str, layer: str) -> Value:
    """Output channels (filters, units) of a row, stage or module."""
    found = networks.get(network)
    value = _shape(found, str(layer))[0]
    module = next((item for item in found.layers if item.name == layer), None)
    if isinstance(module, Branches) and module.merge == "concat":
        start = next(row.input for row in found.rows if row.group == layer)
        ends = []
        for branch in module.branches:
            shape = start
            for inner in branch:
                shape = inner.output(shape)
            ends.append(shape[0])
        return Value(value, plus(map(show, ends)))
    return Value(value, f"filters of {layer}")


@computation
def height(network: str, layer: str) -> Value:
    """Output height (equal to width) of a row or stage."""
    found = networks.get(network)
    value = _shape(found, str(layer))[1]
    rows = [row for row in found.rows if row.name == layer]
    if len(rows) == 1 and isinstance(rows[0].layer, Conv | Pool):
        row, table = rows[0], rows[0].layer
        kernel = table.kernel if isinstance(table.kernel, int) else table.kernel[0]
        ceil = isinstance(table, Pool) and table.ceil
        return Value(
            value, output_size_formula(row.input[1], kernel, table.stride, table.pad, ceil)
        )
    return Value(value, f"height after {layer}")


@computation
def input_height(network: str, row: str) -> Value:
    """Input height of a row, as it follows from all rows before it."""
    found = networks.get(network)
    sizes = [found.input_shape[1]]
    for candidate in found.rows:
        if candidate.name == row:
            break
        if candidate.output[1] != sizes[-1]:
            sizes.append(candidate.output[1])
    text = " → ".join(map(str, sizes))
    return Value(found.row(row).input[1], text if len(sizes) > 1 else "the image")


@computation
def weight_shape(network: str, row: str, layout: str = "ocHW") -> Value:
    """Weights of a row: `ocHW` as (filters, channels, K, K), `HWc`, `HWco`, or `io` for dense."""
    found = networks.get(network).row(str(row))
    if isinstance(found.layer, Dense):
        return Value((found.layer.inputs(found.input), found.layer.units), "inputs x outputs")
    if not isinstance(found.layer, Conv):
        raise ValueError(f"A row with a weight shape must be named. Received: {row!r}")
    filters, seen, high, wide = found.layer.weight_shape(found.input)
    layouts: dict[str, tuple[Any, ...]] = {
        "ocHW": (filters, seen, high, wide),
        "HWc": (high, wide, seen),
        "HWco": (high, wide, seen, filters),
        "HW": (high, wide),
        "io": (seen * high * wide, filters),
    }
    return Value(layouts[layout], f"weights of {row}")


@computation
def weights_seen(network: str, row: str) -> Value:
    """Multiply-adds for one output of a convolution: what one filter sees."""
    found = networks.get(network).row(row)
    if not isinstance(found.layer, Conv):
        raise ValueError(f"The row must be a convolution. Received: {row!r}")
    _, seen, high, wide = found.layer.weight_shape(found.input)
    return Value(seen * high * wide, times(seen, high, wide))


@computation
def volumes(network: str, *layers: str) -> Value:
    """Elements after each of the named rows, to see how the volume changes."""
    found = networks.get(network)
    sizes = []
    for layer in layers:
        maps, high, wide = _shape(found, layer)
        sizes.append(maps * high * wide)
    return Value(tuple(sizes), " → ".join(layers))


@computation
def share(quantity: str, network: str, **rows: str) -> Value:
    """Which fraction of a network's parameters, macs or memory the named rows have."""
    function = {"parameters": parameters, "macs": macs, "elements": elements}[quantity]
    part, whole = function(network, **rows).value, function(network).value
    return Value(Fraction(part, whole), f"{show(part)} / {show(whole)}")


@computation
def ratio(quantity: str, above: str, below: str, **rows: Any) -> Value:
    """Ratio of one quantity between two networks."""
    function = {"parameters": parameters, "macs": macs, "memory": memory}[quantity]
    top, bottom = function(above, **rows).value, function(below, **rows).value
    text = f"{show(top)} / {show(bottom)}"
    if isinstance(top, int) and isinstance(bottom, int):
        return Value(Fraction(top, bottom), text)
    (letters, a), *more_top = top.terms.items()
    (same, b), *more_bottom = bottom.terms.items()
    if letters != same or more_top or more_bottom:
        raise ValueError(
            f"A ratio of formulas needs one term with the same letters in both. Received: {text}"
        )
    return Value(Fraction(a, b), text)


@computation
def ratio_of_parts(
    quantity: str, above: str, above_last: str, below: str, below_last: str, kinds: str
) -> Value:
    """Ratio between the beginnings of two networks, each up to a named row."""
    function: Callable[..., Value] = {"parameters": parameters, "macs": macs, "memory": memory}[
        quantity
    ]
    extra: dict[str, Any] = {"biases": False} if quantity == "parameters" else {}
    top = function(above, last=above_last, kinds=kinds, **extra).value
    bottom = function(below, last=below_last, kinds=kinds, **extra).value
    return Value(Fraction(top, bottom), f"{show(top)} / {show(bottom)}")


@computation
def fewer_parameters(whole: str, reduced: str) -> Value:
    """How many parameters removing layers saves."""
    before, after = parameters(whole).value, parameters(reduced).value
    return Value(before - after, f"{show(before)} − {show(after)}")


@computation
def costs_compared(quantity: str, *calls: str, biases: bool = True) -> Value:
    """One quantity of several networks side by side."""
    function: Callable[..., Value] = {"parameters": parameters, "macs": macs}[quantity]
    extra: dict[str, Any] = {} if biases or quantity == "macs" else {"biases": False}
    return Value(tuple(function(name, **extra).value for name in calls), " vs ".join(calls))


@computation
def macs_of_rows(network: str, *rows: str) -> Value:
    """Multiply-adds of several rows side by side."""
    return Value(tuple(macs(network, row).value for row in rows), ", ".join(rows))


@computation
def kernel_weights_compared(network: str, single: str) -> Value:
    """Kernel positions of stacked convolutions against one large one, per channel pair."""
    stack = networks.get(network).rows
    small = [row.layer.sides[0] for row in stack if isinstance(row.layer, Conv)]
    one = networks.get(single).rows[0].layer
    if not isinstance(one, Conv):
        raise ValueError(f"The single network must be a convolution. Received: {single!r}")
    total, large = sum(k * k for k in small), one.sides[0] * one.sides[1]
    return Value(
        (total, large),
        " + ".join(f"{k}·{k}" for k in small) + f" and {one.sides[0]}·{one.sides[0]}",
    )


@computation
def non_trainable(network: str) -> Value:
    """Parameters that training does not change: moving statistics."""
    everything = parameters(network, statistics=True).value
    trained = parameters(network).value
    return Value(everything - trained, f"{show(everything)} − {show(trained)}")


@computation
def inputs(network: str, row: str) -> Value:
    """Inputs of a row as one vector."""
    maps, high, wide = networks.get(network).row(row).input
    return Value(maps * high * wide, times(high, wide, maps))


@computation
def activations(network: str, relu_copies: bool = False) -> Value:
    """Elements of the input and of all outputs; with `relu_copies` a second one after each ReLU."""
    image, outputs = input_elements(network), elements(network)
    text = f"{show(image.value)} (input) + {outputs.formula}"
    total = image.value + outputs.value
    if relu_copies:
        found = networks.get(network)
        weighted = [row for row in found.rows if row.weighted][:-1]
        copies = sum(row.elements().value for row in weighted)
        total, text = total + copies, f"{text} + {show(copies)} (after ReLU)"
    return Value(total, text)


@computation
def activation_bytes(network: str) -> Value:
    """Bytes of the input and of all outputs in float32."""
    count = activations(network)
    return Value(BYTES * count.value, f"{BYTES}·({count.formula})")


@computation
def output_volume(network: str, layer: str) -> Value:
    """Elements of the merged output of a module."""
    maps, high, wide = _shape(networks.get(network), layer)
    return Value(maps * high * wide, times(high, wide, maps))


@computation
def macs_counting_twice(network: str, row: str) -> Value:
    """Multiply-adds of a network with one row counted twice."""
    whole, again = macs(network).value, macs(network, row).value
    return Value(whole + again, f"{show(whole)} + {show(again)} ({row} again)")


@computation
def twice(network: str) -> Value:
    """Multiply-adds of two such networks."""
    return Value(2 * macs(network).value, f"2·{show(macs(network).value)}")


@computation
def repeated(quantity: str, network: str, row: str, times_repeated: int) -> Value:
    """Parameters (weights) or multiply-adds of a row that the table repeats."""
    one = macs(network, row) if quantity == "macs" else parameters(network, row, norm=False)
    return Value(times_repeated * one.value, f"{times_repeated}·({one.formula})")
