"""What can go wrong with a network that is read.

CourseLibraryError
└── NetworkError             the network cannot be read, or cannot be given weights
    ├── NotAModelError       there is no Keras model
    ├── UnknownInputError    the model does not say what it takes as input
    └── OtherWeightsError    weights of another network (structure/_transplant.py)
"""

from __future__ import annotations

from course_lib._exceptions import CourseLibraryError


class NetworkError(CourseLibraryError):
    """A network that cannot be read, or cannot be given weights."""


class NotAModelError(NetworkError, TypeError):
    """There is neither a Keras model nor a function that returns one."""


class UnknownInputError(NetworkError, ValueError):
    """The model does not say what it takes as input, or says something else."""
