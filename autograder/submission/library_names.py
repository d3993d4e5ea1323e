"""Which names of libraries a piece of code uses, with what imports call them resolved."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from autograder.source.notebook import global_names, symbols

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class LibraryNames(ast.NodeVisitor):
    """The dotted names in a statement that begin with an imported one.

    Names that are local to a function mean what it gave them. Annotations, exceptions that are
    caught and classes that `isinstance` asks for call nothing, and are left out.

    Args:
        aliases: what the names of the notebook mean (`{"np": "numpy"}`).
    """

    def __init__(self, aliases: dict[str, str]) -> None:
        self._aliases = aliases
        self._found: list[str] = []

    def of(self, statement: ast.stmt) -> list[str]:
        """The names, in the order in which they stand there."""
        self.visit(statement)
        return self._found

    def generic_visit(self, node: ast.AST) -> None:
        """Look below a node; at a name, add it."""
        if isinstance(node, (ast.Attribute, ast.Name, ast.Call)):
            dotted = dotted_name(node, self._aliases, known=True)
            if dotted:
                self._found.append(dotted)
                if isinstance(node, ast.Call):
                    self._visit_all(node.args[2:])
                return
        super().generic_visit(node)

    def visit_Import(self, node: ast.Import) -> None:
        """An import calls nothing."""

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """An import calls nothing."""

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation calls nothing."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """Only the value counts."""
        if node.value is not None:
            self.visit(node.value)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        """Only what is done then counts."""
        self._visit_all(node.body)

    def visit_Call(self, node: ast.Call) -> None:
        """A question about a class calls nothing of it."""
        if isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "issubclass"):
            self._visit_all(node.args[:1])
        else:
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A scope with names of its own."""
        self._visit_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """A scope with names of its own."""
        self._visit_function(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """A scope with names of its own."""
        self._visit_function(node)

    def _visit_function(self, node: _Function) -> None:
        self._visit_all(getattr(node, "decorator_list", ()))
        self._visit_all((*node.args.defaults, *filter(None, node.args.kw_defaults)))
        body: list[ast.AST] = [*node.body] if isinstance(node.body, list) else [node.body]
        kept = self._aliases
        self._aliases = _within(node, body, kept)
        self._visit_all(body)
        self._aliases = kept

    def _visit_all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)


def _within(node: _Function, body: list[ast.AST], outer: dict[str, str]) -> dict[str, str]:
    """What names mean in a function: its own are those that it imports."""
    aliases = dict(outer)
    arguments = node.args
    for argument in (
        *arguments.posonlyargs,
        *arguments.args,
        *arguments.kwonlyargs,
        *filter(None, (arguments.vararg, arguments.kwarg)),
    ):
        aliases.pop(argument.arg, None)
    given = list(_own(body))
    for part in given:
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            aliases.pop(part.id, None)
    for part in given:
        if isinstance(part, (ast.Import, ast.ImportFrom)):
            aliases |= import_aliases(part)
    for part in given:
        if not isinstance(part, ast.Assign) or not isinstance(part.targets[0], ast.Name):
            continue
        if meant := dotted_name(part.value, aliases, known=True):
            aliases[part.targets[0].id] = meant
    return aliases


def _own(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """The nodes of a function that are not in another one within it."""
    for node in nodes:
        yield node
        if not isinstance(node, _SCOPES):
            yield from _own(ast.iter_child_nodes(node))


def import_aliases(tree: ast.AST) -> dict[str, str]:
    """What the names mean that are imported somewhere in a tree."""
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                aliases[item.asname or item.name.split(".")[0]] = (
                    item.name if item.asname else item.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module:
            for item in node.names:
                aliases[item.asname or item.name] = f"{node.module}.{item.name}"
    return aliases


def dotted_name(node: ast.AST, aliases: dict[str, str], known: bool = False) -> str | None:
    """The dotted name that an expression is, also by `getattr` with a text; `None` if it is none.

    Args:
        node: the expression.
        aliases: what names mean.
        known: whether it must begin with one of these.
    """
    parts: list[str] = []
    while True:
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        elif _is_getattr(node) and isinstance(node, ast.Call):
            parts.append(node.args[1].value)  # type: ignore[attr-defined]
            node = node.args[0]
        else:
            break
    if not isinstance(node, ast.Name) or (known and node.id not in aliases):
        return None
    parts.append(aliases.get(node.id, node.id))
    return ".".join(reversed(parts))


def _is_getattr(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "getattr"
        and len(node.args) >= 2
        and isinstance(node.args[1], ast.Constant)
        and isinstance(node.args[1].value, str)
    )


def given_by(statement: ast.stmt) -> set[str]:
    """The names that a statement gives a value, or whose value it changes."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return set()
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        called = statement.value.func
        return {called.value.id} if _is_on_a_name(called) else set()  # type: ignore[attr-defined]
    found: set[str] = set()
    for node in _own([statement]):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(getattr(node, "ctx", None), ast.Store):
            owner = node
            while isinstance(owner, (ast.Attribute, ast.Subscript)):
                owner = owner.value
            if isinstance(owner, ast.Name):
                found.add(owner.id)
    return found


def _is_on_a_name(called: ast.AST) -> bool:
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)


def names_in(statement: ast.stmt) -> set[str]:
    """The names of the notebook that a statement looks up; those of its functions are not."""
    try:
        return global_names(symbols(ast.unparse(statement)))
    except (RecursionError, SyntaxError, ValueError):  # Too deep to be written out: all names.
        return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
