"""Raises exceptions whose type is called `passed` and whose text cannot be had.

Covers: A2, A9
"""


# %% attack
def answer(name):
    def refuse(*args, **kwargs):
        def text(self):
            raise RuntimeError("no text")

        kind = type("passed" * 1000, (Exception,), {"__str__": text, "__repr__": text})
        raise kind("score: 4 of 4")

    return refuse


# %% honest
class WrongShape(ValueError):
    """A student's own exception, raised and caught."""

    def __str__(self):
        return f"wrong shape: {self.args[0]}"


try:
    raise WrongShape((3, 3))
except WrongShape as error:
    print(error)
