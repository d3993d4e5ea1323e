"""A slip in what is computed once in the solution and used several times, seen by one use only.

A student who writes it out each time, or calls a helper with other arguments, may have it wrong in
one of these places. The same holds for what a loop computes: in one of its turns.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from autograder.grading.near_misses._edits import Changes, Edit, Place, Swap, swaps_of

OTHER = "_other"
"""What the changed one is called."""
TURN = "_turn"
"""What tells whether it is the turn."""
_MOST_USES = 6
_LOOPS = (ast.For, ast.While, ast.ListComp, ast.GeneratorExp, ast.DictComp)


def in_one_use(function: ast.FunctionDef, seen: Collection[str]) -> Iterator[Edit]:
    """Change what a name stands for, or a function in a function, for one of its uses.

    Args:
        function: its tree, which is changed in place; before the next it is as it was.
        seen: the names that stand in the released notebook.
    """
    words = Changes(function, seen)
    swaps: list[Swap] | None = None
    stored = Counter(
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    )
    for parent in list(ast.walk(function)):
        body = getattr(parent, "body", None)
        for index, node in enumerate(list(body) if isinstance(body, list) else ()):
            name = _defined(node)
            if body is None or not name or stored[name] > 1 or name in words.arguments:
                continue
            uses = uses_of(name, [function], node)
            if not 1 < len(uses) <= _MOST_USES:
                continue
            swaps = swaps_of(function, words) if swaps is None else swaps
            inside = set(ast.walk(node))
            for swap in swaps:
                if swap.old not in inside or is_condition(swap.old):
                    continue
                with swap.made():
                    other = copy.deepcopy(node)
                _rename(other)
                body.insert(index + 1, other)
                for use, statement in uses:
                    use.id = OTHER
                    said = f"{words.whereabouts(statement, use)}{swap.said}"
                    yield swap.place | Place.of(use, statement), said
                    use.id = name
                del body[index + 1]


def in_one_turn(function: ast.FunctionDef, seen: Collection[str]) -> Iterator[Edit]:
    """Change what a loop computes where `TURN()` says so: in one of its turns.

    Args:
        function: its tree, which is changed in place; before the next it is as it was.
        seen: the names that stand in the released notebook.
    """
    inside = {
        child
        for node in ast.walk(function)
        if isinstance(node, _LOOPS)
        for part in _repeated(node)
        for child in ast.walk(part)
    }
    for swap in swaps_of(function, Changes(function, seen)) if inside else ():
        if swap.old in inside and not is_condition(swap.old):
            test = ast.Call(ast.Name(TURN, ast.Load()), [], [])
            either = ast.IfExp(test, swap.new, swap.old)
            swap.put(ast.fix_missing_locations(ast.copy_location(either, swap.old)))
            yield swap.place, swap.said
            swap.put(swap.old)


def _repeated(loop: ast.AST) -> list[ast.AST]:
    """What is done in each turn of a loop."""
    if isinstance(loop, (ast.For, ast.While)):
        return list(loop.body)
    if isinstance(loop, ast.DictComp):
        return [loop.value]
    return [loop.elt] if isinstance(loop, (ast.ListComp, ast.GeneratorExp)) else []


class Turn:
    """Says which time it is asked: the first time, the second, and so on."""

    def __init__(self) -> None:
        self.wanted, self.asked = 0, 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked == self.wanted


def is_condition(node: ast.expr) -> bool:
    """Whether it decides between ways: in one place only, too much can come of it by accident."""
    return isinstance(node, (ast.Compare, ast.BoolOp, ast.IfExp, ast.Slice))


def uses_of(
    name: str, trees: Sequence[ast.FunctionDef], but: ast.AST | None = None
) -> list[tuple[ast.Name, ast.stmt]]:
    """Where a name is read, each with its statement, but for what stands in one node."""
    found = []
    for tree in trees:
        statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
        inside = set(ast.walk(but)) if but is not None else set()
        # Statements come before those in them: the last one found is the nearest.
        nearest = {
            child: statement
            for statement in statements
            for child in ast.walk(statement)
            if isinstance(child, ast.Name) and child.id == name and child not in inside
        }
        found += [pair for pair in nearest.items() if isinstance(pair[0].ctx, ast.Load)]
    return found


def _defined(node: ast.stmt) -> str:
    """The name that a statement defines, if it is one."""
    if isinstance(node, ast.FunctionDef):
        return node.name
    target = node.targets[0] if isinstance(node, ast.Assign) and len(node.targets) == 1 else None
    return target.id if isinstance(target, ast.Name) else ""


def _rename(node: ast.stmt) -> None:
    if isinstance(node, ast.FunctionDef):
        node.name = OTHER
    elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        node.targets[0].id = OTHER
