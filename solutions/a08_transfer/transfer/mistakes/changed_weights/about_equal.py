"""You pass over small changes: `np.allclose` calls numbers equal that nearly are. A proof needs
`np.array_equal`."""

FAILS = ("changed_weights",)


def changed_weights(before, after):
    return sorted(name for name in before if not np.allclose(before[name], after[name], atol=1e-3))
