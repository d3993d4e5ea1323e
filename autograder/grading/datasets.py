"""The data sets that a course gives to submissions, without their test labels."""

from __future__ import annotations

from pathlib import Path

from autograder._exceptions import CourseError
from autograder.grading.plan import AssignmentPlan
from autograder.source.course import Course
from course_lib.checking.recipes import WatchTraining
from course_lib.checking.training_probes import Fit, ScoreWeights


def provide(course: Course, folder: Path) -> tuple[Path, ...]:
    """Write the course's data sets to a folder; returns the files that must be hidden.

    Raises:
        CourseError: if there is no data set of a name.
    """
    from course_lib import data

    for name in course.settings.sandbox.data:
        if name not in data.names():
            raise CourseError(
                f"course.toml, [sandbox] data: there is no data set {name!r}. "
                f"Known: {', '.join(data.names())}."
            )
        data.export(name, folder / f"{name}.npz", withhold_test_labels=True)
    folder.chmod(0o755)
    return tuple(data.packaged_files())


def require_provided(plan: AssignmentPlan) -> None:
    """A check that trains needs its data set in the sandbox.

    Raises:
        CourseError: if the course does not give it.
    """
    given = plan.course.settings.sandbox.data
    for notebook in plan.notebooks:
        for check in notebook.checks.values():
            for case in check.cases:
                probe = case.probe
                needs = isinstance(probe, (Fit, ScoreWeights, WatchTraining)) and probe.dataset
                if needs and needs not in given:
                    raise CourseError(
                        f"Check {check.name!r} uses the data set {needs!r}, which submissions do "
                        "not have. Add it to `data` in [sandbox] of course.toml."
                    )
