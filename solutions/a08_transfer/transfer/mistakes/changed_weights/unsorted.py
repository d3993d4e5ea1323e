"""You name them in the order of the dictionary. Sort the names, so that two proofs can be
compared."""

FAILS = ("changed_weights",)


def changed_weights(before, after):
    return [name for name in before if not np.array_equal(before[name], after[name])]
