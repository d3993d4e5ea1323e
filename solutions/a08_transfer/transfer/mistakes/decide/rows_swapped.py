"""You have exchanged the rows: the upper one of the table is for little data."""

FAILS = ("decide",)


def decide(similar, little):
    if little:
        return "c" if similar else "d"
    return "a" if similar else "b"
