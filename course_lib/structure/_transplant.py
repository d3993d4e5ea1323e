"""Weights loaded into a network in canonical order, whatever the style it is written in."""

from __future__ import annotations

import hashlib
import math
from typing import Any

import numpy as np

from course_lib.blueprints import NetworkError, blueprint_with_variables
from course_lib.structure._canonical import canonical
from course_lib.structure._graph import Array, Graph, Node
from course_lib.structure._match import View
from course_lib.structure._shuffle import order_of


class OtherWeightsError(NetworkError, ValueError):
    """Weights of one network for another one."""


def weight_shapes(model: Any) -> list[tuple[str, tuple[int, ...]]]:
    """Name and shape of each weight of a model, in the order in which `transplant` takes them."""
    graph, variables = _read(model)
    shapes = []
    for index in _canonical_order(graph):
        for array in graph.nodes[index].weights:
            shapes.append((_called(array), _joined(array, variables)))
    return shapes


def _joined(array: Array, variables: dict[tuple[str, str], Any]) -> tuple[int, ...]:
    """The shape of a weight array, whose pieces lie side by side along the last axis."""
    return (*variables[array[0].key].shape[:-1], sum(_widths(array, variables)))


def _widths(array: Array, variables: dict[tuple[str, str], Any]) -> list[int]:
    """The length of each piece along the last axis."""
    return [
        len(range(int(variables[piece.key].shape[-1]))[piece.start : piece.stop]) for piece in array
    ]


def _called(array: Array) -> str:
    return f"{array[0].layer}/{array[0].weight}"


def transplant(
    model: Any, weights: list[np.ndarray], input_shape: tuple[int, ...] | None = None
) -> None:
    """Load weights into a model, so that every style of one network computes the same.

    No task says which epsilon a batch normalization has, so all get that of Keras, unless it is so
    large that it is no epsilon any more.

    The order is that of the canonical graph. Where the branches of a concatenation come in another
    order, the weights behind it are taken in that order.

    Args:
        model: a built Keras model.
        weights: arrays in the order of `weight_shapes` of the reference.
        input_shape: without the batch dimension, for a model that does not say it itself.

    Raises:
        OtherWeightsError: if the model's weights are others.
    """
    import keras

    graph, variables = _read(model, input_shape)
    order = _canonical_order(graph)
    arrays = [(index, array) for index in order for array in graph.nodes[index].weights]
    if len(arrays) != len(weights):
        # A matrix of fixed numbers, such as the window of a normalization, is no weight.
        arrays = [(index, array) for index, array in arrays if array]
    if len(arrays) != len(weights):
        raise OtherWeightsError(
            f"The network has {len(arrays)} weight arrays; {len(weights)} were expected. Compare "
            "its layers with the slide's."
        )
    places = _places(graph)
    for (index, array), value in zip(arrays, weights, strict=True):
        node = graph.nodes[index]
        if not array:
            raise OtherWeightsError(
                f"The kernel of {node.name} is computed from other numbers, so it cannot be set. "
                "Use a layer of Keras there."
            )
        shape = _joined(array, variables)
        if shape != value.shape and not _equivalent(node, value.shape, shape):
            raise OtherWeightsError(
                f"The weight `{_called(array)}` has the shape {shape}; {value.shape} was expected."
            )
        value = _permuted(value, node.op, node.settings, places[node.inputs[0]]).reshape(shape)
        ends = np.cumsum(_widths(array, variables))
        for piece, part in zip(array, np.split(value, ends[:-1], axis=-1), strict=True):
            variable = variables[piece.key]
            if piece.stop is not None:
                whole = np.array(variable.numpy())
                whole[..., piece.start : piece.stop] = part
                part = whole
            variable.assign(part)
    for layer in model._flatten_layers():
        if isinstance(layer, keras.layers.BatchNormalization) and layer.epsilon < LARGE_EPSILON:
            layer.epsilon = KERAS_EPSILON


KERAS_EPSILON, LARGE_EPSILON = 1e-3, 0.1


def _equivalent(node: Node, expected: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    """Whether kernels of two shapes hold the same numbers in the same order.

    A dense layer and a convolution that does the same differ in the kernel's shape alone, and so do
    a depthwise convolution and one with as many groups as channels.
    """
    if node.op not in ("conv", "dense") or math.prod(expected) != math.prod(shape):
        return False
    if expected[-1] == shape[-1]:
        return True
    return node.op == "conv" and math.prod(expected[-2:]) == math.prod(shape[-2:])


def _permuted(value: np.ndarray, op: str, settings: Any, places: np.ndarray | None) -> np.ndarray:
    """The weight for an input whose channels come in another order."""
    if places is None:
        return value
    if op == "dense" and value.ndim > 1:
        return value.reshape(-1, value.shape[-1]).take(places, axis=0)
    depthwise = op == "conv" and settings["groups"] == settings["filters"] == len(places)
    if op == "conv" and value.ndim > 1 and (depthwise or settings["groups"] == 1):
        return value.take(places, axis=-2 if value.shape[-2] == len(places) else -1)
    if op in ("batch_norm", "bias") or (depthwise and value.ndim == 1):
        return value.take(places, axis=0)
    return value


def _places(graph: Graph) -> list[np.ndarray | None]:
    """For each node where each of its channels stands in the canonical order; `None`: there."""
    rank = _ranks(graph)
    places: list[np.ndarray | None] = []
    for node in graph.nodes:
        channels = int(node.shape[-1] or 0)
        if node.op == "concat":
            widths = [int(graph.nodes[i].shape[-1] or 0) for i in node.inputs]
            order = sorted(range(len(widths)), key=lambda k: rank[node.inputs[k]])
            starts = dict(zip(order, np.cumsum([0] + [widths[k] for k in order]), strict=False))
            parts = [
                starts[k] + _or_in_order(places[i], widths[k]) for k, i in enumerate(node.inputs)
            ]
            found: np.ndarray | None = np.concatenate(parts)
        elif node.op in ("conv", "dense", "input") or not node.inputs:
            depthwise = node.op == "conv" and node.settings["groups"] == channels
            found = places[node.inputs[0]] if depthwise else None
        else:
            found = places[node.inputs[0]]
            before = graph.nodes[node.inputs[0]].shape
            if node.op == "flatten" and found is not None:
                pixels = np.prod([int(n or 0) for n in before[1:-1]], dtype=int)
                found = (np.arange(pixels)[:, None] * len(found) + found).ravel()
            if node.op == "shuffle" and found is not None:
                moved = order_of(node)
                found = np.argsort(moved)[found[moved]]
            # A sum with channels in another order leaves no choice of order.
            width = 0 if found is None else len(found)
            others = [_or_in_order(places[i], width) for i in node.inputs]
            if found is not None and any(not np.array_equal(found, other) for other in others):
                found = None
        # A part has fewer channels.
        places.append(None if found is None or len(found) != channels else found)
    return places


def _ranks(graph: Graph) -> list[tuple[str, str]]:
    """What branches are sorted by: first by the shapes of the weights above, then by all else.

    So a network with a wrong stride or a wrong pooling gets its weights in the same order, and
    shows by its outputs what is wrong.
    """
    digests: list[str] = []
    for node in graph.nodes:
        sources = [digests[i] for i in node.inputs]
        if node.op in ("conv", "dense"):
            size = node.settings.get("filters", node.settings.get("units"))
            sources = [str(size), str(node.settings.get("kernel")), *sources]
        elif len(sources) == 1:
            digests.append(sources[0])
            continue
        parts = sorted(sources) if node.commutative else sources
        digests.append(hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest())
    return list(zip(digests, View(graph).above, strict=True))


def _or_in_order(places: np.ndarray | None, width: int) -> np.ndarray:
    return np.arange(width) if places is None else places


def _canonical_order(graph: Graph) -> list[int]:
    """The nodes from the inputs to the outputs, branches in an order that any style shares."""
    rank = _ranks(graph)
    order: list[int] = []
    done: set[int] = set()
    pending = [(index, False) for index in reversed(graph.outputs)]
    while pending:
        index, ready = pending.pop()
        if index in done:
            continue
        if ready:
            done.add(index)
            order.append(index)
            continue
        pending.append((index, True))
        node = graph.nodes[index]
        sources = sorted(node.inputs, key=lambda i: rank[i]) if node.commutative else node.inputs
        pending += [(i, False) for i in reversed(list(sources)) if i not in done]
    return order


def _read(
    model: Any, input_shape: tuple[int, ...] | None = None
) -> tuple[Graph, dict[tuple[str, str], Any]]:
    found, variables = blueprint_with_variables(model, input_shape)
    return canonical(found), variables
