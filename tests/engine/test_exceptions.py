"""Every exception stands below its package's root, and is drawn in the root's tree."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

BUILT_IN = {
    name
    for name, found in vars(builtins).items()
    if isinstance(found, type) and issubclass(found, BaseException)
}


def exceptions_of(package: Path) -> Iterator[tuple[str, set[str]]]:
    """The package's exception classes with the names of their bases."""
    classes = {
        node.name: {ast.unparse(base) for base in node.bases}
        for path in sorted(package.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    }

    def is_exception(name: str) -> bool:
        return name in BUILT_IN or any(map(is_exception, classes.get(name, ())))

    yield from ((name, bases) for name, bases in classes.items() if is_exception(name))


@pytest.mark.parametrize(
    ("package", "root", "outside"),
    [
        ("autograder", "AutograderError", {"TooLong"}),
        ("course_lib", "CourseLibraryError", {"CheckFailed", "ForbiddenCallError"}),
    ],
)
def test_the_tree_is_complete(repository: Path, package: str, root: str, outside: set[str]) -> None:
    found = dict(exceptions_of(repository / package))
    drawn = ast.get_docstring(ast.parse((repository / package / "_exceptions.py").read_text()))
    assert drawn is not None
    public = {name for name in found if not name.startswith("_")}
    assert {name for name in public if name not in drawn} == set()
    own = public - {root} - outside
    assert {name for name in own if not found[name] & (public - outside)} == set()
