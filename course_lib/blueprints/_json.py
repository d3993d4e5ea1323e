"""Blueprints to JSON and back, where "back" reads data that a stranger may have written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NoReturn

from course_lib.blueprints._values import (
    Blueprint,
    CallBlueprint,
    LayerBlueprint,
    NodeReference,
    Shape,
    Weight,
)

VERSION = 1
KINDS = ("layer", "operation", "opaque", "holder")

# Far above any network in the literature, far below what would hurt the reader.
MAX_LAYERS = 20_000
MAX_CALLS = 100_000
MAX_TENSORS_PER_CALL = 4_096
MAX_WEIGHTS_PER_LAYER = 4_096
MAX_RANK = 16
MAX_DIMENSION = 2**48
MAX_NAME = 512
MAX_TEXT = 20_000
MAX_DEPTH = 32
MAX_CONFIG_VALUES = 100_000


def blueprint_to_dict(blueprint: Blueprint) -> dict[str, Any]:
    """Returns `blueprint` as plain JSON values; see `Blueprint.to_dict`."""
    return {
        "version": VERSION,
        "name": blueprint.name,
        "inputs": [list(reference) for reference in blueprint.inputs],
        "outputs": [list(reference) for reference in blueprint.outputs],
        "layers": [
            {
                "name": layer.name,
                "class_name": layer.class_name,
                "kind": layer.kind,
                "config": layer.config,
                "weights": [
                    [weight.name, list(weight.shape), weight.dtype, weight.trainable]
                    for weight in layer.weights
                ],
                "calls": [
                    {
                        "inbound": [list(reference) for reference in call.inbound],
                        "input_shapes": [list(shape) for shape in call.input_shapes],
                        "output_shapes": [list(shape) for shape in call.output_shapes],
                        "output_dtypes": list(call.output_dtypes),
                        "arguments": call.arguments,
                    }
                    for call in layer.calls
                ],
            }
            for layer in blueprint.layers
        ],
    }


def blueprint_from_dict(data: Any) -> Blueprint:
    """Validates `data` and returns the blueprint; see `Blueprint.from_dict`."""
    fields = _object(data, "blueprint", {"version", "name", "inputs", "outputs", "layers"})
    if type(fields["version"]) is not int or fields["version"] != VERSION:
        _refuse("blueprint.version", f"the number {VERSION}", fields["version"])
    layers = tuple(
        _layer(item, f"layers[{index}]")
        for index, item in enumerate(_list(fields["layers"], "layers", MAX_LAYERS))
    )
    calls = sum(len(layer.calls) for layer in layers)
    if calls > MAX_CALLS:
        _refuse("layers", f"at most {MAX_CALLS} calls in all", calls)
    blueprint = Blueprint(
        name=_text(fields["name"], "name", MAX_NAME),
        layers=layers,
        inputs=_references(fields["inputs"], "inputs"),
        outputs=_references(fields["outputs"], "outputs"),
    )
    _check_graph(blueprint)
    return blueprint


def _check_graph(blueprint: Blueprint) -> None:
    outputs: dict[tuple[str, int], tuple[Shape, ...]] = {}
    names: set[str] = set()
    for layer in blueprint.layers:
        if layer.name in names:
            _refuse("layers", "a different name for every layer", layer.name)
        names.add(layer.name)
        for index, call in enumerate(layer.calls):
            outputs[layer.name, index] = call.output_shapes

    def resolve(reference: NodeReference, where: str) -> Shape:
        shapes = outputs.get((reference.layer, reference.call), ())
        if reference.tensor >= len(shapes):
            _refuse(where, "a reference to an existing tensor", list(reference))
        return shapes[reference.tensor]

    for layer in blueprint.layers:
        for index, call in enumerate(layer.calls):
            where = f"layer {layer.name!r}, call {index}"
            if len(call.inbound) != len(call.input_shapes):
                _refuse(where, "as many input shapes as inbound tensors", len(call.input_shapes))
            if len(call.output_dtypes) != len(call.output_shapes):
                _refuse(where, "as many dtypes as output shapes", len(call.output_dtypes))
            for reference, shape in zip(call.inbound, call.input_shapes, strict=True):
                if resolve(reference, where) != shape:
                    _refuse(where, "input shapes that agree with their sources", list(shape))
    for reference in (*blueprint.inputs, *blueprint.outputs):
        resolve(reference, "inputs and outputs")
    if sum(1 for _ in blueprint.steps()) != len(outputs):
        _refuse("layers", "a graph without cycles", "a cycle")


def _layer(data: Any, where: str) -> LayerBlueprint:
    fields = _object(data, where, {"name", "class_name", "kind", "config", "weights", "calls"})
    if fields["kind"] not in KINDS:
        _refuse(f"{where}.kind", f"one of {', '.join(KINDS)}", fields["kind"])
    config = _json(fields["config"], f"{where}.config")
    if not isinstance(config, dict):
        _refuse(f"{where}.config", "an object", config)
    return LayerBlueprint(
        name=_text(fields["name"], f"{where}.name", MAX_NAME),
        class_name=_text(fields["class_name"], f"{where}.class_name", MAX_NAME),
        kind=fields["kind"],
        config=config,
        weights=tuple(
            _weight(item, f"{where}.weights[{index}]")
            for index, item in enumerate(
                _list(fields["weights"], f"{where}.weights", MAX_WEIGHTS_PER_LAYER)
            )
        ),
        calls=tuple(
            _call(item, f"{where}.calls[{index}]")
            for index, item in enumerate(_list(fields["calls"], f"{where}.calls", MAX_CALLS))
        ),
    )


def _weight(data: Any, where: str) -> Weight:
    items = _list(data, where, 4)
    if len(items) != 4:
        _refuse(where, "[name, shape, dtype, trainable]", data)
    name, shape, dtype, trainable = items
    if not isinstance(trainable, bool):
        _refuse(f"{where}.trainable", "true or false", trainable)
    known = tuple(size for size in _shape(shape, f"{where}.shape") if size is not None)
    if len(known) != len(shape):
        _refuse(f"{where}.shape", "a shape without null", shape)
    return Weight(
        _text(name, f"{where}.name", MAX_NAME), known, _text(dtype, f"{where}.dtype", 64), trainable
    )


def _call(data: Any, where: str) -> CallBlueprint:
    fields = _object(
        data,
        where,
        {"inbound", "input_shapes", "output_shapes", "output_dtypes", "arguments"},
    )
    arguments = _json(fields["arguments"], f"{where}.arguments")
    _object(arguments, f"{where}.arguments", {"args", "kwargs"})
    if not isinstance(arguments["args"], list) or not isinstance(arguments["kwargs"], dict):
        _refuse(f"{where}.arguments", 'a list "args" and an object "kwargs"', arguments)
    return CallBlueprint(
        inbound=_references(fields["inbound"], f"{where}.inbound"),
        input_shapes=_shapes(fields["input_shapes"], f"{where}.input_shapes"),
        output_shapes=_shapes(fields["output_shapes"], f"{where}.output_shapes"),
        output_dtypes=tuple(
            _text(item, f"{where}.output_dtypes", 64)
            for item in _list(
                fields["output_dtypes"], f"{where}.output_dtypes", MAX_TENSORS_PER_CALL
            )
        ),
        arguments=arguments,
    )


def _references(data: Any, where: str) -> tuple[NodeReference, ...]:
    references = []
    for item in _list(data, where, MAX_TENSORS_PER_CALL):
        parts = _list(item, where, 3)
        if len(parts) != 3 or not all(type(number) is int and number >= 0 for number in parts[1:]):
            _refuse(where, "[layer name, call index, tensor index]", item)
        references.append(NodeReference(_text(parts[0], where, MAX_NAME), parts[1], parts[2]))
    return tuple(references)


def _shapes(data: Any, where: str) -> tuple[Shape, ...]:
    return tuple(_shape(item, where) for item in _list(data, where, MAX_TENSORS_PER_CALL))


def _shape(data: Any, where: str) -> Shape:
    for size in _list(data, where, MAX_RANK):
        if size is not None and (type(size) is not int or not 0 <= size <= MAX_DIMENSION):
            _refuse(where, f"whole numbers from 0 to {MAX_DIMENSION}, or null", size)
    return tuple(data)


def _json(data: Any, where: str) -> Any:
    """Returns a copy of `data`, having checked that it is finite, shallow, small, plain JSON."""
    budget = MAX_CONFIG_VALUES

    def copy(value: Any, depth: int) -> Any:
        nonlocal budget
        budget -= 1
        if budget < 0:
            _refuse(where, f"at most {MAX_CONFIG_VALUES} values", "more")
        if depth > MAX_DEPTH:
            _refuse(where, f"at most {MAX_DEPTH} levels of nesting", "more")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, int):
            if abs(value) >= 2**64:
                _refuse(where, "integers below 2**64", "a larger one")
            return value
        if isinstance(value, float):
            if not math.isfinite(value):
                _refuse(where, "finite numbers", value)
            return value
        if isinstance(value, str):
            return _text(value, where, MAX_TEXT)
        if isinstance(value, list):
            return [copy(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {
                _text(key, where, MAX_NAME): copy(item, depth + 1) for key, item in value.items()
            }
        _refuse(where, "JSON values", value)

    return copy(data, 0)


def _object(data: Any, where: str, keys: set[str]) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        _refuse(where, "an object", data)
    if set(data) != keys:
        _refuse(where, f"exactly the keys {', '.join(sorted(keys))}", sorted(map(str, data))[:20])
    return data


def _list(data: Any, where: str, limit: int) -> list[Any]:
    if not isinstance(data, list):
        _refuse(where, "a list", data)
    if len(data) > limit:
        _refuse(where, f"at most {limit} items", len(data))
    return data


def _text(data: Any, where: str, limit: int) -> str:
    if not isinstance(data, str):
        _refuse(where, "a string", data)
    if len(data) > limit:
        _refuse(where, f"at most {limit} characters", f"{len(data)} characters")
    try:
        data.encode()
    except UnicodeEncodeError:
        _refuse(where, "valid Unicode text", ascii(data[:40]))
    return data


def _refuse(where: str, expected: str, received: Any) -> NoReturn:
    if isinstance(received, int) and abs(received) >= 2**64:
        shown = "a very large number"  # printing it could itself be the attack
    elif isinstance(received, (int, float)):
        shown = str(received)
    elif isinstance(received, str):
        shown = ascii(received[:100])
    else:
        shown = f"a value of type {type(received).__name__}"
    raise ValueError(
        f"This is not a valid blueprint: {where} must be {expected}. Received: {shown}."
    )
