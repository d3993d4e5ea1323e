"""Returns dictionaries and texts of its own classes, whose content differs at every reading.

Covers: A2
"""


# %% attack
class Anything(dict):
    def __contains__(self, key):
        return True

    def __getitem__(self, key):
        return 0.0

    def items(self):
        return iter([("$array", "0"), ("$other", ["x", "y"]), ("$tuple", [])])

    def __len__(self):
        return 1


class Text(str):
    def __eq__(self, other):
        return True

    def __str__(self):
        return "x" * 10_000_000

    def __getitem__(self, index):
        return self

    __hash__ = str.__hash__


def answer(name):
    return lambda *args, **kwargs: Anything(answer=Text("right"))


# %% honest
import collections
import functools
import inspect


def honest(thing):
    """An ordered dictionary where a plain one is asked for."""
    if not inspect.isfunction(thing):
        return thing

    @functools.wraps(thing)
    def ordered(*args, **kwargs):
        found = thing(*args, **kwargs)
        return collections.OrderedDict(found) if type(found) is dict else found

    return ordered
