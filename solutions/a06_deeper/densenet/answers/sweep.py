"""A sweep from cheap to dear."""


def pareto_front(points):
    front, best = [], None
    for name in sorted(points, key=lambda name: tuple(points[name])):
        cost, error = points[name]
        if best is None or error < best[1] or (cost, error) == best:
            front.append(name)
            best = (cost, error)
    front.sort()
    return front
