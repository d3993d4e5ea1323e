"""A list of all widths that fit; a matrix of comparisons in NumPy."""

import itertools


def widest(build, budget):
    from course_lib.blueprints import blueprint

    fitting = list(
        itertools.takewhile(
            lambda w: (
                sum(
                    weight.size
                    for layer in blueprint(build, w).layers
                    for weight in layer.weights
                    if weight.trainable
                )
                <= budget
            ),
            itertools.count(1),
        )
    )
    if not fitting:
        raise ValueError(f"{budget} parameters are too few")
    return np.int64(fitting[-1])


def pareto_front(points):
    names = np.array(sorted(points))
    table = np.array([points[name] for name in names], dtype=float)
    no_worse = (table[:, np.newaxis] <= table[np.newaxis]).all(axis=-1)
    better = (table[:, np.newaxis] < table[np.newaxis]).any(axis=-1)
    return names[~(no_worse & better).any(axis=0)].tolist()
