"""How a tutor speaks of a piece of a solution: in names that the student sees."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection

_LONGEST = 32  # Characters of code in a sentence.
_SHORT = 2  # Characters of a name that may be something else in the student's own code.


class Words:
    """What is said of the pieces of one function.

    Args:
        function: its tree.
        seen: the names that stand in the released notebook.
    """

    def __init__(self, function: ast.FunctionDef, seen: Collection[str]) -> None:
        self._seen = {*seen, *dir(builtins), "np", "self"}
        nodes = list(ast.walk(function))
        named = [node.arg for node in nodes if isinstance(node, ast.arg)]
        self.arguments = set(named)
        self.compared = {
            part
            for node in nodes
            if isinstance(node, ast.Compare)
            for side in (node.left, *node.comparators)
            for part in ast.walk(side)
        }
        self._unpacked = [
            {part.id for part in node.elts if isinstance(part, ast.Name)}
            for node in nodes
            if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store)
        ]
        stored = [
            node.id
            for node in nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        self._seen -= {name for name in stored if len(name) <= _SHORT} - self.arguments
        named += stored
        self.names = [name for name in dict.fromkeys(named) if name != "self"]
        self.own = list(
            dict.fromkeys(
                node.attr
                for node in nodes
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id == "self"
            )
        )
        constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
        self.numbers = sorted(
            {c for c in constants if isinstance(c, (int, float)) and not isinstance(c, bool)}
        )
        self._results = _names_of_results(ast.get_docstring(function) or "")
        self.texts = sorted({c for c in constants if isinstance(c, str) and c.isidentifier()})

    def code(self, node: ast.AST) -> str:
        """Code as it is written, if it is short and has no name that the student does not see."""
        text = ast.unparse(node)
        names = set(re.findall(r"[^\W\d]\w*", text))
        return f"`{text}`" if len(text) <= _LONGEST and names <= self._seen else ""

    def name(self, name: str) -> str:
        """A name; one that only the solution has, in plain words, if it is made of such."""
        if name in self._seen:
            return f"`{name}`"
        return name.replace("_", " ") if re.fullmatch(r"[a-z]{4,}(_[a-z]{2,})*", name) else ""

    def whereabouts(self, statement: ast.stmt, node: ast.AST | None = None) -> str:
        """Where a change is, in what a student knows: the value that is computed there."""
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        target = statement.target if isinstance(statement, ast.AugAssign) else target
        if isinstance(target, ast.Subscript):
            target = target.value
        if isinstance(target, ast.Tuple):
            target = None
        shown = self.code(target) if target is not None else ""
        shown = self._part(statement, node) or shown
        return f"where {shown} is computed, " if shown else ""

    def _part(self, statement: ast.stmt, node: ast.AST | None) -> str:
        """The entry of a dictionary, or the one of several results, that a node is part of."""
        value = getattr(statement, "value", None)
        if not isinstance(value, ast.AST) or node is None or isinstance(statement, ast.Expr):
            return ""
        found = ""
        results = value.elts if isinstance(value, ast.Tuple) else []
        if isinstance(statement, ast.Return) and len(results) == len(self._results):
            parts = zip(self._results, results, strict=True)
            found = next((f"`{name}`" for name, part in parts if _holds(part, node)), "")
        for entry in ast.walk(value):
            if isinstance(entry, ast.Dict):
                for key, part in zip(entry.keys, entry.values, strict=True):
                    if isinstance(key, ast.Constant) and _holds(part, node):
                        found = f"`{ast.unparse(key)}`".replace("'", '"')
        return found

    def are_alike(self, one: str, other: str) -> bool:
        """Whether two names are of a kind: arguments, parts of one thing, or alike as words."""
        return (
            {one, other} <= self.arguments
            or any({one, other} <= parts for parts in self._unpacked)
            or one in other
            or other in one
            or bool(set(one.split("_")) & set(other.split("_")))
        )

    def spoken(self, target: ast.expr) -> str:
        return self.name(target.id) if isinstance(target, ast.Name) else ""

    def called(self, call: ast.Call) -> str:
        """What a call calls: `np.sqrt`, or a method's name."""
        if isinstance(call.func, ast.Attribute) and not is_module(call.func.value):
            return f"`.{call.func.attr}`"
        return self.code(call.func)

    def always(self, test: ast.expr) -> str:
        return f"what is meant for {self.code(test) or 'a special case'} is done always"

    def never(self, test: ast.expr) -> str:
        return (
            f"the case {shown} is left out"
            if (shown := self.code(test))
            else ("a special case is left out")
        )


def is_module(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id in ("np", "math", "keras", "ops", "tf", "layers")


def _holds(part: ast.AST, node: ast.AST) -> bool:
    return any(child is node for child in ast.walk(part))


def _names_of_results(docstring: str) -> list[str]:
    """What a docstring calls the several values that a function returns."""
    _, found, text = docstring.partition("Returns:")
    pair = re.search(r"`\(([^()`]*)\)`", text) if found else None
    names = [name.strip() for name in pair.group(1).split(",")] if pair else []
    return names if all(name.isidentifier() for name in names) else []
