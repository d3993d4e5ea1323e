"""You look at the amount of data alone. How similar they are decides which layers are worth taking
along."""

FAILS = ("decide",)


def decide(similar, little):
    return "a" if little else "c"
