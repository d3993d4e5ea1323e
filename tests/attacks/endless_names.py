"""Uses names, messages and lines of a million characters, in one line and in a million lines.

Covers: A14, A18
"""

# %% attack
long = "x" * 1_000_000


def answer(name):
    def speak(*args, **kwargs):
        raise type(long, (Exception,), {})(long + "\n" * 100_000)

    return speak if len(name) % 2 else lambda *args, **kwargs: {long: [long] * 3}


# %% honest
print("a line of " + "very " * 400 + "long text")
