"""A matrix of comparisons in NumPy."""


def pareto_front(points):
    names = np.array(sorted(points))
    table = np.array([points[name] for name in names], dtype=float)
    no_worse = (table[:, np.newaxis] <= table[np.newaxis]).all(axis=-1)
    better = (table[:, np.newaxis] < table[np.newaxis]).any(axis=-1)
    return names[~(no_worse & better).any(axis=0)].tolist()
