"""You have exchanged rows and columns: rows of the table are amounts of data, columns kinds of
data."""

FAILS = ("decide",)


def decide(similar, little):
    if similar:
        return "a" if little else "b"
    return "c" if little else "d"
