"""You compare sums. Numbers can change places, or one can grow by what another loses: compare
number by number."""

FAILS = ("changed_weights",)


def changed_weights(before, after):
    return sorted(name for name in before if before[name].sum() != after[name].sum())
