"""Bisection on real weights' counts, and a sweep from cheap to dear."""


def widest(build, budget):
    def size(width):
        model = build(width)
        return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)

    if size(1) > budget:
        raise ValueError("too small a budget")
    low, high = 1, 2
    while size(high) <= budget:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if size(middle) <= budget:
            low = middle
        else:
            high = middle
    return low


def pareto_front(points):
    front, best = [], None
    for name in sorted(points, key=lambda name: tuple(points[name])):
        cost, error = points[name]
        if best is None or error < best[1] or (cost, error) == best:
            front.append(name)
            best = (cost, error)
    front.sort()
    return front
