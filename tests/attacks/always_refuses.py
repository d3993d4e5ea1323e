"""Raises ValueError at every call, which is right wherever arguments must be refused.

Covers: A11
"""


# %% attack
def answer(name):
    def refuse(*args, **kwargs):
        raise ValueError("these arguments make no sense")

    return refuse


# %% honest
def checked_size(size):
    if size <= 0:
        raise ValueError(f"size must be positive. Received: {size}")
    return size


try:
    checked_size(0)
except ValueError as error:
    print(error)
