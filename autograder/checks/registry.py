"""Checks: what one is, how it is registered, and where those of a notebook are found."""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from autograder._exceptions import CourseError
from autograder.checks.calibrated import Measured, Uncalibrated, released_form
from autograder.checks.calibration import find_calibration, read_calibration, sample_bound
from autograder.checks.draw import Draw
from autograder.source.blame import blaming
from autograder.source.course import Course
from autograder.source.reference import Reference, c_libraries_silenced
from autograder.source.settings import FEEDBACK, Feedback
from course_lib.checking.cases import Case
from course_lib.checking.expectations import Accuracy
from course_lib.checking.families import FAMILIES
from course_lib.checking.probes import Probe
from course_lib.checking.training_probes import Fit

CaseMaker = Callable[..., Iterator[Case]]

PARAMETERS = ("draw", "reference")


@dataclass(frozen=True)
class Check:
    """What one graded cell requires.

    Attributes:
        name: the cell's `grade_id`.
        make_cases: yields cases; it names what it uses, a `draw` or the `reference` namespace.
        forbids: dotted names, also of modules, that must not be called, in the cell's source and at
            run time.
        allows: the families of names that may be called (`course_lib.checking.families`), and
            dotted names beside them; all, if there are none.
        slide: default citation of its cases, from `course_lib.slides.cite`.
        where_to_look: default advice when no known mistake explains a difference.
        cpu_seconds: what the graded cell may use; `None` leaves the course's limit.
        make_public_cases: makes the public cases, where those of the grader hold data that must
            stay with it, or too much of it; by default `make_cases` makes them too.
        feedback: what a student is shown of it; `None` leaves what the course says.
        notebook: `"a01_layers/convolution"`; known from the place of its file.
        calibration_file: where what was measured for it lies.
    """

    name: str
    make_cases: CaseMaker
    forbids: tuple[str, ...] = ()
    allows: tuple[str, ...] = ()
    slide: str = ""
    where_to_look: str = ""
    cpu_seconds: float | None = None
    make_public_cases: CaseMaker | None = None
    feedback: Feedback | None = None
    notebook: str = ""
    calibration_file: Path = Path()

    @property
    def file(self) -> Path:
        """Where it is written."""
        return _place(self.make_cases)

    @property
    def draws(self) -> bool:
        """Whether it draws: if not, its cases are the same under every key."""
        return "draw" in inspect.signature(self.make_cases).parameters

    def cases(self, key: bytes, reference: SimpleNamespace) -> tuple[Case, ...]:
        """The cases of this check under a key: always the same for the same key."""
        return self._draw(self.make_cases, key, reference)

    def public_cases(self, key: bytes, reference: SimpleNamespace) -> tuple[Case, ...]:
        """The cases that are frozen into the release."""
        drawn = self._draw(self.make_public_cases or self.make_cases, key, reference)
        return tuple(released_form(case) for case in drawn)

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
        return tuple(
            wanted.budgeted(probe if isinstance(probe, Fit) else Fit(wanted.dataset), device)
            for probe, wanted in self._calibrated(reference)
        )

    def budgets(self, reference: SimpleNamespace) -> tuple[dict[str, int] | None, ...]:
        """What the networks of these trainings may cost; `None` where that is not judged."""
        return tuple(wanted.within for _, wanted in self._calibrated(reference))

    def trained(self, found: Reference) -> Any:
        """What a solution trains with: what its graded cell checks, or what its cells do."""
        for _, wanted in self._calibrated(found.namespace):
            if wanted.trained_by is not None:
                return wanted.trained_by(found.namespace)
        return found.subject(self.name)

    def _calibrated(self, reference: SimpleNamespace) -> list[tuple[Probe, Uncalibrated]]:
        draw = Draw(np.random.default_rng(0))
        return [
            (case.probe, case.expects)
            for case in _made(self.make_cases, draw, reference)
            if isinstance(case.expects, Uncalibrated) and not case.expects.by
        ]

    def _draw(self, make: CaseMaker, key: bytes, reference: SimpleNamespace) -> tuple[Case, ...]:
        draw = Draw(np.random.default_rng(seed_from(key, self.notebook, self.name)))
        cases = tuple(self._complete(case) for case in _made(make, draw, reference))
        if not cases:
            raise CourseError(f"Check {self.name!r} of {self.notebook} yields no cases.")
        return cases

    def _complete(self, case: Case) -> Case:
        if isinstance(case.expects, Uncalibrated):
            measure = self._measured if case.expects.trained_by is None else self._reached
            case = replace(case, expects=measure(case.expects))
        return replace(
            case,
            slide=case.slide or self.slide,
            where_to_look=case.where_to_look or self.where_to_look,
            forbids=tuple(dict.fromkeys(self.forbids + case.forbids)),
            allows=self.allows,
        )

    def _reached(self, wanted: Uncalibrated) -> Accuracy:
        """What the notebook's own training must have reached, on a split or on some of it."""
        found = read_calibration(self.calibration_file, self.name)
        found.require_separation()
        bound, basis = found.bound(wanted.split, runs=1), found.basis(wanted.split, runs=1)
        count = len(wanted.labels)
        if count < (found.images or {}).get(wanted.split, count):
            bound = sample_bound(bound, count)
            basis += f" Luck counts for more on {count} examples: {bound:.0%} of them are enough."
        return Accuracy(wanted.labels, bound, basis, wanted.network)

    def _measured(self, wanted: Uncalibrated, device: str = "cpu") -> Measured:
        found = read_calibration(self.calibration_file, wanted.by or self.name, device)
        found.require_separation()
        split = "test" if len(wanted.labels) else "validation"
        return Measured(
            wanted.labels,
            found.bound(split, wanted.runs),
            found.basis(split, wanted.runs),
            wanted.network,
            found.hopeless(split),
            wanted.runs,
            wanted.within,
            wanted,
            device,
        )


_registered: dict[Path, dict[str, Check]] = {}
"""The checks by the file that they are written in."""

_loaded: dict[Path, tuple[int, ModuleType]] = {}
_LOADING = threading.RLock()


def check(
    name: str,
    *,
    forbids: Sequence[str] = (),
    allows: Sequence[str] = (),
    slide: str = "",
    where_to_look: str = "",
    cpu_seconds: float | None = None,
    public: CaseMaker | None = None,
    feedback: Feedback | None = None,
) -> Callable[[CaseMaker], CaseMaker]:
    """Register a generator of cases as the check `name` of the notebook beside its file.

    It names what it uses, as a pytest test does: a parameter `draw` is given the `Draw` of its
    inputs, `reference` the solution notebook's definitions. `public` makes the cases of the
    release, if they must be others, and is called likewise. `feedback` says what a student is shown
    of the grader's cases, if it is not what the course says: `"full"`, `"public"` or `"verdict"`.

    Raises:
        CourseError: for a parameter of another name, or another `feedback`.
    """

    def register(make_cases: CaseMaker) -> CaseMaker:
        for make in (make_cases, public):
            if make is not None:
                _require_known_parameters(make)
        for family in allows:
            _require_known(family)
        if feedback not in (None, *FEEDBACK):
            raise CourseError(
                f"Check {name!r}: `feedback` must be one of {', '.join(map(repr, FEEDBACK))}. "
                f"Received: {feedback!r}."
            )
        found = Check(
            name,
            make_cases,
            tuple(forbids),
            tuple(allows),
            slide,
            where_to_look,
            cpu_seconds,
            public,
            feedback,
        )
        _registered.setdefault(found.file, {})[name] = found
        return make_cases

    return register


def _made(make: CaseMaker, draw: Draw, reference: SimpleNamespace) -> Iterator[Case]:
    """The cases of a maker, given what its parameters name.

    Raises:
        CourseError: if it is not a generator of cases, or stops; it says where.
    """
    given = {"draw": draw, "reference": reference}
    used = {name: given[name] for name in inspect.signature(make).parameters}
    path = _place(make)
    with blaming(path.parent):
        for case in make(**used) or ():
            if not isinstance(case, Case):
                raise CourseError(
                    f"{'/'.join(path.parts[-4:])}: {make.__name__} must yield cases, as `call(...)`"
                    f" makes them. Received: {case!r}."
                )
            yield case


def _require_known(family: str) -> None:
    """Complain about what is neither a family of names nor a dotted name."""
    if family not in FAMILIES and "." not in family:
        raise CourseError(
            f"There is no family of names {family!r}. A check `allows` some of these: "
            f"{', '.join(FAMILIES)}; or dotted names such as 'scipy.special.erf'."
        )


def _require_known_parameters(make: CaseMaker) -> None:
    unknown = [name for name in inspect.signature(make).parameters if name not in PARAMETERS]
    if unknown:
        raise CourseError(
            f"A check function may have these parameters: {', '.join(PARAMETERS)}. "
            f"{make.__name__!r} in {make.__code__.co_filename} also has: {', '.join(unknown)}"
        )


def checks_of(course: Course, assignment: str, notebook: str) -> dict[str, Check]:
    """The checks of one notebook, by name; none if it has no `checks.py`.

    Raises:
        CourseError: if the file cannot be run.
    """
    path = course.checks(assignment, notebook).resolve()
    if not path.is_file():
        return {}
    load_checks(course, assignment, notebook)
    place = f"{assignment}/{notebook}"
    calibration = course.calibration(assignment, notebook)
    return {
        name: replace(found, notebook=place, calibration_file=calibration)
        for name, found in _registered.get(path, {}).items()
    }


def load_checks(course: Course, assignment: str, notebook: str) -> ModuleType:
    """The module `solutions.<assignment>.<notebook>.checks` of this course.

    It is run once, and again when its file has changed. Several courses' may be loaded side by
    side; the name in `sys.modules` is that of the last one. While it runs, `solutions` is this
    course's folder, so it can import what notebooks share (`from solutions.architectures import
    ...`).

    Raises:
        CourseError: if the file cannot be run.
    """
    path = course.checks(assignment, notebook).resolve()
    with _LOADING:
        modified = path.stat().st_mtime_ns
        if path not in _loaded or _loaded[path][0] != modified:
            _loaded[path] = (
                modified,
                _run(course, path, f"solutions.{assignment}.{notebook}.checks"),
            )
        return _loaded[path][1]


def _run(course: Course, path: Path, name: str) -> ModuleType:
    _become_solutions(course.solutions.resolve())
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise CourseError(f"{course.shown(path)} cannot be read as Python.")
    module = importlib.util.module_from_spec(spec)
    _registered.pop(path, None)
    # Classes and functions look their module up when they are pickled or shown.
    sys.modules[name] = module
    try:
        with c_libraries_silenced(), blaming(path.parent):
            spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _become_solutions(folder: Path) -> None:
    """Let the name `solutions` stand for this course's folder."""
    present = sys.modules.get("solutions")
    if present is not None and [Path(p).resolve() for p in present.__path__] == [folder]:
        return
    for name in [n for n in sys.modules if n == "solutions" or n.startswith("solutions.")]:
        del sys.modules[name]
    package = ModuleType("solutions")
    package.__path__ = [str(folder)]
    sys.modules["solutions"] = package


def _place(make_cases: CaseMaker) -> Path:
    return Path(make_cases.__code__.co_filename).resolve()


def digest_of(found: Check) -> str:
    """A digest of the module that defines a check: it changes when the check may have changed."""
    return hashlib.sha256(found.file.read_bytes()).hexdigest()[:16]


def seed_from(key: bytes, *names: str) -> int:
    """A seed for these names under a secret key: where all of grading takes its randomness."""
    text = "\x00".join(names).encode()
    return int.from_bytes(hashlib.blake2b(text, key=key[:64], digest_size=16).digest(), "big")
