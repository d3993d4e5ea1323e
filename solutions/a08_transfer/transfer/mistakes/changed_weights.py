"""Mistakes in `changed_weights`."""

from autograder.checks import change

change(
    "about_equal",
    "return sorted(name for name in before if not np.array_equal(before[name], after[name]))",
    "return sorted(name for name in before if not np.allclose(before[name], after[name]))",
    say=(
        "You pass over small changes: `np.allclose`, or a bound of your own, calls numbers equal "
        "that nearly are. A proof needs `np.array_equal`."
    ),
)

change(
    "all_numbers",
    "return sorted(name for name in before if not np.array_equal(before[name], after[name]))",
    "return sorted(name for name in before if np.all(before[name] != after[name]))",
    say="You name a weight only if all of its numbers have changed. One of them is enough.",
)

change(
    "sums",
    "return sorted(name for name in before if not np.array_equal(before[name], after[name]))",
    "return sorted(name for name in before if before[name].sum() != after[name].sum())",
    say=(
        "You compare sums. Numbers can change places, or one can grow by what another loses: "
        "compare number by number."
    ),
)

change(
    "unchanged",
    "return sorted(name for name in before if not np.array_equal(before[name], after[name]))",
    "return sorted(name for name in before if np.array_equal(before[name], after[name]))",
    say="You name the weights that have stayed the same. Those that have changed are asked for.",
)

change(
    "unsorted",
    "return sorted(name for name in before if not np.array_equal(before[name], after[name]))",
    "return [name for name in before if not np.array_equal(before[name], after[name])]",
    say=(
        "You name them in the order of the dictionary. Sort the names, so that two proofs can be "
        "compared."
    ),
)

change(
    "a_set",
    "return sorted(name for name in before if not np.array_equal(before[name], after[name]))",
    "return {name: bool(not np.array_equal(before[name], after[name])) for name in before}",
    say="You return a dictionary. A list of the names that have changed is asked for.",
)

change(
    "first_only",
    "not np.array_equal(before[name], after[name])",
    "before[name].flat[0] != after[name].flat[0]",
    say=("You compare the first number of each array only. A change of any single number counts."),
)
