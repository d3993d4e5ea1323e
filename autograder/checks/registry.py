"""Registration of checks by name and notebook."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from autograder._exceptions import CourseError
from autograder.checks.calibrated import Calibrated, Measured, released_form
from autograder.checks.calibration import calibration_file, find_calibration, read_calibration
from autograder.source.notebook import c_libraries_silenced
from course_lib.checking.cases import (
    Case,
)
from course_lib.checking.training_probes import Fit

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
    return registered(notebook)


def registered(notebook: str) -> dict[str, Check]:
    """The checks of one notebook that are registered by now; nothing is imported."""
    return {name: found for (owner, name), found in _checks.items() if owner == notebook}


def digest_of(found: Check) -> str:
    """A digest of the module that defines a check: it changes when the check may have changed."""
    path = Path(str(found.make_cases.__code__.co_filename))
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def seed_from(key: bytes, *names: str) -> int:
    """A seed for these names under a secret key: where all of grading takes its randomness."""
    text = "\x00".join(names).encode()
    return int.from_bytes(hashlib.blake2b(text, key=key[:64], digest_size=16).digest(), "big")
