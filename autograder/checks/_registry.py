"""Registration of checks by name and notebook."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder._exceptions import CourseError
from autograder.calibration import RUNS, calibration_file, find_calibration, read_calibration
from autograder.source import c_libraries_silenced
from course_lib.checking.cases import (
    Accuracy,
    Case,
    Equal,
    Expectation,
    Network,
    Raises,
    Structure,
    Trained,
)
from course_lib.checking.keras_probes import Blueprint, Layer, Optimizer, Predict, Transplant
from course_lib.checking.probes import Answer, Call
from course_lib.checking.training_probes import Fit, SubmittedWeights

CaseMaker = Callable[[np.random.Generator, SimpleNamespace], Iterator[Case]]


@dataclass(frozen=True)
class Limits:
    """What one graded cell may use; `None` leaves the course's default."""

    wall_seconds: float | None = None
    memory_bytes: int | None = None


@dataclass(frozen=True)
class Check:
    """What one graded cell requires.

    Attributes:
        name: the cell's `grade_id`.
        notebook: `"a01_layers/convolution"`.
        make_cases: yields cases from a generator and the reference namespace.
        forbids: dotted names that must not be called, in the cell's source and at run time.
        slide: default citation of its cases.
        where_to_look: default advice when no known mistake explains a difference.
        limits: what the graded cell may use.
        make_public_cases: makes the public cases, where those of the grader hold data that must
            stay with it, or too much of it; by default `make_cases` makes them too.
    """

    name: str
    notebook: str
    make_cases: CaseMaker
    forbids: tuple[str, ...] = ()
    slide: str = ""
    where_to_look: str = ""
    limits: Limits = field(default_factory=Limits)
    make_public_cases: CaseMaker | None = None

    def cases(self, key: bytes, reference: SimpleNamespace) -> tuple[Case, ...]:
        """The cases of this check under a round's key: always the same for the same key."""
        return self._draw(self.make_cases, key, reference)

    def public_cases(self, key: bytes, reference: SimpleNamespace) -> tuple[Case, ...]:
        """The cases that are frozen into the release."""
        drawn = self._draw(self.make_public_cases or self.make_cases, key, reference)
        return tuple(_released(case) for case in drawn)

    def on(self, case: Case, device: str) -> Case:
        """A training with the budget and the calibration of a device, if it has one for it.

        What is not calibrated for the GPU keeps the processor's budget and calibration there;
        other cases are the same on every device.
        """
        if not isinstance(case.expects, Measured) or not isinstance(case.probe, Fit):
            return case
        wanted = case.expects.wanted
        if find_calibration(self.calibration_file, wanted.by or self.name, device) is None:
            return case
        probe = wanted.budgeted(case.probe, device)
        return replace(case, probe=probe, expects=self._measured(wanted, device))

    def trainings(self, reference: SimpleNamespace, device: str = "cpu") -> tuple[Fit, ...]:
        """The trainings whose accuracy this check judges by a calibration of its own."""
        rng = np.random.default_rng(0)
        return tuple(
            case.expects.budgeted(case.probe, device)
            for case in self.make_cases(rng, reference)
            if isinstance(case.expects, Calibrated) and isinstance(case.probe, Fit)
        )

    @property
    def calibration_file(self) -> Path:
        """Where its calibration lies."""
        return calibration_file(Path(self.make_cases.__code__.co_filename))

    def _draw(self, make: CaseMaker, key: bytes, reference: SimpleNamespace) -> tuple[Case, ...]:
        rng = np.random.default_rng(seed_from(key, self.notebook, self.name))
        cases = tuple(self._complete(case) for case in make(rng, reference))
        if not cases:
            raise CourseError(f"Check {self.name!r} of {self.notebook} yields no cases.")
        return cases

    def _complete(self, case: Case) -> Case:
        if isinstance(case.expects, Calibrated):
            case = replace(case, expects=self._measured(case.expects))
        return replace(
            case,
            slide=case.slide or self.slide,
            where_to_look=case.where_to_look or self.where_to_look,
            forbids=tuple(dict.fromkeys(self.forbids + case.forbids)),
        )

    def _measured(self, wanted: Calibrated, device: str = "cpu") -> Measured:
        found = read_calibration(self.calibration_file, wanted.by or self.name, device)
        found.require_separation()
        split = "test" if len(wanted.labels) else "validation"
        return Measured(
            wanted.labels,
            found.bound(split, wanted.runs),
            found.basis(split, wanted.runs),
            found.hopeless(split),
            wanted.runs,
            wanted,
            device,
        )


@dataclass(frozen=True, eq=False)
class Calibrated(Expectation):
    """Stands for `Trained` until the check's calibration is read.

    Attributes:
        labels: of the probe's inputs; none for those of the validation split.
        runs: how many trainings there may be.
        by: the check whose calibration counts; this one's by default.
        gpu: the training's budget on a GPU; `None` for the same as on the processor.
    """

    kind = "calibrated"
    labels: np.ndarray = field(default_factory=lambda: np.zeros((0,), np.int64))
    runs: int = RUNS
    by: str = ""
    gpu: dict[str, Any] | None = None

    def budgeted(self, training: Fit, device: str) -> Fit:
        """The training with this device's budget."""
        if device == "gpu" and self.gpu is not None:
            return replace(training, budget=self.gpu)
        return training


@dataclass(frozen=True, eq=False)
class Measured(Trained):
    """`Trained` with the bound of a calibration.

    Attributes:
        wanted: what it stands for.
        device: whose calibration it is, and whose budget the training has.
    """

    kind = "measured"
    wanted: Calibrated = field(default_factory=Calibrated)
    device: str = "cpu"

    @property
    def plain(self) -> Trained:
        """What of it is released."""
        return Trained(**{kept.name: getattr(self, kept.name) for kept in fields(Trained)})


def _released(case: Case) -> Case:
    if isinstance(case.expects, Measured):
        return replace(case, expects=case.expects.plain)
    return case


_checks: dict[tuple[str, str], Check] = {}


def check(
    name: str,
    *,
    notebook: str,
    forbids: Sequence[str] = (),
    slide: str = "",
    where_to_look: str = "",
    limits: Limits | None = None,
    public: CaseMaker | None = None,
) -> Callable[[CaseMaker], CaseMaker]:
    """Register a generator of cases as the check `name` of a notebook.

    `public` makes the cases of the release, if they must be others.
    """

    def register(make_cases: CaseMaker) -> CaseMaker:
        _checks[notebook, name] = Check(
            name,
            notebook,
            make_cases,
            tuple(forbids),
            slide,
            where_to_look,
            limits or Limits(),
            public,
        )
        return make_cases

    return register


def checks_of(notebook: str) -> dict[str, Check]:
    """The checks of one notebook (`"a01_layers/convolution"`), by name.

    They stand in the module of the same name below `autograder.checks`, unless they are registered
    already.
    """
    module = f"autograder.checks.{notebook.replace('/', '.')}"
    try:
        found = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        found = None
    if found is not None and module not in sys.modules:
        with c_libraries_silenced():
            importlib.import_module(module)
    return {name: found for (owner, name), found in _checks.items() if owner == notebook}


def digest_of(found: Check) -> str:
    """A digest of the module that defines a check: it changes when the check may have changed."""
    path = Path(str(found.make_cases.__code__.co_filename))
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def seed_from(key: bytes, *names: str) -> int:
    """A seed for these names under a secret key: where all of grading takes its randomness."""
    text = "\x00".join(names).encode()
    return int.from_bytes(hashlib.blake2b(text, key=key[:64], digest_size=16).digest(), "big")


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
        Call(tuple(args), kwargs),
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
    return Case(Call(tuple(args), kwargs), Raises(tuple(types)), label, share)


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
    return Case(Answer(), Equal(expected, rtol, atol), label, share, slide, where_to_look)


def network(
    *args: Any,
    layers: Sequence[tuple[str, str, tuple[int | None, ...], int]],
    parameters: int,
    label: str,
    ordered: bool = True,
    share: float = 1.0,
    slide: str = "",
    **kwargs: Any,
) -> Case:
    """A case that builds the student's network weightlessly and compares its layers.

    With `ordered=False` they may come in any order, as parallel branches do.
    """
    expects = Network(tuple(layers), parameters, ordered)
    return Case(Blueprint(tuple(args), kwargs), expects, label, share, slide)


def predict(
    inputs: np.ndarray,
    labels: np.ndarray,
    *,
    at_least: float,
    label: str,
    basis: str = "",
    share: float = 1.0,
) -> Case:
    """A case that scores unseen examples; the labels stay with the judge."""
    return Case(Predict(inputs), Accuracy(labels, at_least, basis), label, share)


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
        budget: handed to the function: epochs, steps.
    """
    probe = Fit(dataset, budget, tuple(classes), per_class, seed=seed, draws=draws)
    expects = Calibrated(gpu=gpu)
    if not public:
        probe = replace(probe, inputs=probe.split("test").images)
        expects = replace(expects, labels=probe.labels("test"))
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
    probe = SubmittedWeights(file, args, kwargs, dataset)
    expects = Calibrated(runs=1, by=calibrated_by)
    if not public:
        test = probe.split("test")
        probe = replace(probe, inputs=test.images)
        expects = replace(expects, labels=test.labels)
    return Case(probe, expects, label, share, slide, where_to_look)


def layer(
    *args: Any,
    like: Any,
    calls: Sequence[tuple[np.ndarray, bool]],
    label: str,
    weights: dict[str, np.ndarray] | None = None,
    targets: np.ndarray | None = None,
    share: float = 1.0,
    rtol: float = 1e-3,
    atol: float = 1e-4,
    slide: str = "",
    where_to_look: str = "",
    **kwargs: Any,
) -> Case:
    """A case that exercises the student's layer class beside the class `like`.

    Both are made with the same arguments and weights and called in the same modes; see the probe
    `Layer`. Everything that comes back is compared, name by name.
    """
    probe = Layer(tuple(args), kwargs, weights or {}, tuple(calls), targets)
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
    probe = Optimizer(tuple(args), kwargs, tuple(variables), steps, inputs, targets)
    return Case(probe, Equal(probe.exercise(like), rtol, atol), label, share, slide, where_to_look)


def structure(
    *args: Any,
    like: Any,
    label: str,
    parameters: int | None = None,
    ignore: Sequence[str] = ("rate",),
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

    Raises:
        ValueError: if the reference has another number of parameters.
    """
    from course_lib.blueprints import blueprint
    from course_lib.structure import canonical

    graph = canonical(blueprint(like, *args, **kwargs))
    if parameters is not None and graph.parameters != parameters:
        raise ValueError(f"The reference has {graph.parameters:,} parameters, not {parameters:,}.")
    return Case(
        Blueprint(tuple(args), kwargs),
        Structure(graph.to_value(), tuple(ignore)),
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
    """
    from course_lib.structure import weight_shapes

    shapes = weight_shapes(like(*args, **kwargs))
    weights = [_drawn(rng, name, shape) for name, shape in shapes]
    last = max(i for i, weight in enumerate(weights) if weight.ndim > 1)
    weights[last] = (last_scale * weights[last]).astype("float32")
    probe = Transplant(tuple(args), kwargs, tuple(weights), inputs, training)
    outputs = probe.exercise(like)
    several = range(1, len(outputs) + 1)
    names = ("output",) if len(outputs) == 1 else tuple(f"output {n}" for n in several)
    expected = Equal(outputs, rtol, atol, names)
    return Case(probe, expected, label, share, slide, where_to_look)


def _drawn(rng: np.random.Generator, name: str, shape: tuple[int, ...]) -> np.ndarray:
    if name.endswith(("gamma", "variance")):
        return rng.uniform(0.5, 1.5, shape).astype("float32")
    if len(shape) < 2:
        return rng.normal(0, 0.3, shape).astype("float32")
    fan_in = int(np.prod(shape[:-1]))
    return (rng.normal(size=shape) * np.sqrt(2 / fan_in)).astype("float32")
