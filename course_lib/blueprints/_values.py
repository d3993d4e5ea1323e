"""The value objects that a blueprint is made of: no Keras in here, and no weights."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Shape = tuple[int | None, ...]


class NodeReference(NamedTuple):
    """Points at one tensor: output number `tensor` of call number `call` of layer `layer`."""

    layer: str
    call: int = 0
    tensor: int = 0


class Weight(NamedTuple):
    """One weight array. `name` is relative to its layer, such as `"kernel"`."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    trainable: bool

    @property
    def size(self) -> int:
        """How many numbers the array holds."""
        return math.prod(self.shape)


@dataclass(frozen=True)
class CallBlueprint:
    """One use of a layer. A shared layer has several.

    Attributes:
        inbound: Where each input tensor comes from, in the order of the arguments.
        input_shapes: Shape of each input tensor, with the batch dimension first (`None`).
        output_shapes: Shape of each output tensor, likewise.
        output_dtypes: Data type of each output tensor, such as `"float32"`.
        arguments: `{"args": [...], "kwargs": {...}}` as the layer was called, where
            `{"tensor": i}` stands for input tensor `i`, `{"weight": name, "shape": [...]}` for a
            weight, and `{"constant": dtype, "shape": [...]}` for any other array, with its
            `"values"` if it is a short row of whole numbers. Arguments that are `None` are left
            out of `kwargs`.
    """

    inbound: tuple[NodeReference, ...]
    input_shapes: tuple[Shape, ...]
    output_shapes: tuple[Shape, ...]
    output_dtypes: tuple[str, ...]
    arguments: Mapping[str, Any] = field(default_factory=lambda: {"args": [], "kwargs": {}})


@dataclass(frozen=True)
class LayerBlueprint:
    """One layer (or one `keras.ops` operation) with its weights and its calls.

    Attributes:
        name: Unique in the blueprint. Layers of nested models and custom blocks carry the
            name of what holds them: `"stage1/conv2"`.
        class_name: Keras class, such as `"Conv2D"`; for an operation, such as `"Add"`, see `kind`.
        kind: `"layer"` (one of Keras' own), `"operation"` (a `keras.ops` node), `"opaque"` (a
            custom layer that could not be seen through) or `"holder"` (weights that belong to a
            block itself, or to a layer that the outputs do not depend on; it has no calls).
        config: The layer's configuration as plain JSON values.
        weights: Its weight arrays, in Keras' order. A weight is listed once in a blueprint.
        calls: Its uses, in order of execution.
    """

    name: str
    class_name: str
    kind: str = "layer"
    config: Mapping[str, Any] = field(default_factory=dict)
    weights: tuple[Weight, ...] = ()
    calls: tuple[CallBlueprint, ...] = ()

    @property
    def parameters(self) -> int:
        """How many numbers its weights hold, trained or not."""
        return sum(weight.size for weight in self.weights)

    @property
    def trainable_parameters(self) -> int:
        """How many of them an optimizer would change."""
        return sum(weight.size for weight in self.weights if weight.trainable)

    @property
    def non_trainable_parameters(self) -> int:
        """How many of them are frozen, or statistics such as a batch normalization's."""
        return self.parameters - self.trainable_parameters

    @property
    def inbound(self) -> tuple[NodeReference, ...]:
        """Where the inputs of the first call come from (see `calls` for a shared layer)."""
        return self.calls[0].inbound if self.calls else ()

    @property
    def input_shapes(self) -> tuple[Shape, ...]:
        """Input shapes of the first call."""
        return self.calls[0].input_shapes if self.calls else ()

    @property
    def output_shapes(self) -> tuple[Shape, ...]:
        """Output shapes of the first call."""
        return self.calls[0].output_shapes if self.calls else ()


@dataclass(frozen=True)
class Blueprint:
    """A model as data: layers, connections, shapes and parameter counts.

    It compares by value, survives `to_dict` and `from_dict` through JSON unchanged, and holds
    no reference to Keras, so it may cross a process boundary.

    Attributes:
        name: The model's name.
        layers: Every layer, in order of first use, then weights that no call owns.
        inputs: The tensors that go into the model, as references to its input layers.
        outputs: The tensors that come out of it.
    """

    name: str
    layers: tuple[LayerBlueprint, ...]
    inputs: tuple[NodeReference, ...]
    outputs: tuple[NodeReference, ...]

    @property
    def parameters(self) -> int:
        """Number of parameters, each shared weight counted once (`model.count_params()`)."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def trainable_parameters(self) -> int:
        """Number of parameters that an optimizer would change."""
        return sum(layer.trainable_parameters for layer in self.layers)

    @property
    def non_trainable_parameters(self) -> int:
        """Number of frozen parameters and statistics."""
        return self.parameters - self.trainable_parameters

    @property
    def input_shapes(self) -> tuple[Shape, ...]:
        """Shape of each input, with the batch dimension first (`None`)."""
        return tuple(self.output_of(reference)[0] for reference in self.inputs)

    @property
    def output_shapes(self) -> tuple[Shape, ...]:
        """Shape of each output, likewise."""
        return tuple(self.output_of(reference)[0] for reference in self.outputs)

    def layer(self, name: str) -> LayerBlueprint:
        """Returns the layer called `name`; raises `KeyError` with the known names if absent."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        known = ", ".join(layer.name for layer in self.layers[:20])
        raise KeyError(f"No layer named {name!r}. Known layers: {known}")

    def output_of(self, reference: NodeReference) -> tuple[Shape, str]:
        """Returns the shape and data type of the tensor that `reference` points at."""
        call = self.layer(reference.layer).calls[reference.call]
        return call.output_shapes[reference.tensor], call.output_dtypes[reference.tensor]

    def steps(self) -> Iterator[tuple[LayerBlueprint, int]]:
        """Yields `(layer, call index)` so that every call comes after the calls it depends on."""
        waiting: dict[tuple[str, int], int] = {}
        users: dict[tuple[str, int], list[tuple[LayerBlueprint, int]]] = {}
        ready: list[tuple[LayerBlueprint, int]] = []
        for layer in self.layers:
            for index, call in enumerate(layer.calls):
                sources = {(reference.layer, reference.call) for reference in call.inbound}
                waiting[layer.name, index] = len(sources)
                for source in sources:
                    users.setdefault(source, []).append((layer, index))
                if not sources:
                    ready.append((layer, index))
        ready.reverse()
        while ready:
            layer, index = ready.pop()
            yield layer, index
            for user, call_index in reversed(users.get((layer.name, index), [])):
                waiting[user.name, call_index] -= 1
                if not waiting[user.name, call_index]:
                    ready.append((user, call_index))

    def to_dict(self) -> dict[str, Any]:
        """Returns the blueprint as plain JSON values."""
        from course_lib.blueprints._json import blueprint_to_dict

        return blueprint_to_dict(self)

    @classmethod
    def from_dict(cls, data: Any) -> Blueprint:
        """Rebuilds a blueprint from `to_dict`'s result, trusting nothing in it.

        Args:
            data: Parsed JSON, possibly hostile.

        Raises:
            ValueError: If anything is of the wrong type, too large, too deep, unknown, or
                refers to a tensor that does not exist. The message says where.
        """
        from course_lib.blueprints._json import blueprint_from_dict

        return blueprint_from_dict(data)
