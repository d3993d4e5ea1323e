"""From a blueprint to the canonical graph.

Layers and operations become primitive steps (`_layers`, `_operations`); then what can be written in
several ways is brought to one (`_rewrites`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from course_lib.blueprints import Blueprint, CallBlueprint, LayerBlueprint, NodeReference, Shape
from course_lib.structure._graph import OPAQUE, Graph, Node, Piece
from course_lib.structure._layers import LAYERS
from course_lib.structure._operations import OPERATIONS
from course_lib.structure._rewrites import ordered, simplified, trim_borders
from course_lib.structure._step import UNKNOWN, Step, other

MAX_CALLS = 10_000  # ResNet-1202 has some 5,000.


def canonical(blueprint: Blueprint) -> Graph:
    """The canonical graph of a network.

    Raises:
        ValueError: if a layer's configuration makes no sense, or there are too many layers. A
            blueprint that a stranger wrote raises nothing else.
    """
    calls = sum(len(layer.calls) for layer in blueprint.layers)
    if calls > MAX_CALLS:
        raise ValueError(f"The network has {calls:,} layers; at most {MAX_CALLS:,} are compared.")
    try:
        return _canonical(blueprint)
    except (ArithmeticError, AttributeError, LookupError, TypeError) as error:
        raise ValueError(f"A layer's configuration makes no sense: {error!r:.200}") from error


def _canonical(blueprint: Blueprint) -> Graph:
    tensors: dict[NodeReference, Step] = {}
    counted: set[str] = set()
    for layer, index in blueprint.steps():
        call = layer.calls[index]
        inputs = [tensors[reference] for reference in call.inbound]
        made = _steps(layer, call, inputs)
        owner = _owner_of_weights(made[0], inputs)
        if layer.weights and owner is not None:
            owner.weights = owner.weights or tuple(
                (Piece(layer.name, w.name),) for w in layer.weights
            )
            if layer.name not in counted:
                owner.parameters = layer.parameters if owner.parameters == 0 else owner.parameters
                counted.add(layer.name)
        for number, step in enumerate(made):
            tensors[NodeReference(layer.name, index, number)] = step
    outputs = simplified([tensors[reference] for reference in blueprint.outputs])
    trim_borders(outputs)
    _find_weights(outputs, blueprint.layers)
    return _frozen(outputs, blueprint.parameters)


def _steps(layer: LayerBlueprint, call: CallBlueprint, inputs: list[Step]) -> list[Step]:
    """What a layer is in the graph, a step for each of its outputs."""
    rule = LAYERS.get(layer.class_name, other)
    if layer.kind == "operation":
        rule = OPERATIONS.get(layer.class_name, rule)
    elif layer.kind == "opaque":  # Whatever it is called, nobody knows what it does.
        rule = other
    made = rule(layer, call, inputs)
    if layer.kind == "opaque" and isinstance(made, Step):
        made.settings[OPAQUE] = True
    if isinstance(made, list):
        return made
    if len(call.output_shapes) == 1:
        return [made]
    return [
        Step("part", [made], shape, layer.name, {"number": number})
        for number, shape in enumerate(call.output_shapes)
    ]


def _owner_of_weights(step: Step, inputs: list[Step]) -> Step | None:
    """Of the steps that one layer became, the one with the weights."""
    while step not in inputs:
        if step.op in _WITH_WEIGHTS or not step.inputs or step.settings.get("class"):
            return step
        step = step.inputs[0]
    return None


_WITH_WEIGHTS = frozenset({"conv", "dense", "batch_norm", "bias"})


def _find_weights(outputs: list[Step], layers: Iterable[LayerBlueprint]) -> None:
    """Gives kernels that a block computes from its own weights back to the steps that use them.

    `ops.conv(x, self.kernel[..., :5])` shows a kernel, but not whose it is. It is the block's one
    weight of this shape.
    """
    holders = [layer for layer in layers if layer.kind == "holder"]
    for step in ordered(outputs):
        if UNKNOWN not in step.weights:
            continue
        shape = _kernel_shape(step)
        found = [
            (holder.name, weight)
            for holder in holders
            for weight in holder.weights
            if step.name.startswith(f"{holder.name}/") and weight.shape == shape
        ]
        if len(found) != 1:
            step.settings = step.settings | {"fixed": True}
            continue
        [(name, weight)] = found
        known = (Piece(name, weight.name),)
        step.weights = tuple(known if array == UNKNOWN else array for array in step.weights)
        step.parameters += weight.size


def _kernel_shape(step: Step) -> Shape:
    source = step.inputs[0].shape
    if step.op == "dense":
        return (math.prod(int(n or 0) for n in source[1:]), step.settings["units"])
    inside = int(source[-1] or 0) // step.settings["groups"]
    return (*step.settings["kernel"], inside, step.settings["filters"])


def _frozen(outputs: list[Step], parameters: int) -> Graph:
    steps = ordered(outputs)
    place = {id(step): index for index, step in enumerate(steps)}
    nodes = tuple(
        Node(
            step.op,
            step.settings,
            tuple(place[id(source)] for source in step.inputs),
            step.shape,
            step.parameters,
            step.name,
            step.weights,
        )
        for step in steps
    )
    return Graph(nodes, tuple(place[id(step)] for step in outputs), parameters)
