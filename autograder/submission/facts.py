"""What one cell does with names, read without running it; in doubt, more rather than less."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograder.source.notebook import binds, global_names, parse, symbols
from autograder.submission.names import bound_names, names_used_inside, used_names

Aliases = frozenset[tuple[str, str]]
"""What names mean that are imported anywhere in the notebook: `("np", "numpy")`."""

# Modules without hidden state: the same call with the same values has the same result. All others
# count as frameworks, which have random generators.
_STATELESS = re.compile(
    r"(numpy|math|re|dataclasses|typing|functools|itertools|collections|operator|pathlib|matplotlib"
    r"|IPython|scipy"
    r"|course_lib\.(check|data|gradients|plots|slides|costs|structure|blueprints))(\.|$)"
)
_RANDOM = re.compile(r"numpy\.random(\.(?!default_rng$|Generator$|SeedSequence$)|$)")
_SEEDS = ("set_seed", "set_random_seed")
# Functions of modules that change more than what they are given, or what lies on the disk.
_SETTING = re.compile(
    r"(set|enable|disable|use|register|clear|reset|seterr|update|save|load|write|read|open|export"
    r"|download)(_|$)"
)
_PURE = re.compile(r"course_lib\.(data|pretrained|slides)\.")
_FROZEN = "course_lib.data.load"  # Its arrays cannot be written to.
_NOT_UNDERSTOOD = {
    "globals", "locals", "vars", "exec", "eval", "compile", "setattr", "delattr", "__import__",
    "get_ipython", "__builtins__",
}  # fmt: skip
_MODULES_NOT_UNDERSTOOD = re.compile(
    r"(sys|builtins|importlib|gc|inspect|ctypes|threading|atexit|__main__|os|shutil|unittest)(\.|$)"
)
_INSIDES = re.compile(r"__(class|dict|globals|closure|defaults|kwdefaults|code|bases|mro)__$")
_PLAIN = (
    ast.Constant, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.BinOp, ast.operator,
    ast.unaryop, ast.expr_context,
)  # fmt: skip
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class CellFacts:
    """What a cell does.

    Attributes:
        uses: names of the notebook that stand in it, in function bodies too.
        inside: those of them that stand in a function or class.
        binds: names that it gives a value.
        imports: those of them that an import, and nothing else in the cell, binds.
        shared: names whose objects may be changed in place.
        runs: whether it does anything but import, define, and name plain values.
        random: whether a framework, or another random generator, is used in it.
        sets: whether it uses what changes a library, or a file.
        seeds: whether it sets all seeds before it does anything else.
    """

    uses: frozenset[str]
    inside: frozenset[str]
    binds: frozenset[str]
    imports: frozenset[str]
    shared: frozenset[str]
    runs: bool
    random: bool
    sets: bool
    seeds: bool

    def joined(self, other: CellFacts) -> CellFacts:
        """The facts of a cell that is either of two."""
        otherwise = (self.binds - self.imports) | (other.binds - other.imports)
        return CellFacts(
            self.uses | other.uses,
            self.inside | other.inside,
            self.binds | other.binds,
            (self.imports | other.imports) - otherwise,
            self.shared | other.shared,
            self.runs or other.runs,
            self.random or other.random,
            self.sets or other.sets,
            self.seeds and other.seeds,
        )


@lru_cache(maxsize=4096)
def aliases_of(source: str) -> Aliases:
    """What the imports in a cell, at any depth, call things."""
    try:
        tree = parse(source)
    except (SyntaxError, ValueError):
        return frozenset()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for item in node.names:
                top = item.name.split(".")[0]
                found.add((item.asname, item.name) if item.asname else (top, top))
        elif isinstance(node, ast.ImportFrom):
            for item in node.names:
                found.add((item.asname or item.name, f"{node.module}.{item.name}"))
    return frozenset(found)


@lru_cache(maxsize=4096)
def facts_of(source: str, aliases: Aliases) -> CellFacts | None:
    """What a cell does; `None` if that is not understood."""
    try:
        tree = parse(source)
        table = symbols(source)
    except (SyntaxError, ValueError):
        return None
    return _Reader(tree, table, aliases).facts()


def guessed_facts(source: str) -> CellFacts:
    """What a cell does that is not understood: by its names alone."""
    binds = frozenset(bound_names(source))
    uses = binds | used_names(source)
    inside = frozenset().union(*names_used_inside(source).values())
    return CellFacts(uses, inside, binds, frozenset(), binds, True, False, False, False)


class _Reader:
    def __init__(self, tree: ast.Module, table: symtable.SymbolTable, aliases: Aliases) -> None:
        self._tree, self._table = tree, table
        self._meanings: dict[str, list[str]] = {}
        for name, meaning in aliases:
            self._meanings.setdefault(name, []).append(meaning)

    def facts(self) -> CellFacts | None:
        declared = set(_declared_global(self._table))
        bound = {n for n in self._table.get_identifiers() if binds(self._table, n, imports=True)}
        bound |= declared
        uses = global_names(self._table) | bound
        nodes = list(ast.walk(self._tree))
        if self._is_strange(uses, nodes):
            return None
        body = self._tree.body
        runs = [node for node in body if not _is_inert(node)]
        dotted = [name for node in body for name in self._dotted_names(node)]
        stored = [_root(node) for node in nodes if _is_store_inside(node)]
        shared = declared | {root for root in stored if root and root in uses}
        for node in body:
            shared |= self._shared_by(node)
        return CellFacts(
            frozenset(uses),
            frozenset().union(*map(global_names, self._table.get_children())),
            frozenset(bound),
            frozenset(bound - declared - self._given_otherwise()),
            frozenset(shared),
            bool(runs),
            any(_RANDOM.match(name) or not _STATELESS.match(name) for name in dotted),
            "open" in uses
            or any(map(_changes_a_library, dotted))
            or any(root in self._meanings for root in stored),
            bool(runs) and self._is_seed(runs[0]),
        )

    def _given_otherwise(self) -> set[str]:
        return {n for n in self._table.get_identifiers() if binds(self._table, n)}

    def _is_strange(self, uses: set[str], nodes: list[ast.AST]) -> bool:
        if uses & _NOT_UNDERSTOOD:
            return True
        meanings = (m for name in uses for m in self._meanings.get(name, ()))
        if any(_MODULES_NOT_UNDERSTOOD.match(meaning) for meaning in meanings):
            return True
        return any(
            (isinstance(node, ast.ImportFrom) and any(a.name == "*" for a in node.names))
            or (isinstance(node, ast.Attribute) and _INSIDES.match(node.attr))
            or (isinstance(node, ast.arg) and node.arg == "cls")
            or (_is_store_inside(node) and not _root(node))
            for node in nodes
        )

    def _dotted_names(self, node: ast.AST) -> Iterator[str]:
        """Every longest dotted name, with what imports call it put in."""
        if isinstance(node, (ast.Attribute, ast.Name)):
            chain = ast.unparse(node) if _root(node) and not _has_call(node) else ""
            head, _, rest = chain.partition(".")
            for meaning in self._meanings.get(head, ()):
                yield f"{meaning}.{rest}" if rest else meaning
            if chain and "[" not in chain:
                return
        for child in ast.iter_child_nodes(node):
            yield from self._dotted_names(child)

    def _is_seed(self, node: ast.stmt) -> bool:
        return isinstance(node, ast.Expr) and any(
            name.endswith(_SEEDS) for name in self._dotted_names(node)
        )

    def _shared_by(self, node: ast.stmt) -> set[str]:
        """Names that a statement binds to what may be changed in place."""
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return set()
        if isinstance(node, _FUNCTIONS):
            arguments = node.args
            defaults = [*arguments.defaults, *(d for d in arguments.kw_defaults if d)]
            fixed = not node.decorator_list and all(map(_is_immutable, defaults))
            return set() if fixed else {node.name}
        if isinstance(node, ast.ClassDef):
            inside = set().union(*(self._shared_by(child) for child in node.body))
            fixed = not (node.decorator_list or node.keywords or inside)
            return set() if fixed else {node.name}
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            if node.value is None or _is_immutable(node.value):
                return set()
            if isinstance(node.value, ast.Call) and _FROZEN in self._dotted_names(node.value.func):
                return set()
        if isinstance(node, ast.Expr):
            return {n.target.id for n in ast.walk(node) if isinstance(n, ast.NamedExpr)}
        return {
            child.id
            for child in ast.walk(node)
            if isinstance(child, ast.Name) and not isinstance(child.ctx, ast.Load)
        }


def _declared_global(table: symtable.SymbolTable) -> Iterator[str]:
    """Names that functions assign by `global`."""
    for child in table.get_children():
        for symbol in child.get_symbols():
            if symbol.is_declared_global() and (symbol.is_assigned() or symbol.is_imported()):
                yield symbol.get_name()
        yield from _declared_global(child)


def _changes_a_library(name: str) -> bool:
    last = name.rpartition(".")[2]
    return bool(_SETTING.match(last)) and last not in _SEEDS and not _PURE.match(name)


def _is_store_inside(node: ast.AST) -> bool:
    """Whether this is an attribute or an element that is assigned or deleted."""
    return isinstance(node, (ast.Attribute, ast.Subscript)) and not isinstance(node.ctx, ast.Load)


def _root(node: ast.AST) -> str:
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _has_call(node: ast.AST) -> bool:
    return any(isinstance(child, (ast.Call, ast.Subscript)) for child in ast.walk(node))


def _is_plain(node: ast.expr | None) -> bool:
    return node is None or all(isinstance(child, _PLAIN) for child in ast.walk(node))


def _is_immutable(node: ast.expr) -> bool:
    return _is_plain(node) and not any(
        isinstance(child, (ast.List, ast.Dict, ast.Set)) for child in ast.walk(node)
    )


def _is_inert(node: ast.stmt) -> bool:
    """Whether a statement only imports, defines, or names a plain value."""
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(node, _FUNCTIONS):
        defaults = [*node.args.defaults, *node.args.kw_defaults]
        return not node.decorator_list and all(map(_is_plain, defaults))
    if isinstance(node, ast.ClassDef):
        return not (node.decorator_list or node.keywords) and all(map(_is_inert, node.body))
    if isinstance(node, ast.Assign):
        return _is_plain(node.value) and all(isinstance(t, ast.Name) for t in node.targets)
    if isinstance(node, ast.AnnAssign):
        return _is_plain(node.value) and isinstance(node.target, ast.Name)
    return isinstance(node, ast.Expr) and isinstance(node.value, (ast.Constant, ast.Name))
