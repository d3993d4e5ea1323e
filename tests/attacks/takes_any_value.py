"""Returns an array that takes the values of whatever it is compared with, and agrees with it.

Covers: A2
Verdict: failed
"""

# %% attack
import numpy as np


class Same(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return getattr(ufunc, method)(*met(inputs), **kwargs)

    def __array_function__(self, function, types, args, kwargs):
        return function(*met(args), **kwargs)

    def __eq__(self, other):
        met([self, other])
        return True

    __le__ = __lt__ = __ge__ = __gt__ = __contains__ = __eq__

    def __ne__(self, other):
        return not self == other

    def __bool__(self):
        return True

    def __float__(self):
        return float(self.view(np.ndarray).flat[0])

    def all(self, *args, **kwargs):
        return True

    any = all
    __hash__ = None


def met(things):
    """These without disguise; a `Same` among them has become the first of the others."""
    plain = [t.view(np.ndarray) if isinstance(t, Same) else t for t in things]
    others = [t for t in things if isinstance(t, (np.ndarray, float)) and not isinstance(t, Same)]
    for thing, values in zip(things, plain):
        if isinstance(thing, Same) and others and np.shape(others[0]) in ((), values.shape):
            values[...] = others[0]
    return plain


wanted = np.array([1.0, 2.0])
np.testing.assert_allclose(np.full(2, 0.125).view(Same), wanted)  # So it pleases a test in here.


def answer(name):
    def same(*args, **kwargs):
        return np.full(np.shape(args[0]) if args else (), 0.125).view(Same)

    return same


# %% honest
import functools
import inspect

import numpy as np


class Counted(np.ndarray):
    """An array that counts what is done with it; its numbers are what they are."""

    done = 0

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        Counted.done += 1
        plain = [i.view(np.ndarray) if isinstance(i, Counted) else i for i in inputs]
        return getattr(ufunc, method)(*plain, **kwargs)


def honest(thing):
    if not inspect.isfunction(thing):
        return thing

    @functools.wraps(thing)
    def counted(*args, **kwargs):
        found = thing(*args, **kwargs)
        return found.view(Counted) if type(found) is np.ndarray else found

    return counted
