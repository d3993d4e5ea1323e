"""Makers of cases: what the author of a check writes.

`slide` is a citation as `course_lib.slides.cite` returns it; where it is empty, that of the check
holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder._exceptions import CourseError
from autograder.checks.calibrated import Uncalibrated
from course_lib.checking.budgets import COUNTED
from course_lib.checking.cases import Case
from course_lib.checking.expectations import Equal, Raises
from course_lib.checking.keras_probes import (
    BuildBlueprint,
    ExerciseLayer,
    ExerciseOptimizer,
    Predict,
    Transplant,
)
from course_lib.checking.networks import Computed, Structure, WithinBudget
from course_lib.checking.probes import CallFunction, ReadAnswer
from course_lib.checking.recipes import Recipe, WatchTraining
from course_lib.checking.scored_by import network_as_data
from course_lib.checking.training_probes import Fit, ScoreWeights

Networks = Callable[..., Any] | Sequence[Callable[..., Any]]


def call(
    *args: Any,
    expected: Any,
    label: str,
    share: float = 1.0,
    rtol: float = 1e-4,
    atol: float = 1e-6,
    slide: str = "",
    where_to_look: str = "",
    forbids: Sequence[str] = (),
    names: Sequence[str] = (),
    **kwargs: Any,
) -> Case:
    """A case that calls the student's function; other keywords go to the function.

    `names` are what the parts of a returned tuple are called; a wrong answer is then reported with
    a line for each.
    """
    return Case(
        CallFunction(tuple(args), kwargs),
        Equal(expected, rtol, atol, tuple(names)),
        label,
        share,
        slide,
        where_to_look,
        forbids=tuple(forbids),
    )


def raises(
    *args: Any,
    label: str,
    types: Sequence[str] = ("ValueError",),
    share: float = 1.0,
    **kwargs: Any,
) -> Case:
    """A case in which the student's function must refuse its arguments."""
    return Case(CallFunction(tuple(args), kwargs), Raises(tuple(types)), label, share)


def answer(
    *,
    expected: Any,
    label: str,
    rtol: float = 1e-4,
    atol: float = 1e-6,
    share: float = 1.0,
    slide: str = "",
    where_to_look: str = "",
) -> Case:
    """A case that reads a value the student assigned."""
    return Case(ReadAnswer(), Equal(expected, rtol, atol), label, share, slide, where_to_look)


def predict(
    dataset: str,
    chosen: np.ndarray,
    *,
    trained_by: Callable[[SimpleNamespace], Callable[..., Any]],
    label: str,
    like: Networks = (),
    public: bool = False,
    share: float = 1.0,
) -> Case:
    """A case in which the network that the notebook has trained scores examples it has not seen.

    The labels stay with the judge. The bound comes from the check's calibration.

    Args:
        dataset: name of a data set of `course_lib.data`.
        chosen: numbers of the test split's images, in the order in which they are scored.
        trained_by: makes, from the notebook's names, a function of `(images, labels, seed)` that
            trains as the notebook's cells do: what `autograder calibrate` runs.
        like: builds the network that the task asks for, or several functions do that build networks
            that are as right; any Keras model scores if there is none.
        public: score images of the validation split, whose labels everybody has.
    """
    from course_lib import data

    split = "validation" if public else "test"
    examples = getattr(data.load(dataset), split)
    expects = Uncalibrated(
        labels=examples.labels[chosen],
        runs=1,
        split=split,
        dataset=dataset,
        trained_by=trained_by,
        network=_as_data(like),
    )
    probe = Predict(examples.images[chosen], network=True)
    return Case(probe, expects, label, share)


def fit(
    dataset: str,
    *,
    label: str,
    seed: int = 0,
    classes: Sequence[int] = (),
    per_class: int = 0,
    draws: int = 1,
    public: bool = False,
    gpu: dict[str, Any] | None = None,
    network: bool = False,
    like: Networks = (),
    within: Mapping[str, int] | None = None,
    share: float = 1.0,
    slide: str = "",
    where_to_look: str = "",
    **budget: Any,
) -> Case:
    """A case that lets the student's function train, and scores images that it has not seen.

    The bound comes from the check's calibration (`autograder calibrate`). Another budget for the
    GPU holds where trainings have a GPU, once it is calibrated (`autograder calibrate --device
    gpu`), with the bound of that calibration.

    Args:
        dataset: name of a data set of `course_lib.data`.
        seed: of the first run.
        classes: only these classes, renumbered from 0.
        per_class: only so many examples of each.
        draws: train so often, each time from other examples; the accuracy is that of all together.
        public: score the validation images, whose labels everybody has.
        gpu: the budget on a GPU; by default the same as on the processor.
        network: whether the scores must come from a Keras model, and from nothing beside it.
        like: builds the network that the task asks for, which must score then; see `predict`.
        within: what the trained network may cost, as for `budget`: the function must then return
            the Keras model itself.
        budget: handed to the function: epochs, steps.
    """
    counted = within is not None
    wanted = _as_data(like) if network or like or counted else None
    probe = Fit(
        dataset,
        budget,
        tuple(classes),
        per_class,
        seed=seed,
        draws=draws,
        network=wanted is not None,
        counted=counted,
    )
    limits = None if within is None else _limits(within)
    expects = Uncalibrated(gpu=gpu, network=wanted, within=limits)
    if not public:
        probe = replace(probe, inputs=probe.split("test").images)
        expects = replace(expects, labels=probe.labels("test"))
    return Case(probe, expects, label, share, slide, where_to_look)


def recipe(
    dataset: str,
    *,
    optimizer: str,
    rates: Sequence[tuple[float, float]],
    batch_size: int,
    label: str,
    momentum: float | None = None,
    epochs: int = 4,
    seed: int = 0,
    share: float = 1.0,
    slide: str = "",
    where_to_look: str = "Compare what `compile` and `fit` are given with the recipe of the task.",
) -> Case:
    """A case that watches the student's function take a few steps: is it the recipe of the task?

    Args:
        dataset: name of a data set of `course_lib.data`, of which 256 images are trained on: whole
            batches of 64, and epochs that can be halved and quartered, so that nobody's way to
            count matters.
        optimizer: name of a class of `keras.optimizers`.
        rates: pairs of a share of all steps and the learning rate from there on.
        batch_size: examples in a step.
        momentum: of the optimizer, if it is asked for.
        epochs: handed to the function.
    """
    pairs = tuple((float(start), float(rate)) for start, rate in rates)
    probe = WatchTraining(dataset, epochs=epochs, seed=seed)
    expects = Recipe(optimizer, pairs, batch_size, epochs, momentum)
    return Case(probe, expects, label, share, slide, where_to_look)


def submitted_weights(
    file: str,
    *args: Any,
    dataset: str,
    calibrated_by: str,
    label: str,
    public: bool = False,
    share: float = 1.0,
    slide: str = "",
    where_to_look: str = "",
    **kwargs: Any,
) -> Case:
    """A case that scores the weights handed in beside the notebook, in the student's own network.

    Args:
        file: name of the safetensors file.
        args, kwargs: of the function that builds the network.
        dataset: whose images are scored.
        calibrated_by: the check with a `fit` whose calibration gives the bound.
        public: score the validation images, whose labels everybody has.
    """
    probe = ScoreWeights(file, args, kwargs, dataset)
    expects = Uncalibrated(runs=1, by=calibrated_by, network=())
    if not public:
        test = probe.split("test")
        probe = replace(probe, inputs=test.images)
        expects = replace(expects, labels=test.labels)
    return Case(probe, expects, label, share, slide, where_to_look)


def _limits(within: Mapping[str, int]) -> dict[str, int]:
    if unknown := sorted(set(within) - set(COUNTED)):
        raise CourseError(
            f"A budget is one of {', '.join(COUNTED)}. Received: {', '.join(unknown)}"
        )
    return dict(within)


def _as_data(like: Networks) -> tuple[dict[str, Any], ...]:
    builders = [like] if callable(like) else like
    return tuple(network_as_data(build) for build in builders)


def layer(
    *args: Any,
    like: Any,
    calls: Sequence[tuple[np.ndarray, bool]],
    label: str,
    weights: dict[str, np.ndarray] | None = None,
    targets: np.ndarray | None = None,
    starts: tuple[str, ...] = (),
    share: float = 1.0,
    rtol: float = 1e-3,
    atol: float = 1e-4,
    slide: str = "",
    where_to_look: str = "",
    **kwargs: Any,
) -> Case:
    """A case that exercises the student's layer class beside the class `like`.

    Both are made with the same arguments and weights and called in the same modes; see the probe
    `ExerciseLayer`. Everything that comes back is compared, name by name. `starts` names the
    weights of which counts what they begin with.
    """
    probe = ExerciseLayer(tuple(args), kwargs, weights or {}, tuple(calls), targets, starts=starts)
    return Case(probe, Equal(probe.exercise(like), rtol, atol), label, share, slide, where_to_look)


def optimizer(
    *args: Any,
    like: Any,
    variables: Sequence[np.ndarray],
    gradients: Sequence[Sequence[np.ndarray]],
    label: str,
    inputs: np.ndarray | None = None,
    targets: np.ndarray | None = None,
    share: float = 1.0,
    rtol: float = 1e-3,
    atol: float = 1e-5,
    slide: str = "",
    where_to_look: str = "",
    **kwargs: Any,
) -> Case:
    """A case that lets the student's optimizer class take steps beside the class `like`.

    `like` is a Keras optimizer, or a function that makes one from the same arguments.
    """
    steps = tuple(tuple(step) for step in gradients)
    probe = ExerciseOptimizer(tuple(args), kwargs, tuple(variables), steps, inputs, targets)
    return Case(probe, Equal(probe.exercise(like), rtol, atol), label, share, slide, where_to_look)


def structure(
    *args: Any,
    like: Any,
    label: str,
    parameters: int | None = None,
    ignore: Sequence[str] = ("rate",),
    also: Sequence[Callable[..., Any]] = (),
    activations: bool = True,
    share: float = 1.0,
    slide: str = "",
    where_to_look: str = "",
    **kwargs: Any,
) -> Case:
    """A case that builds the student's network weightlessly and compares its structure.

    Args:
        like: the reference's builder, whose layers have the slide's names; called with the same
            arguments.
        parameters: the number on the slide, which the reference must reproduce.
        ignore: settings that do not count.
        also: builders of networks that are as right, for what the task leaves open.
        activations: whether activations count; another check may look at what is computed.

    Raises:
        ValueError: if the reference has another number of parameters.
    """
    from course_lib.blueprints import blueprint
    from course_lib.structure import canonical

    built = blueprint(like, *args, **kwargs)
    graph = canonical(built)
    if parameters is not None and graph.parameters != parameters:
        raise ValueError(f"The reference has {graph.parameters:,} parameters, not {parameters:,}.")
    shapes = [shape[1:] for shape in built.input_shapes]
    graphs = [graph, *(canonical(blueprint(other, *args, **kwargs)) for other in also)]
    if not activations:
        graphs = [graph.without_activations() for graph in graphs]
    first, *others = [graph.to_value() for graph in graphs]
    return Case(
        BuildBlueprint(tuple(args), kwargs, shapes[0] if len(shapes) == 1 else shapes),
        Structure(first, tuple(ignore), tuple(others), activations),
        label,
        share,
        slide,
        where_to_look,
    )


def budget(
    *args: Any,
    within: Mapping[str, int],
    label: str,
    output: Sequence[int] = (),
    input_shape: Any = None,
    share: float = 1.0,
    slide: str = "",
    where_to_look: str = "",
    **kwargs: Any,
) -> Case:
    """A case that counts what the student's network costs: it may be any that costs no more.

    Args:
        args, kwargs: of the function that builds the network.
        within: the most `parameters` (all of them, running statistics too), `macs`, and
            `largest_activation_bytes` (what the layer with the largest output writes for one
            example, 4 bytes for each number), or some of these.
        label: what this case looks at, in a few words.
        output: shape of what the network gives, without the batch dimension.
        input_shape: for a model that does not say it itself.
    """
    return Case(
        BuildBlueprint(args, kwargs, input_shape),
        WithinBudget(_limits(within), tuple(output)),
        label,
        share,
        slide,
        where_to_look,
    )


def transplant(
    *args: Any,
    like: Any,
    rng: np.random.Generator,
    inputs: np.ndarray,
    label: str,
    training: bool = False,
    last_scale: float = 1.0,
    also: Sequence[Callable[..., Any]] = (),
    share: float = 1.0,
    rtol: float = 1e-3,
    atol: float = 1e-4,
    slide: str = "",
    where_to_look: str = "",
    **kwargs: Any,
) -> Case:
    """A case that runs a narrow version of the student's network with random weights of ours.

    It catches what structure and counts cannot. Weights are drawn so that values neither vanish
    nor explode; those of a batch normalization are all different and positive where they must be.

    Args:
        like: the reference's builder, called with the same arguments.
        rng: where the weights come from.
        inputs: what both are run on.
        training: whether in training mode; the network must have no dropout then.
        last_scale: a factor on the last kernel, below 1 where the inputs are large: a saturated
            softmax hides what is wrong before it.
        also: builders of networks that are as right, for what the task leaves open.
    """
    from course_lib.structure import weight_shapes

    inputs = _few_digits(inputs)
    shapes = weight_shapes(like(*args, **kwargs))
    weights = [_drawn(rng, name, shape) for name, shape in shapes]
    last = max(i for i, weight in enumerate(weights) if weight.ndim > 1)
    weights[last] = (last_scale * weights[last]).astype("float32")
    probe = Transplant(tuple(args), kwargs, tuple(weights), inputs, training)
    outputs = probe.exercise(like)
    several = range(1, len(outputs) + 1)
    names = ("output",) if len(outputs) == 1 else tuple(f"output {n}" for n in several)
    others = tuple(probe.exercise(other) for other in also)
    expected = Computed(outputs, rtol, atol, names, others)
    return Case(probe, expected, label, share, slide, where_to_look)


def _drawn(rng: np.random.Generator, name: str, shape: tuple[int, ...]) -> np.ndarray:
    if name.endswith(("gamma", "variance")):
        return rng.uniform(0.5, 1.5, shape).astype("float32")
    if len(shape) < 2:
        return rng.normal(0, 0.3, shape).astype("float32")
    fan_in = int(np.prod(shape[:-1]))
    return _few_digits((rng.normal(size=shape) * np.sqrt(2 / fan_in)).astype("float32"))


def _few_digits(array: np.ndarray) -> np.ndarray:
    """Floats on a grid of some 200 numbers: as good a test, and a third as long in a file.

    Most of what the public cases of a network hold is its kernels and images.
    """
    if array.dtype.kind != "f":
        return array
    # A power of two, so that few digits are left, of the largest number, which no sum rounds.
    step = 2.0 ** (np.frexp(np.abs(array).max(initial=0.0))[1] - 7)
    rounded: np.ndarray = (np.rint(array / step) * step).astype(array.dtype)
    return rounded
