"""Run code under every sign that its eigenvectors and singular vectors may have.

An eigenvector is determined up to its sign, and which sign LAPACK returns depends on the
processor. A right answer does not depend on it; a mistake may (whitening without turning back).
Such a mistake has several answers, and a student may meet any of them.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import sys
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

import numpy as np

MAX_SIGNS = 4
"""With as many signs left open all combinations are tried, with more only a few."""
_GAP = 1e-6

Result = TypeVar("Result")
_LOCK = threading.RLock()


class _Signs:
    """The signs that one run is given, in the order in which it asks for them.

    They are not enough where two eigenvalues are equal: then their vectors may be turned, too.
    """

    def __init__(self, pattern: tuple[int, ...]) -> None:
        self._pattern = pattern
        self.asked = 0
        self.enough = True

    def require_gaps(self, values: np.ndarray) -> None:
        """Note whether two of the eigenvalues or singular values `(..., count)` are equal."""
        gaps = np.abs(np.diff(values, axis=-1))
        if np.any(gaps <= _GAP * np.abs(values).max(initial=0.0)):
            self.enough = False

    def next(self, count: int) -> np.ndarray:
        places = np.arange(self.asked, self.asked + count) % len(self._pattern)
        self.asked += count
        return np.asarray(self._pattern)[places]


_SIGNS: ContextVar[_Signs | None] = ContextVar("signs", default=None)


def under_all_signs(run: Callable[[], Result]) -> tuple[list[Result], bool]:
    """What a function returns, once for each choice of signs.

    Returns:
        The results, that under the usual signs first, and whether they are all that there can be.
        One result if the function computes no such vectors.
    """
    with _LOCK, _patched():
        usual = _Signs((1,))
        first = _under(run, usual)
        if not usual.asked:
            return [first], True
        if usual.asked <= MAX_SIGNS:
            patterns = list(itertools.product((1, -1), repeat=usual.asked))[1:]
        else:
            patterns = [(-1,), (1, -1), (-1, 1), (1, 1, -1), (-1, 1, 1), (1, -1, 1)]
        complete = usual.enough and usual.asked <= MAX_SIGNS
        return [first, *(_under(run, _Signs(pattern)) for pattern in patterns)], complete


def _under(run: Callable[[], Result], signs: _Signs) -> Result:
    token = _SIGNS.set(signs)
    try:
        return run()
    finally:
        _SIGNS.reset(token)


@contextlib.contextmanager
def _patched() -> Iterator[None]:
    """Let the decompositions ask for their signs; those of other threads go on as they were."""
    modules: list[Any] = [np.linalg]
    if "keras" in sys.modules:
        ops = sys.modules["keras"].ops
        modules += [ops, ops.linalg]
    with contextlib.ExitStack() as undo:
        for module, (name, signed) in itertools.product(modules, _SIGNED.items()):
            original = getattr(module, name)
            undo.callback(setattr, module, name, original)
            setattr(module, name, _asking(original, signed))
        yield


def _asking(original: Callable[..., Any], signed: Callable[..., list[Any]]) -> Callable[..., Any]:
    @functools.wraps(original)
    def decomposition(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        signs = _SIGNS.get()
        if signs is None or not isinstance(result, (tuple, list)):
            return result
        given = [np.asarray(part) for part in result]
        parts = signed(signs, *given)
        if not isinstance(result[0], np.ndarray):
            convert = sys.modules["keras"].ops.convert_to_tensor
            parts = [convert(part) for part in parts]
        return result._make(parts) if hasattr(result, "_make") else type(result)(parts)

    return decomposition


def _signed_eigh(signs: _Signs, values: np.ndarray, vectors: np.ndarray) -> list[np.ndarray]:
    signs.require_gaps(values)
    return [values, vectors * _turn(signs, vectors)]


def _signed_svd(
    signs: _Signs, left: np.ndarray, values: np.ndarray, right: np.ndarray
) -> list[np.ndarray]:
    signs.require_gaps(values)
    count = values.shape[-1]
    turn = _turn(signs, left[..., :count])
    left, right = left.copy(), right.copy()
    left[..., :count] *= turn
    right[..., :count, :] *= np.swapaxes(turn, -1, -2)
    return [left, values, right]


def _signed_qr(signs: _Signs, q: np.ndarray, r: np.ndarray) -> list[np.ndarray]:
    count = min(q.shape[-1], r.shape[-2])
    turn = _turn(signs, q[..., :count])
    q, r = q.copy(), r.copy()
    q[..., :count] *= turn
    r[..., :count, :] *= np.swapaxes(turn, -1, -2)
    return [q, r]


_SIGNED: dict[str, Callable[..., list[Any]]] = {
    "eigh": _signed_eigh,
    "svd": _signed_svd,
    "qr": _signed_qr,
}


def _turn(signs: _Signs, vectors: np.ndarray) -> np.ndarray:
    """Factors `(..., 1, columns)` that give every column the sign that is its turn.

    The usual sign makes the number of the largest size positive.
    """
    places = np.abs(vectors).argmax(axis=-2, keepdims=True)
    usual = np.where(np.take_along_axis(vectors, places, axis=-2) < 0, -1, 1)
    factors: np.ndarray = usual * signs.next(usual.size).reshape(usual.shape)
    return factors.astype(vectors.dtype)
