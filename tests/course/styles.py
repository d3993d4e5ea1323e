"""Networks written anew in styles drawn by lot, as many students would write one and the same.

A style is a number. It decides for each layer of a reference whether it is a layer of Keras, an
operation, a function of TensorFlow or a layer of one's own, where activations and zeros stand, how
the head is written, in which order branches come, and what holds it all together.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf
from keras import layers, ops

from course_lib.blueprints import Blueprint, LayerBlueprint, NodeReference

Piece = Callable[..., Any]


class OwnConv(layers.Layer):
    """A convolution from a student's own weights."""

    def __init__(self, config: dict[str, Any], raw: bool) -> None:
        super().__init__()
        self.settings, self.raw = config, raw

    def build(self, input_shape: Any) -> None:
        shape = (*self.settings["kernel_size"], input_shape[-1], self.settings["filters"])
        self.kernel = self.add_weight(shape=shape, name="kernel")
        if self.settings["use_bias"]:
            self.bias = self.add_weight(shape=shape[-1:], name="bias")

    def call(self, x: Any) -> Any:
        strides, mode = self.settings["strides"], self.settings["padding"]
        if self.raw:
            x = tf.nn.conv2d(x, self.kernel, strides, mode.upper())
        else:
            x = ops.conv(x, self.kernel, strides, mode)
        return x + self.bias if self.settings["use_bias"] else x


class OwnDense(layers.Layer):
    """A fully connected layer as a product of matrices."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__()
        self.settings = config

    def build(self, input_shape: Any) -> None:
        units = self.settings["units"]
        self.matrix = self.add_weight(shape=(input_shape[-1], units), name="matrix")
        if self.settings["use_bias"]:
            self.bias = self.add_weight(shape=(units,), name="bias")

    def call(self, x: Any) -> Any:
        x = x @ self.matrix
        return ops.add(x, self.bias) if self.settings["use_bias"] else x


class Holder(layers.Layer):
    """A block of a student's own around any function."""

    def __init__(self, inside: Piece) -> None:
        super().__init__()
        self.inside = inside

    def call(self, x: Any) -> Any:
        return self.inside(x)


class Subclassed(keras.Model):
    """A model that finds out what it takes when it is called."""

    def __init__(self, run: Piece, pieces: list[Any]) -> None:
        super().__init__()
        self.run_through, self.pieces = run, pieces

    def call(self, x: Any) -> Any:
        return self.run_through(x)


class OfImages(Subclassed):
    """One whose `call` takes the number of images for a number, so it is made by being called."""

    def call(self, x: Any) -> Any:
        found = super().call(ops.reshape(x, (x.shape[0], *x.shape[1:])))
        return tf.reshape(found, (tf.shape(found)[0], -1)) if len(found.shape) == 2 else found


def _relu(x: Any) -> Any:
    return ops.where(x > 0, x, 0)


def _softmax(x: Any) -> Any:
    powers = ops.exp(x - ops.max(x, axis=-1, keepdims=True))
    return powers / ops.sum(powers, axis=-1, keepdims=True)


def _halved(largest: bool) -> Piece:
    """Pooling of 2 x 2 pixels as a reduction over axes of their own."""

    def piece(x: Any) -> Any:
        _, height, width, channels = x.shape
        windows = ops.reshape(x, (-1, height // 2, 2, width // 2, 2, channels))
        return (ops.max if largest else ops.mean)(windows, axis=(2, 4))

    return piece


def _halved_by_slices(largest: bool) -> Piece:
    """Pooling of 2 x 2 pixels from four slices."""

    def piece(x: Any) -> Any:
        top, bottom = x[:, ::2], x[:, 1::2]
        if largest:
            rows = ops.maximum(top, bottom)
            return ops.maximum(rows[:, :, ::2], rows[:, :, 1::2])
        return sum(row[:, :, start::2] for row in (top, bottom) for start in (0, 1)) / 4

    return piece


ACTIVATIONS: dict[str, list[Any]] = {
    "relu": [
        lambda: layers.Activation("relu"),
        layers.ReLU,
        lambda: layers.Lambda(tf.nn.relu),
        lambda: layers.Lambda(lambda x: tf.maximum(x, 0)),
        lambda: ops.relu,
        lambda: keras.activations.relu,
        lambda: lambda x: ops.maximum(x, 0),
        lambda: lambda x: ops.maximum(0.0, x),
        lambda: _relu,
        lambda: lambda x: ops.where(x < 0, ops.zeros_like(x), x),
        lambda: lambda x: ops.maximum(ops.zeros_like(x), x),
        lambda: lambda x: x * ops.cast(x > 0, x.dtype),
        lambda: lambda x: (ops.abs(x) + x) / 2,
        lambda: layers.LeakyReLU(0.0),
    ],
    "relu6": [
        lambda: layers.Activation("relu6"),
        lambda: layers.ReLU(max_value=6),
        lambda: layers.Lambda(tf.nn.relu6),
        lambda: ops.relu6,
        lambda: lambda x: ops.minimum(ops.relu(x), 6),
        lambda: lambda x: ops.maximum(ops.minimum(x, 6.0), 0.0),
        lambda: lambda x: ops.clip(x, 0, 6),
    ],
    "tanh": [lambda: layers.Activation("tanh"), lambda: ops.tanh, lambda: layers.Lambda(tf.tanh)],
    "softmax": [
        layers.Softmax,
        lambda: layers.Activation("softmax"),
        lambda: ops.softmax,
        lambda: layers.Lambda(tf.nn.softmax),
        lambda: _softmax,
    ],
    "linear": [lambda: lambda x: x, layers.Identity],
}
AS_ARGUMENT: dict[str, list[Any]] = {
    "relu": ["relu", tf.nn.relu, ops.relu, lambda x: ops.maximum(x, 0), layers.ReLU()],
    "relu6": ["relu6", ops.relu6, layers.ReLU(6)],
    "tanh": ["tanh", tf.tanh, ops.tanh],
    "softmax": ["softmax", ops.softmax, tf.nn.softmax],
    "linear": [None, "linear", lambda x: x],
}


class Style:
    """Writes a network anew.

    Args:
        plan: the reference's blueprint, or one with a wrong change.
        seed: the style; `None` writes every layer as it stands in the plan.
        custom: the notebook's own layers by class name.
    """

    def __init__(self, plan: Blueprint, seed: int | None, custom: dict[str, Any]) -> None:
        self.plan, self.custom = plan, custom
        self.plain = seed is None
        self.draw = random.Random(seed)
        self.pieces: list[Any] = []

    def build(self) -> keras.Model:
        """The network: functional, subclassed and not yet built, or a `Sequential` of a model."""
        made = {layer.name: self._piece(layer) for layer in self.plan.layers if layer.calls}

        def run(x: Any) -> Any:
            tensors = {self.plan.inputs[0]: x}
            for layer, index in self.plan.steps():
                if layer.class_name != "InputLayer":
                    inputs = [tensors[source] for source in layer.calls[index].inbound]
                    tensors[NodeReference(layer.name, index)] = made[layer.name](*inputs)
            found = tensors[self.plan.outputs[0]]
            if len(found.shape) == len(self.plan.output_shapes[0]):
                return found
            return ops.squeeze(found, (1, 2)) if squeezed else found[:, 0, 0]

        squeezed = self.plain or self._one_of(True, False)
        forms = ("functional", "subclass", "images", "around")
        form = "functional" if self.plain else self._one_of(*forms)
        if form in ("subclass", "images"):
            return (Subclassed if form == "subclass" else OfImages)(run, self.pieces)
        x = keras.Input(self.plan.input_shapes[0][1:])
        model = keras.Model(x, run(x))
        return keras.Sequential([model]) if form == "around" else model

    def _one_of(self, *ways: Any) -> Any:
        return self.draw.choice(ways)

    def _kept(self, piece: Any) -> Any:
        self.pieces.append(piece)
        return piece

    def _piece(self, layer: LayerBlueprint) -> Piece:
        """One layer in some way."""
        kind = layer.class_name
        config = {k: v for k, v in layer.config.items() if k not in ("name", "dtype")}
        write = None if self.plain else getattr(self, f"_{kind.lower()}", None)
        if write is not None:
            piece = write(config, layer)
        elif layer.kind == "operation":
            piece = self._operation(config, layer)
        else:
            cls = self.custom.get(kind) or getattr(layers, kind)
            made = self._kept(cls.from_config(config))
            piece = made if len(layer.calls[0].inbound) == 1 else lambda *xs: made(list(xs))
        single = len(layer.calls[0].inbound) == 1 and not self.plain
        return self._kept(Holder(piece)) if single and self.draw.random() < 0.15 else piece

    def _operation(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        kind = layer.class_name
        if kind == "Reshape":
            shape = config["newshape"]
            return self._one_of(lambda x: ops.reshape(x, shape), layers.Reshape(shape[1:]))
        if kind == "Transpose":
            axes = config["axes"]
            return self._one_of(lambda x: ops.transpose(x, axes), layers.Permute(axes[1:]))
        if kind == "GetItem":
            key = tuple(slice(*part["slice"]) for part in layer.calls[0].arguments["args"][1])
            return lambda x: x[key]
        if kind == "Pad":
            pads = config["pad_width"]
            beside = pads[-1][1]
            by_zeros = lambda x: ops.concatenate([x, ops.zeros_like(x[..., :beside])], -1)  # noqa: E731
            fits = 0 < beside <= (layer.input_shapes[0][-1] or 0) and not any(map(any, pads[:-1]))
            ways = [lambda x: ops.pad(x, pads), by_zeros]
            return self._one_of(*ways[: 2 if fits and not pads[-1][0] else 1])
        return getattr(ops, {"Relu": "relu", "Add": "add"}[kind])

    def _then(self, piece: Piece, activation: str) -> Piece:
        if activation not in ACTIVATIONS:
            after: Piece = layers.Activation(activation)
        else:
            after = self._one_of(*ACTIVATIONS[activation])()
        self._kept(after)
        return lambda x: after(piece(x))

    # ------------------------------------------------------------------------ layers with weights

    def _conv2d(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        activation = config.pop("activation") or "linear"
        groups, channels = config["groups"], layer.input_shapes[0][-1]
        kernel, strides = config["kernel_size"], config["strides"]
        config = {k: config[k] for k in ("filters", "kernel_size", "strides", "padding")} | {
            "groups": groups,
            "use_bias": config["use_bias"],
            "dilation_rate": config["dilation_rate"],
        }
        before: Piece = lambda x: x  # noqa: E731
        sizes = layer.input_shapes[0][1:-1]
        if config["padding"] == "same" and None not in sizes and self._one_of(True, False):
            pads = []
            for size, k, s, d in zip(sizes, kernel, strides, config["dilation_rate"], strict=True):
                missing = max((-(-size // s) - 1) * s + d * (k - 1) + 1 - size, 0)
                pads.append((missing // 2, missing - missing // 2))
            before, config = self._zeros(pads), config | {"padding": "valid"}
        elif set(kernel) == {1} and max(strides) > 1:
            before, config = self._fewer(strides), config | {"strides": [1, 1]}
        plain = config["groups"] == 1 and set(config["dilation_rate"]) == {1}
        ways = ["layer", "layer"]
        ways += ["own", "raw"] if plain else []
        ways += ["dense"] if plain and set(kernel) == {1} and set(config["strides"]) == {1} else []
        ways += ["by hand"] if 1 < groups <= 4 else []
        depthwise = groups == channels and config["filters"] % groups == 0
        ways += ["depthwise"] if depthwise else []
        way = self._one_of(*ways)
        if way == "layer":
            argument = self._one_of(*AS_ARGUMENT.get(activation, [activation]))
            conv = self._kept(layers.Conv2D(**config, activation=argument))
            return lambda x: conv(before(x))
        if way in ("own", "raw"):
            conv = self._kept(OwnConv(config, way == "raw"))
        elif way == "dense":
            conv = self._kept(layers.Dense(config["filters"], use_bias=config["use_bias"]))
        elif way == "depthwise":
            options = {k: v for k, v in config.items() if k not in ("filters", "groups")}
            times = config["filters"] // groups
            conv = self._kept(layers.DepthwiseConv2D(**options, depth_multiplier=times))
        else:
            conv = self._by_hand(config, activation)
            return lambda x: conv(before(x))
        return self._then(lambda x: conv(before(x)), activation)

    def _by_hand(self, config: dict[str, Any], activation: str) -> Piece:
        """Groups as convolutions side by side."""
        groups = config["groups"]
        options = config | {"groups": 1, "filters": config["filters"] // groups}
        argument = self._one_of(*AS_ARGUMENT[activation])
        convs = [self._kept(layers.Conv2D(**options, activation=argument)) for _ in range(groups)]
        slices = self._one_of(True, False)

        def grouped(x: Any) -> Any:
            width = x.shape[-1] // groups
            parts = ops.split(x, groups, axis=-1)
            if slices:
                parts = [x[..., n * width : (n + 1) * width] for n in range(groups)]
            made = [conv(part) for conv, part in zip(convs, parts, strict=True)]
            return ops.concatenate(made, axis=-1)

        return grouped

    def _depthwiseconv2d(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        channels = layer.input_shapes[0][-1]
        options = {k: config[k] for k in ("kernel_size", "strides", "padding", "use_bias")}
        filters = channels * config["depth_multiplier"]
        conv = self._kept(layers.Conv2D(filters, groups=channels, **options))
        return self._then(conv, config["activation"] or "linear")

    def _separableconv2d(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        options = {k: config[k] for k in ("kernel_size", "strides", "padding")}
        channels = layer.input_shapes[0][-1]
        if self._one_of(True, False):
            depth = self._kept(layers.DepthwiseConv2D(**options, use_bias=False))
        else:
            depth = self._kept(layers.Conv2D(channels, groups=channels, **options, use_bias=False))
        point = self._kept(layers.Conv2D(config["filters"], 1, use_bias=config["use_bias"]))
        return self._then(lambda x: point(depth(x)), config["activation"] or "linear")

    def _dense(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        activation, units = config["activation"] or "linear", config["units"]
        options = {"units": units, "use_bias": config["use_bias"]}
        dense: dict[int, Any] = {}  # by the rank of what comes in: a head may not be flat

        def piece(x: Any) -> Any:
            if len(x.shape) not in dense:
                dense[len(x.shape)] = made(x)
            return dense[len(x.shape)](x)

        way, argument = self.draw.random(), self._one_of(*AS_ARGUMENT.get(activation, [activation]))
        after = self._then(lambda x: x, activation)

        def made(x: Any) -> Piece:
            if len(x.shape) == 4 and (way < 0.5 or x.shape[1:3] != (1, 1)):
                kernel = tuple(x.shape[1:3])
                conv = self._kept(layers.Conv2D(units, kernel, use_bias=options["use_bias"]))
                return lambda x: after(conv(x))
            if way < 0.6 and not any(len(x.shape) == rank for rank in (3, 4)):
                bias = {"bias_axes": "u"} if options["use_bias"] else {}
                return self._kept(
                    layers.EinsumDense("bi,iu->bu", units, activation=argument, **bias)
                )
            if way < 0.7:
                return self._kept(layers.Dense(**options, activation=argument))
            own = OwnDense(options) if way > 0.85 else layers.Dense(**options)
            self._kept(own)
            return lambda x: after(own(x))

        return piece

    def _batchnormalization(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        epsilon = self._one_of(1e-3, 1e-5, 1e-6)
        norm = layers.BatchNormalization(
            epsilon=epsilon,
            momentum=self._one_of(0.9, 0.99),
            center=config["center"],
            scale=config["scale"],
        )
        return self._kept(norm)

    # --------------------------------------------------------------------- layers without weights

    def _zeros(self, pads: list[Any]) -> Piece:
        if self._one_of(True, False):
            return self._kept(layers.ZeroPadding2D(tuple(pads)))
        width = [(0, 0), *pads, (0, 0)]
        return self._one_of(lambda x: ops.pad(x, width), layers.Lambda(lambda x: tf.pad(x, width)))

    def _fewer(self, strides: list[int]) -> Piece:
        """Every so many pixels."""
        down, right = strides
        return self._one_of(
            lambda x: x[:, ::down, ::right], lambda x: x[:, ::down, ::right, :],
            layers.MaxPooling2D(1, strides),
        )  # fmt: skip

    def _zeropadding2d(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        return self._zeros([tuple(pads) for pads in config["padding"]])

    def _activation(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        return self._then(lambda x: x, config["activation"])

    def _relu(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        return self._then(lambda x: x, "relu6" if config.get("max_value") == 6 else "relu")

    def _maxpooling2d(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        return self._pool(config, layer, layers.MaxPooling2D, ops.max_pool, tf.nn.max_pool2d)

    def _averagepooling2d(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        return self._pool(config, layer, layers.AveragePooling2D, ops.average_pool, tf.nn.avg_pool)

    def _pool(
        self, config: dict[str, Any], layer: LayerBlueprint, cls: Any, operation: Any, function: Any
    ) -> Piece:
        window, strides = config["pool_size"], config["strides"]
        mode = config["padding"]
        ways = [
            self._kept(cls(window, strides, padding=mode)),
            lambda x: operation(x, tuple(window), tuple(strides), padding=mode),
            layers.Lambda(lambda x: function(x, window, strides, mode.upper())),
        ]
        sizes = layer.input_shapes[0][1:-1]
        if window == strides == [2, 2] and not any(size is None or size % 2 for size in sizes):
            largest = cls is layers.MaxPooling2D
            ways += [_halved(largest), _halved_by_slices(largest)]
        return self._one_of(*ways)

    def _globalaveragepooling2d(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        sizes = layer.input_shapes[0][1:-1]
        ways: list[Piece] = [
            layers.GlobalAveragePooling2D(),
            lambda x: ops.mean(x, axis=(1, 2)),
            lambda x: ops.mean(ops.mean(x, axis=1), axis=1),
            lambda x: ops.mean(ops.mean(x, axis=2), axis=-2),
            lambda x: ops.mean(ops.transpose(x, (0, 3, 1, 2)), axis=(2, 3)),
            layers.Lambda(lambda x: tf.reduce_mean(x, axis=[1, 2])),
        ]
        if None not in sizes:
            whole, flat = layers.AveragePooling2D(sizes), layers.Flatten()
            ways.append(lambda x: flat(whole(x)))
        return self._one_of(*ways)

    def _flatten(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        size = layer.output_shapes[0][1]
        users = [other for other in self.plan.layers for call in other.calls for source in
                 call.inbound if source.layer == layer.name]  # fmt: skip
        ways: list[Piece] = [
            layers.Flatten(),
            layers.Reshape((size,)),
            layers.Reshape((-1,)),
            lambda x: ops.reshape(x, (-1, size)),
        ]
        if all(user.class_name == "Dense" for user in users):
            ways += [lambda x: x] * 2  # The head begins with a convolution over the whole map.
        return self._one_of(*ways)

    def _add(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        added = layers.Add()
        return self._one_of(
            lambda *xs: added(list(xs)),
            lambda x, y: x + y,
            lambda x, y: y + x,
            lambda x, y: ops.add(y, x),
            lambda *xs: sum(xs),
        )

    def _concatenate(self, config: dict[str, Any], layer: LayerBlueprint) -> Piece:
        order = list(range(len(layer.calls[0].inbound)))
        if layer.name not in {reference.layer for reference in self.plan.outputs}:
            self.draw.shuffle(order)
        merged = layers.Concatenate()
        return self._one_of(
            lambda *xs: merged([xs[n] for n in order]),
            lambda *xs: ops.concatenate([xs[n] for n in order], axis=-1),
            lambda *xs: ops.concatenate([ops.concatenate([xs[n] for n in order[:2]], -1)]
                                        + [xs[n] for n in order[2:]], axis=3),
        )  # fmt: skip
