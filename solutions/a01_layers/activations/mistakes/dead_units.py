"""Mistakes in `dead_units`."""

from autograder.checks import change

change(
    "counted",
    """
    dead = np.all(activations == 0, axis=tuple(range(activations.ndim - 1)))
    return float(dead.mean())
    """,
    """
    others = tuple(range(activations.ndim - 1))
    return int(np.sum(np.all(activations == 0, axis=others)))
    """,
    say="You return the number of dead units. Divide it by the number of units.",
)

change(
    "counts_examples",
    """
    dead = np.all(activations == 0, axis=tuple(range(activations.ndim - 1)))
    return float(dead.mean())
    """,
    """
    return float(np.mean(np.all(activations == 0, axis=tuple(range(1, activations.ndim)))))
    """,
    say=(
        "You look along the wrong axis and count examples at which every unit is off. Ask for each "
        "unit whether it is off at every example."
    ),
)

change(
    "each_place_on_its_own",
    """
    dead = np.all(activations == 0, axis=tuple(range(activations.ndim - 1)))
    return float(dead.mean())
    """,
    """
    return float(np.mean(np.all(activations == 0, axis=0)))
    """,
    say=(
        "You count every place of the image as a unit of its own. In a convolution a unit is a "
        "channel: look at height and width too."
    ),
)

change(
    "in_percent",
    """
    dead = np.all(activations == 0, axis=tuple(range(activations.ndim - 1)))
    return float(dead.mean())
    """,
    """
    others = tuple(range(activations.ndim - 1))
    return 100 * float(np.mean(np.all(activations == 0, axis=others)))
    """,
    say="You return a percentage. The share goes from 0 to 1.",
)

change(
    "off_once",
    """
    dead = np.all(activations == 0, axis=tuple(range(activations.ndim - 1)))
    return float(dead.mean())
    """,
    """
    others = tuple(range(activations.ndim - 1))
    return float(np.mean(np.any(activations == 0, axis=others)))
    """,
    say=(
        "You count units that are off for at least one example. All of the examples must be zero: "
        "np.all, not np.any."
    ),
)

change(
    "share_of_zeros",
    """
    dead = np.all(activations == 0, axis=tuple(range(activations.ndim - 1)))
    return float(dead.mean())
    """,
    """
    return float(np.mean(activations == 0))
    """,
    say="You count single zeros. A unit is dead only if it is zero for every example.",
)

change(
    "alive",
    "return float(dead.mean())",
    "return 1 - float(dead.mean())",
    say="You return the share of the units that live. That of the dead ones is asked for.",
)
