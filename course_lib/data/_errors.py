"""What can go wrong with data.

CourseLibraryError
├── LabelsWithheldError   the labels of this split stay with the grader
├── DataUnavailableError  the data set is not here and could not be fetched
└── DamagedDataError      a file is here, but does not hold what it should
"""

from __future__ import annotations

from course_lib._exceptions import CourseLibraryError


class LabelsWithheldError(CourseLibraryError):
    """The labels of this split are not here."""

    def __init__(self) -> None:
        super().__init__(
            "The labels of the test split stay with the grader; use the validation split."
        )


class DataUnavailableError(CourseLibraryError):
    """The data set is not on this machine, and no mirror gave it."""


class DamagedDataError(CourseLibraryError):
    """A file of a data set does not hold what it should."""
