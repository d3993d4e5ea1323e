"""You name a weight only if all of its numbers have changed. One of them is enough."""

FAILS = ("changed_weights",)


def changed_weights(before, after):
    return sorted(name for name in before if np.all(before[name] != after[name]))
