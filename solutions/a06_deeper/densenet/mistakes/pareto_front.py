"""Mistakes in `pareto_front`."""

from autograder.checks import change, instead

change(
    "better_in_both",
    "one[0] <= other[0] and one[1] <= other[1] and one != other",
    "one[0] < other[0] and one[1] < other[1]",
    say="You ask for less cost *and* less error. To be better in one of the two, and as good in the "
    "other, is enough to dominate.",
)

change(
    "twins_beat_each_other",
    """
    return sorted(
        name
        for name, point in points.items()
        if not any(dominates(tuple(other), tuple(point)) for other in points.values())
    )
    """,
    """
    return sorted(
        name
        for name, (cost, error) in points.items()
        if not any(
            other_cost <= cost and other_error <= error
            for other, (other_cost, other_error) in points.items()
            if other != name
        )
    )
    """,
    say="With you two networks of the same cost and the same error dominate each other, and both "
    "disappear. Who dominates must be better in at least one of the two.",
)

change(
    "error_as_accuracy",
    "one[0] <= other[0] and one[1] <= other[1] and one != other",
    "one[0] <= other[0] and one[1] >= other[1] and one != other",
    say="You take a large second number for good. It is the error: smaller is better.",
)

change(
    "as_they_came",
    "return sorted(",
    "return list(",
    say="The right names, in the order in which they came. They are asked for in alphabetical order.",
)


@instead(
    "cheapest_and_best",
    say="You return the cheapest and the most accurate network alone. All that lie between them and are "
    "dominated by none belong to the front as well.",
)
def pareto_front(points):
    cheapest = min(points, key=lambda name: points[name])
    best = min(points, key=lambda name: points[name][::-1])
    return sorted({cheapest, best})


@instead(
    "convex_hull",
    say="That is the lower convex hull: you leave out what lies above a straight line between two "
    "others. But nobody can buy a network on that line; what counts is whether another *network* "
    "dominates.",
)
def pareto_front(points):
    def dominates(one, other):
        return one[0] <= other[0] and one[1] <= other[1] and one != other

    front = {
        name: point
        for name, point in points.items()
        if not any(dominates(other, point) for other in points.values())
    }

    def above_a_line(point):
        return any(
            left[0] < point[0] < right[0]
            and (point[1] - left[1]) * (right[0] - left[0])
            > (right[1] - left[1]) * (point[0] - left[0])
            for left in front.values()
            for right in front.values()
        )

    return sorted(name for name, point in front.items() if not above_a_line(point))


@instead(
    "weighed",
    say="You add cost and error up and keep the smallest sum. The two have different units: there is "
    "no such sum, and that is why a front is asked for.",
)
def pareto_front(points):
    least = min(cost + error for cost, error in points.values())
    return sorted(name for name, (cost, error) in points.items() if cost + error == least)
