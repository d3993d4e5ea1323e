"""Mistakes in `cell_path`."""

from autograder.checks import change

change(
    "own_gate_too",
    "path = np.ones_like(f)",
    "path = f.copy()",
    "path[:, t + 1] * f[:, t + 1]",
    "path[:, t + 1] * f[:, t]",
    say=(
        "Your product for step t has its own forget gate in it. That one stands before the cell of "
        "step t; only the gates after it count."
    ),
)

change(
    "from_the_start",
    "for t in reversed(range(f.shape[1] - 1)):",
    "for t in range(1, f.shape[1]):",
    "path[:, t + 1] * f[:, t + 1]",
    "path[:, t - 1] * f[:, t - 1]",
    say="You multiply the gates before step t. The way goes from the end back to t.",
)

change(
    "next_gate_alone",
    "path[:, t + 1] * f[:, t + 1]",
    "f[:, t + 1]",
    say="You have one gate for each step. All that lie between t and the end multiply.",
)

change(
    "sum_of_gates",
    "path[:, t + 1] * f[:, t + 1]",
    "path[:, t + 1] + f[:, t + 1]",
    say="You add the gates up. Each step multiplies the gradient by its own.",
)

change(
    "by_division",
    """
    path = np.ones_like(f)
    for t in reversed(range(f.shape[1] - 1)):
        path[:, t] = path[:, t + 1] * f[:, t + 1]
    return path
    """,
    """
    products = np.cumprod(f, axis=1)
    whole = products[:, -1:]
    return np.divide(whole, products, out=np.zeros_like(f), where=products != 0)
    """,
    say=(
        "You divide products by each other, which fails where a gate is 0: after a shut gate the "
        "product is that of the gates behind it."
    ),
)
