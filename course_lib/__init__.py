"""Helpers that the course notebooks import.

`from course_lib import check` gives the one function that every notebook uses.
"""

from typing import Any

from course_lib import desk

__version__ = "0.1.0"
__all__ = ["CheckFailed", "check"]

# Before a notebook imports the framework. Outside a notebook this does nothing.
desk.settle()


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that `import course_lib` stays light.
    if name in __all__:
        from course_lib.checking import local

        return getattr(local, name)
    raise AttributeError(f"module 'course_lib' has no attribute {name!r}")
