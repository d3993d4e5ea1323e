"""Mistakes in `crushed_by_relu`."""

from autograder.checks import change

change(
    "crushed_transposed",
    "np.linalg.pinv(matrix)",
    "matrix.T",
    say=(
        "You come back by the transposed matrix. That is the inverse of a rotation only; here it is the "
        "pseudoinverse, `np.linalg.pinv`."
    ),
)

change(
    "crushed_without_relu",
    "back = np.maximum(outputs, 0) @",
    "back = outputs @",
    say="Your points come back unharmed. The ReLU stands between the matrix and its pseudoinverse.",
)

change(
    "crushed_relu_at_the_end",
    "back = np.maximum(outputs, 0) @ np.linalg.pinv(matrix)",
    "back = np.maximum(outputs @ np.linalg.pinv(matrix), 0)",
    say=(
        "Your ReLU works on the points that have come back. It works in the n dimensions, before the "
        "pseudoinverse."
    ),
)

change(
    "crushed_counted",
    "[np.linalg.matrix_rank(matrix[:, row > 0]) if any(row > 0) else 0 for row in outputs]",
    "[np.sum(row > 0) for row in outputs]",
    say=(
        "You count the columns with a result above zero. Two that point the same way tell only one "
        "thing: what counts is how many are linearly independent, the rank."
    ),
)

change(
    "crushed_all_closed",
    "return back, np.array(ranks) < len(matrix)",
    "return back, np.array(ranks) < 1",
    say=(
        "You call lost only what no column tells anything about. One column leaves a whole line of "
        "points to choose from: d independent ones are needed."
    ),
)

change(
    "crushed_in_a_plane",
    "return back, np.array(ranks) < len(matrix)",
    "return back, np.array(ranks) < 2",
    say=(
        "You ask for two independent columns, whatever the points are. That is right for a plane; points "
        "of d dimensions need d."
    ),
)

change(
    "crushed_kept",
    "return back, np.array(ranks) < len(matrix)",
    "return back, np.array(ranks) >= len(matrix)",
    say="Your second array says `True` for the points that are kept. Return which ones are lost.",
)
