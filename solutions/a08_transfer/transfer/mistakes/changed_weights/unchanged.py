"""You name the weights that have stayed the same. Those that have changed are asked for."""

FAILS = ("changed_weights",)


def changed_weights(before, after):
    return sorted(name for name in before if np.array_equal(before[name], after[name]))
