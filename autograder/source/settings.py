"""What a course says of itself in `course.toml`, beside the limits of submissions."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, ClassVar, Literal, get_args

from autograder._exceptions import CourseError

Feedback = Literal["full", "public", "verdict"]
"""What a student is shown of the cases that the grader asks: all, the cause only, or nothing."""
FEEDBACK: tuple[str, ...] = get_args(Feedback)


@dataclass(frozen=True)
class _Table:
    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True)
class CourseSettings(_Table):
    """The `[course]` table.

    Attributes:
        id: the course's name in gradebooks; by default its folder's.
        title: its name for people; by default its folder's.
        cases: the folder of the public cases, relative to the course. In that of the releases they
            lie beside the notebooks, which is right unless students install a package with them.
        feedback: what students are shown of the grader's cases: `"full"` with calls and values,
            `"public"` with those of public cases only, `"verdict"` right or wrong and the points.
    """

    id: str = ""
    title: str = ""
    cases: str = "assignments"
    feedback: Feedback = "full"


@dataclass(frozen=True)
class AssignmentSettings(_Table):
    """What is different in one assignment; an `[assignments.<name>]` table.

    Attributes:
        feedback: what students are shown of the grader's cases in it.
    """

    feedback: Feedback | None = None


@dataclass(frozen=True)
class SandboxSettings(_Table):
    """What submissions find; the `[sandbox]` table.

    Attributes:
        data: data sets of `course_lib.data`. Where there are any, their test labels are withheld,
            inside installed packages too.
        preload: modules that are imported once, and not again for each submission.
    """

    data: tuple[str, ...] = ()
    preload: tuple[str, ...] = ()


@dataclass(frozen=True)
class DemoSettings(_Table):
    """What the class of `autograder demo` hands in; the `[demo]` table.

    Attributes:
        assignment: by default the first one.
        notebook: by default the assignment's first one.
        answers: other right answers, all of one student; by default the first one there is.
        mistakes: known mistakes of three students; by default those of different checks.
    """

    assignment: str = ""
    notebook: str = ""
    answers: tuple[str, ...] = ()
    mistakes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class ProofSettings(_Table):
    """What `autograder audit` finds; the `[proof]` table.

    Attributes:
        attacks: the folder of the attacks on the grader, relative to the course.
    """

    attacks: str = "tests/attacks"


@dataclass(frozen=True)
class Settings(_Table):
    """All tables, with what holds where nothing is said."""

    course: CourseSettings = CourseSettings()
    sandbox: SandboxSettings = SandboxSettings()
    demo: DemoSettings = DemoSettings()
    proof: ProofSettings = ProofSettings()
    assignments: dict[str, AssignmentSettings] = field(default_factory=dict)

    def feedback_of(self, assignment: str) -> Feedback:
        """What students are shown of an assignment, unless a check says otherwise."""
        own = self.assignments.get(assignment, AssignmentSettings())
        return own.feedback or self.course.feedback


def read_settings(tables: dict[str, Any]) -> Settings:
    """The settings in a `course.toml`.

    Args:
        tables: what the file holds, without `[limits]`.

    Raises:
        CourseError: if one is not known, or not what it must be; it names table and setting.
    """
    # Here, so that the command line starts at once.
    from pydantic import TypeAdapter, ValidationError

    try:
        settings: Settings = TypeAdapter(Settings).validate_python(tables)
    except ValidationError as error:
        raise CourseError(f"course.toml: {'; '.join(map(_said, error.errors()))}.") from error
    for name, folder in (("cases", settings.course.cases), ("attacks", settings.proof.attacks)):
        path = PurePosixPath(folder)
        if path.is_absolute() or ".." in path.parts or not path.parts:
            raise CourseError(
                f"course.toml: {name} must be a folder inside the course. Received: {folder!r}."
            )
    return settings


def _said(error: Any) -> str:
    table, *setting = map(str, error["loc"])
    what = f"[{table}] {'.'.join(setting)}".strip()
    if error["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
        return f"{what} is not known"
    return f"{what}: {error['msg'].lower()}, received {error['input']!r}"
