"""Where submissions run: a started sandbox, and the data sets that it shows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from autograder.grading import datasets
from autograder.grading.preloads import preloads
from autograder.sandbox import Sandbox
from autograder.source.course import Course


class Workplace:
    """A sandbox for submissions of some assignments. Use it as a context manager.

    The sandbox starts in the background; `spawn` waits for it. Graders of several assignments may
    share one workplace: the frameworks are then imported once for all of them.

    Args:
        course: the course.
        assignments: what is graded there; whatever any of them needs is imported beforehand.
        isolation: how the sandbox is isolated.
        lane: whether there is a second, cold sandbox for trainings on an accelerator.
        scratch: where files lie that are needed meanwhile; the system's place by default.
        private: folders that no submission may read, beside the course's own.

    Attributes:
        sandbox: where submissions run.
        lane_sandbox: where those run that train, if there is a lane.
        isolation: as given.
    """

    def __init__(
        self,
        course: Course,
        assignments: Iterable[str],
        isolation: str = "namespaces",
        *,
        lane: bool = False,
        scratch: Path | None = None,
        private: Iterable[Path] = (),
    ) -> None:
        self.isolation = isolation
        self.lane_sandbox: Sandbox | None = None
        self._course, self._assignments = course, tuple(assignments)
        self._lane, self._scratch = lane, scratch
        self._private = (course.root, *private)
        self._data: Path | None = None

    def __enter__(self) -> Workplace:
        self._data = Path(tempfile.mkdtemp(prefix="course-data-", dir=self._scratch))
        try:
            masked = datasets.provide(self._course, self._data)
            found = {name for a in self._assignments for name in preloads(self._course, a)}
            preload = tuple(sorted(found))
            shown = self.isolation, self._data, masked, preload
            self.sandbox = Sandbox(*shown, private=self._private)
            self.sandbox.start()
            if self._lane:
                self.lane_sandbox = Sandbox(*shown, warm=False, private=self._private)
                self.lane_sandbox.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End whatever runs, for good: nothing is run here any more."""
        if hasattr(self, "sandbox"):
            self.sandbox.close()
        if self.lane_sandbox is not None:
            self.lane_sandbox.close()
        if self._data is not None:
            shutil.rmtree(self._data, ignore_errors=True)
