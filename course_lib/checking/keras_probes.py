"""Probes of what is made with Keras: networks, trained models, layers and optimizers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from course_lib.checking.by_network import looks_behind
from course_lib.checking.probes import CallFunction, Probe


@dataclass(frozen=True, eq=False)
class BuildBlueprint(Probe):
    """Build a model without allocating weights; the observation is its layers, shapes, counts.

    The subject is a function that returns a Keras model, or a Keras model.

    Attributes:
        args, kwargs: of the function that builds it.
        input_shape: without the batch dimension, for a model that does not say it itself; a list
            of shapes for several inputs.
    """

    kind: ClassVar[str] = "blueprint"
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    input_shape: Any = None

    def describe(self, name: str) -> str:
        return f"the network that {CallFunction(self.args, self.kwargs).describe(name)} builds"

    def exercise(self, subject: Any) -> Any:
        from course_lib.blueprints import blueprint

        fallback = self.input_shape
        return blueprint(subject, *self.args, fallback_shape=fallback, **self.kwargs).to_dict()


@dataclass(frozen=True, eq=False)
class Predict(Probe):
    """Let a trained model, or a function, score inputs whose labels stay with the judge.

    The observation is the array of scores `(examples, classes)` or of class numbers `(examples,)`;
    if they must come from a network, a dictionary of these `scores` and, for every training (here
    one), what `by_network.looks_behind` tells of its networks (`looks`).

    Attributes:
        inputs: the examples.
        batch_size: of a model.
        network: whether the scores must come from a Keras model.
        counted: whether the subject must be that model, whose `blueprints` are brought back too.
            It then scores as the layer that it is, whatever its own `predict` does.
    """

    kind: ClassVar[str] = "predict"
    inputs: np.ndarray = field(default_factory=lambda: np.zeros((0,)))
    batch_size: int = 256
    network: bool = False
    counted: bool = False

    def describe(self, name: str) -> str:
        return f"`{name}` on {len(self.inputs)} examples that it has not seen"

    def exercise(self, subject: Any) -> Any:
        model = _as_layer(subject, self.inputs.shape[1:]) if self.counted else None
        subject = subject if model is None else model
        scores = self._scored(subject, self.inputs)
        if not self.network:
            return scores
        looks = looks_behind(subject, lambda few: self._scored(subject, few), self.inputs)
        found = {"scores": scores, "looks": [looks]}
        if self.counted:
            found["blueprints"] = [None if model is None else _blueprint_of(model)]
        return found

    def _scored(self, subject: Any, inputs: np.ndarray) -> np.ndarray:
        if hasattr(subject, "predict"):
            scores = subject.predict(inputs, batch_size=self.batch_size, verbose=0)
        elif callable(subject):
            scores = subject(inputs)
        else:
            raise TypeError(
                f"expected a trained Keras model or a function, got {type(subject).__name__}"
            )
        return np.asarray(scores)


def _as_layer(trained: Any, shape: tuple[int, ...]) -> Any:
    """A plain model around a trained one, called in it as a layer is; `None` if it is none."""
    import keras

    if not isinstance(trained, keras.Model):
        return None
    image = keras.Input(shape)
    return keras.Model(image, trained(image))


def _blueprint_of(model: Any) -> dict[str, Any]:
    from course_lib.blueprints import blueprint

    return blueprint(model).to_dict()


@dataclass(frozen=True, eq=False)
class ExerciseLayer(Probe):
    """Exercise a layer class as Keras does.

    The layer is made and built, its weights are set by name, and it is called in the given modes,
    one after the other. Then it is made once more from its configuration, and once more to be
    trained for one step in a compiled model.

    Attributes:
        args, kwargs: of the class.
        weights: values to set after building, by attribute name (`gamma`, `moving_mean`).
        calls: `(inputs, training)` for each call.
        targets: what the trained step should give for the inputs of the last call (mean squared
            error); `None` for no step.
        learning_rate: of that step (plain gradient descent).
        starts: names of weights of which counts what they hold once they are built.
    """

    kind: ClassVar[str] = "layer"
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, np.ndarray] = field(default_factory=dict)
    calls: tuple[tuple[np.ndarray, bool], ...] = ()
    targets: np.ndarray | None = None
    learning_rate: float = 0.1
    starts: tuple[str, ...] = ()

    def describe(self, name: str) -> str:
        modes = ", ".join("training" if training else "inference" for _, training in self.calls)
        return f"{CallFunction(self.args, self.kwargs).describe(name)}, called in {modes}"

    def exercise(self, subject: Any) -> Any:
        found: dict[str, Any] = {}
        layer = self._made(subject, found=found)
        found |= {f"{name}: shape": list(getattr(layer, name).shape) for name in self.weights}
        found["trainable weights"] = len(layer.trainable_weights)
        found["other weights"] = len(layer.non_trainable_weights)
        for number, (inputs, training) in enumerate(self.calls, 1):
            mode = "training" if training else "inference"
            output = layer(inputs.copy(), training=training)
            found[f"output {number} ({mode})"] = np.asarray(output)
        found |= self._weights_of(layer, "after the calls")
        inputs, _ = self.calls[-1]
        rebuilt = self._made(lambda: type(layer).from_config(layer.get_config()), again=True)
        # What the parent class puts into the configuration. Names are counted, so only whether.
        found["name kept in its configuration"] = rebuilt.name == layer.name
        found["made again from its configuration"] = np.asarray(
            rebuilt(inputs.copy(), training=True)
        )
        found |= self._weights_of(rebuilt, "of the one made again")
        if self.targets is not None:
            found |= self._trained(subject, inputs)
        return found

    def _made(self, make: Any, again: bool = False, found: dict[str, Any] | None = None) -> Any:
        """The layer, built, with its weights; what they were before is put into `found`."""
        import keras

        layer = make() if again else make(*self.args, **self.kwargs)
        if not isinstance(layer, keras.layers.Layer):
            raise TypeError(f"expected a keras.layers.Layer, got {type(layer).__name__}")
        if not layer.built:
            layer.build(self.calls[0][0].shape)
        for name, value in self.weights.items():
            variable = getattr(layer, name, None)
            if not isinstance(variable, keras.Variable):
                raise AttributeError(
                    f"the layer has no weight `{name}` once it is built: make it in `build` with "
                    f"self.{name} = self.add_weight(...)"
                )
            if found is not None and name in self.starts:
                found[f"{name}: once it is built"] = _how_it_starts(np.asarray(variable))
            variable.assign(value)
        return layer

    def _weights_of(self, layer: Any, when: str) -> dict[str, np.ndarray]:
        import keras

        for name in self.weights:
            if not isinstance(getattr(layer, name), keras.Variable):
                raise TypeError(
                    f"a call has put something else in the place of the weight `{name}`: change "
                    f"its value with `self.{name}.assign(...)`, not with `self.{name} = ...`"
                )
        return {f"{name} {when}": np.asarray(getattr(layer, name)) for name in self.weights}

    def _trained(self, subject: Any, inputs: np.ndarray) -> dict[str, np.ndarray]:
        import keras

        layer = self._made(subject)
        model = keras.Sequential([keras.Input(inputs.shape[1:]), layer])
        model.compile(keras.optimizers.SGD(self.learning_rate), "mse", jit_compile=False)
        model.train_on_batch(inputs, self.targets)
        return self._weights_of(layer, "after a training step")


def _how_it_starts(values: np.ndarray) -> str:
    """What kind of numbers a weight begins with: the numbers themselves are drawn anew each time.

    The spread is compared with that of Glorot's initialization, Keras' default, in three steps that
    no draw of many numbers crosses by chance.
    """
    if (values == values.flat[0]).all():
        return {0.0: "zeros", 1.0: "ones"}.get(float(values.flat[0]), "one and the same number")
    if values.size < _MANY:
        return "random numbers"
    fans = np.prod(values.shape[:-2]) * sum(values.shape[-2:])
    share = float(np.std(values) / np.sqrt(2 / fans))
    how = "as far apart as by default" if share < 1.5 else "further apart than by default"
    return f"random numbers, {how if share > 0.6 else 'closer together than by default'}"


_MANY = 50


@dataclass(frozen=True, eq=False)
class ExerciseOptimizer(Probe):
    """Let an optimizer class take the given gradients, step by step, and train a compiled model.

    Attributes:
        args, kwargs: of the class.
        variables: the starting values.
        gradients: for each step, a gradient for each variable.
        inputs, targets: a linear model with a bias is trained for three steps on them (mean
            squared error) by an optimizer made from this one's configuration; `None` for no model.
    """

    kind: ClassVar[str] = "optimizer"
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    variables: tuple[np.ndarray, ...] = ()
    gradients: tuple[tuple[np.ndarray, ...], ...] = ()
    inputs: np.ndarray | None = None
    targets: np.ndarray | None = None

    def describe(self, name: str) -> str:
        steps = len(self.gradients)
        made = CallFunction(self.args, self.kwargs).describe(name)
        return f"{made}, {steps} steps on given gradients"

    def exercise(self, subject: Any) -> Any:
        import keras

        found: dict[str, Any] = {}
        optimizer = self._made(subject(*self.args, **self.kwargs))
        variables = [keras.Variable(value) for value in self.variables]
        for step, gradients in enumerate(self.gradients, 1):
            optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients], variables)
            for number, variable in enumerate(variables):
                found[f"variable {number} after step {step}"] = np.asarray(variable)
        if self.inputs is not None and self.targets is not None:
            again = type(optimizer).from_config(optimizer.get_config())
            dense = keras.layers.Dense(self.targets.shape[-1], kernel_initializer="ones")
            model = keras.Sequential([keras.Input(self.inputs.shape[1:]), dense])
            model.compile(self._made(again), "mse", jit_compile=False)
            for _ in range(3):
                model.train_on_batch(self.inputs, self.targets)
            found["kernel after compiled training"] = np.asarray(dense.kernel)
            found["bias after compiled training"] = np.asarray(dense.bias)
        return found

    @staticmethod
    def _made(optimizer: Any) -> Any:
        import keras

        if not isinstance(optimizer, keras.optimizers.Optimizer):
            raise TypeError(
                f"expected a keras.optimizers.Optimizer, got {type(optimizer).__name__}"
            )
        return optimizer


@dataclass(frozen=True, eq=False)
class Transplant(Probe):
    """Build a narrow version of a network, load given weights in canonical order, and run it.

    Attributes:
        args, kwargs: of the function that builds it.
        weights: arrays in the order of `course_lib.structure.weight_shapes`.
        inputs: what it is run on.
        training: whether in training mode (batch normalization uses the batch's statistics).
    """

    kind: ClassVar[str] = "transplant"
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)
    weights: tuple[np.ndarray, ...] = ()
    inputs: np.ndarray = field(default_factory=lambda: np.zeros((0,)))
    training: bool = False

    def describe(self, name: str) -> str:
        mode = "training" if self.training else "inference"
        built = CallFunction(self.args, self.kwargs).describe(name)
        return f"what {built} computes with given weights, in {mode}"

    def exercise(self, subject: Any) -> Any:
        import keras

        from course_lib.blueprints import NotAModelError, functional_inside
        from course_lib.structure import transplant

        model = subject(*self.args, **self.kwargs)
        if not isinstance(model, keras.Model):
            raise NotAModelError(
                "The function must return a Keras model. Check that it ends with `return model`. "
                f"Received: a value of type {type(model).__name__}"
            )
        if functional_inside(model) is None:
            model(self.inputs[:1])  # Some models make their weights only now.
        transplant(model, list(self.weights), self.inputs.shape[1:])
        outputs = model(self.inputs, training=self.training)
        return tuple(np.asarray(output) for output in keras.tree.flatten(outputs))
