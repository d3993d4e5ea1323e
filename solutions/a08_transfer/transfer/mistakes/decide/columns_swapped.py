"""You have exchanged the columns: the left one of the table is for similar data."""

FAILS = ("decide",)


def decide(similar, little):
    if little:
        return "b" if similar else "a"
    return "d" if similar else "c"
