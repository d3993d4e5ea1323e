"""`count`: a model's cost table, from its blueprint."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from course_lib.blueprints import (
    Blueprint,
    CallBlueprint,
    LayerBlueprint,
    NodeReference,
    Shape,
    blueprint,
)
from course_lib.costs import (  # the handlers register themselves
    _dense_layers,  # noqa: F401
    _free_layers,
    _operations,  # noqa: F401
    _receptive_field,
    _sequence_layers,  # noqa: F401
    _window_layers,  # noqa: F401
)
from course_lib.costs._conventions import Conventions
from course_lib.costs._registry import (
    LAYERS,
    OPERATIONS,
    Call,
    Handler,
    Unsupported,
    overall,
    per_example,
)
from course_lib.costs._table import CostRow, CostTable

BYTES = {"bool": 1, "int8": 1, "uint8": 1, "float16": 2, "bfloat16": 2, "int16": 2, "uint16": 2}
WIDE = {"float64": 8, "int64": 8, "uint64": 8, "complex64": 8, "complex128": 16}


def count(
    model_or_builder: Any,
    input_shape: Any = None,
    *,
    handlers: Mapping[str, Callable[[Call], int]] | None = None,
    **conventions: Any,
) -> CostTable:
    """Counts what a network costs for one example, without allocating a weight.

    Args:
        model_or_builder: A Keras model (Functional, Sequential, subclassed), a function or class
            that makes one, or a `Blueprint` (whose costs are for its batch, if it fixes one).
        input_shape: Shape of the input without the batch dimension; see `blueprint`.
        handlers: For classes that the library does not know: class name to a function that takes
            a `Call` and returns MACs. They replace the library's own of the same name.
        **conventions: The fields of `Conventions`: `biases`, `batch_norm_statistics`,
            `bias_macs`, `pool_macs`, `normalization_macs`, `pool_memory`, `view_memory`,
            `input_memory`, `bytes_per_value`, `kilo`.

    Returns:
        A `CostTable`. Layers whose cost is not known are in its `unsupported`.

    Raises:
        TypeError: If there is no model, or an unknown convention.
        ValueError: If an input shape is needed, or a convention's value makes no sense.

    Example:

    >>> costs.count(lambda: keras.applications.VGG16(weights=None)).macs
    15470264320
    """
    known = {field.name for field in dataclasses.fields(Conventions)}
    if unknown := sorted(set(conventions) - known):
        raise TypeError(
            f"`count` has no argument {unknown[0]!r}. Arguments of the model belong in a function: "
            "count(lambda: build(...)). Conventions: "
            f"{', '.join(sorted(known))}. Received: {', '.join(unknown)}"
        )
    chosen = Conventions(**conventions)
    if isinstance(model_or_builder, Blueprint):
        plan = model_or_builder
    else:
        plan = blueprint(model_or_builder, input_shape=input_shape)
        if _hides_the_batch(plan):
            plan = blueprint(model_or_builder, input_shape=input_shape, batch_size=1)
    fields = _receptive_fields(plan)
    rows = tuple(_row(layer, chosen, handlers or {}, fields) for layer in plan.layers)
    return CostTable(plan.name, rows, chosen)


def _hides_the_batch(plan: Blueprint) -> bool:
    """Whether positions and batch are mixed, so that "per example" needs a batch of one.

    That is so where a reshape such as `(batch, 4, 8)` to `(4 * batch, 8)` turns part of an example
    into more examples, and where the model itself fixes another batch size.
    """
    if any(shape and shape[0] not in (None, 1) for shape in plan.input_shapes):
        return True
    for layer in plan.layers:
        if layer.kind != "operation":
            continue
        for call in layer.calls:
            if layer.class_name in ("Concatenate", "Repeat") and layer.config.get("axis") == 0:
                return True
            if layer.class_name not in ("Reshape", "Transpose", "Swapaxes", "Moveaxis"):
                continue
            shapes = [*call.input_shapes[:1], *call.output_shapes]
            known = {per_example(shape) for shape in shapes if shape and None not in shape[1:]}
            if len(known) > 1:
                return True
    return False


def _examples(shapes: tuple[Shape, ...]) -> int:
    """How many examples a layer sees for one of the network's: windows may be folded into them."""
    sizes = [shape[0] for shape in shapes if shape and shape[0] is not None]
    return max(sizes, default=1)


def _receptive_fields(plan: Blueprint) -> dict[tuple[str, int], Any]:
    fields: dict[tuple[str, int], Any] = {}
    channels_first = any(
        layer.config.get("data_format") == "channels_first" for layer in plan.layers
    )
    inputs = {(reference.layer, reference.call) for reference in plan.inputs}

    def of(reference: NodeReference) -> Any:
        return fields.get((reference.layer, reference.call))

    for layer, index in plan.steps():
        call = layer.calls[index]
        if (layer.name, index) in inputs and call.output_shapes:
            field: Any = _receptive_field.at_input(call.output_shapes[0], channels_first)
        else:
            try:
                field = _receptive_field.after(layer, call, [of(ref) for ref in call.inbound])
            except Exception:  # a blueprint from outside may hold any configuration
                field = None
        fields[layer.name, index] = field
    return fields


def _row(
    layer: LayerBlueprint,
    conventions: Conventions,
    handlers: Mapping[str, Callable[[Call], int]],
    fields: Mapping[tuple[str, int], Any],
) -> CostRow:
    weights = [
        weight
        for weight in layer.weights
        if (conventions.biases or not weight.name.split("/")[-1].endswith("bias"))
        and (
            conventions.batch_norm_statistics
            or not weight.name.endswith(("moving_mean", "moving_variance"))
        )
    ]
    note = ""
    macs: int | None = 0
    try:
        macs = sum(_macs(layer, call, conventions, handlers) for call in layer.calls)
    except Unsupported as reason:
        macs, note = None, str(reason)
    memory: int | None = 0
    largest: int | None = 0
    try:
        written = [_bytes(layer, call, conventions) for call in layer.calls]
        memory, largest = sum(written), max(written, default=0)
    except Unsupported as reason:
        memory, largest, note = None, None, note or str(reason)
    seen = [fields.get((layer.name, index)) for index in range(len(layer.calls))]
    field = seen[0] if seen and all(other == seen[0] for other in seen) else None
    return CostRow(
        layer=layer.name,
        type=layer.class_name,
        output_shape=layer.output_shapes[0] if layer.output_shapes else None,
        parameters=sum(weight.size for weight in weights),
        trainable_parameters=sum(weight.size for weight in weights if weight.trainable),
        macs=macs,
        activation_bytes=memory,
        receptive_field=None if field is None else field.sizes,
        calls=len(layer.calls),
        note=note,
        largest_bytes=largest,
    )


def _macs(
    layer: LayerBlueprint,
    call: CallBlueprint,
    conventions: Conventions,
    handlers: Mapping[str, Callable[[Call], int]],
) -> int:
    table = OPERATIONS if layer.kind == "operation" else LAYERS
    handler: Handler | None = handlers.get(layer.class_name)
    if handler is None and layer.kind != "opaque":
        handler = table.get(layer.class_name)
    if handler is None:
        raise Unsupported(
            "it is a custom layer that could not be seen through"
            if layer.kind == "opaque"
            else "the library does not know its class"
        )
    seen = Call(
        layer.class_name,
        layer.config,
        call.input_shapes,
        call.output_shapes,
        call.arguments,
        conventions,
    )
    times = 1 if layer.kind == "operation" else _examples(call.input_shapes)
    if layer.class_name in handlers:
        return times * handler(seen)
    try:
        return times * handler(seen)
    except Unsupported:
        raise
    except Exception as error:  # a blueprint from outside may hold any configuration
        raise Unsupported("its configuration is not as expected") from error


def _bytes(layer: LayerBlueprint, call: CallBlueprint, conventions: Conventions) -> int:
    name, operation = layer.class_name, layer.kind == "operation"
    views = _free_layers.VIEW_OPERATIONS if operation else _free_layers.VIEWS
    skipped = (
        (name in views and not conventions.view_memory)
        or (name in _free_layers.TRAINING_ONLY and not conventions.view_memory)
        or ("Pool" in name and not conventions.pool_memory)
        or (name == "InputLayer" and not conventions.input_memory)
    )
    if skipped:
        return 0
    total = 0
    for shape, dtype in zip(call.output_shapes, call.output_dtypes, strict=True):
        total += overall(shape) * (conventions.bytes_per_value or _bytes_per_value(dtype))
    return total


def _bytes_per_value(dtype: str) -> int:
    return BYTES.get(dtype) or WIDE.get(dtype) or 4
