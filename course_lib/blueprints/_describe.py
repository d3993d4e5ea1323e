"""Keras objects as plain JSON values, free of addresses, code and anything else not data."""

from __future__ import annotations

import math
from typing import Any

LONGEST_ROW = 4096
"""Of whole numbers that are kept: more channels than any network has to put in order."""


def weight_name(weight: Any, owner: str) -> str:
    """Returns the part of a path such as `block/conv/kernel` that follows the layer `conv`."""
    parts = str(weight.path).split("/")
    if owner in parts[:-1]:
        last = len(parts) - 2 - parts[:-1][::-1].index(owner)
        return "/".join(parts[last + 1 :])
    return parts[-1]


def describe_config(operation: Any, activation: bool = True) -> dict[str, Any]:
    """Returns the configuration of a layer or operation; without its activation if so asked."""
    import keras

    given = getattr(operation, "activation", None)
    if not activation:  # It may be a function that cannot be put into a configuration.
        operation.activation = keras.activations.linear
    try:
        config = operation.get_config()
    except Exception:  # a custom layer without `get_config`, or with one that fails
        config = {"name": operation.name}
    finally:
        if not activation:
            operation.activation = given
    plain = _plain(config)
    return plain if isinstance(plain, dict) else {"name": operation.name}


def describe_arguments(node: Any) -> dict[str, Any]:
    positions = {id(tensor): index for index, tensor in enumerate(node.input_tensors)}
    keywords = {name: v for name, v in node.arguments.kwargs.items() if v is not None}
    return {
        "args": [_plain(value, positions) for value in node.arguments.args],
        "kwargs": {name: _plain(value, positions) for name, value in keywords.items()},
    }


def _plain(value: Any, tensors: dict[int, int] | None = None, depth: int = 0) -> Any:
    """Returns `value` as JSON; `tensors` maps the ids of input tensors to their positions."""
    import keras

    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**64 else {"number": "too large"}
    if isinstance(value, float):
        return value if math.isfinite(value) else {"number": str(value)}
    if tensors is not None and id(value) in tensors:
        return {"tensor": tensors[id(value)]}
    if isinstance(value, keras.Variable):
        return {"weight": str(value.name), "shape": [int(size) for size in value.shape]}
    if depth > 24:
        return {"object": "nested too deeply"}
    if isinstance(value, dict):
        if value.get("class_name") == "__lambda__":
            return {"object": "lambda"}
        return {str(key): _plain(item, tensors, depth + 1) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        return [_plain(item, tensors, depth + 1) for item in items]
    shape, dtype = getattr(value, "shape", None), getattr(value, "dtype", None)
    if shape is not None and dtype is not None:
        if len(shape) == 0 and hasattr(value, "item"):
            return _plain(value.item(), tensors, depth + 1)
        sizes = [None if size is None else int(size) for size in shape]
        constant = {"constant": keras.backend.standardize_dtype(dtype), "shape": sizes}
        return constant | _order_in(value, sizes)
    if isinstance(value, slice):
        return {"slice": [_plain(v, tensors) for v in (value.start, value.stop, value.step)]}
    if value is Ellipsis:
        return {"object": "ellipsis"}
    name = getattr(value, "__name__", None) or type(value).__name__
    return {"object": str(name)}


def _order_in(value: Any, sizes: list[int | None]) -> dict[str, Any]:
    """The numbers in a short row of whole numbers, such as an order of channels."""
    import numpy as np

    if len(sizes) != 1 or not 0 < (sizes[0] or 0) <= LONGEST_ROW:
        return {}
    try:
        array = np.asarray(value)
    except (NotImplementedError, TypeError, ValueError):
        return {}  # A tensor without a value: it is computed when the network runs.
    return {"values": array.tolist()} if array.dtype.kind in "iu" else {}
