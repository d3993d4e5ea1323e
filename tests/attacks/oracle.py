"""Asks `check` about thousands of guesses in a cell of its own, and keeps the one it likes.

Covers: A15
"""

# %% attack
from course_lib import check

liked = {}


def answer(name):
    for guess in range(2000):
        try:
            if check(name, guess) is not None:
                print("BREACH: an answer about", guess)
                liked[name] = guess
        except BaseException as error:
            print("BREACH: an answer about", guess, error)
            break
    return liked.get(name, 0)


# %% honest
from course_lib import check


def honest(thing):
    """A student who checks before the check."""
    check("my_own_name", thing)
    return thing
