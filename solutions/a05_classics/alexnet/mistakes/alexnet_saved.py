"""Mistakes in `alexnet_saved`."""

from autograder.checks import change

change(
    "groups_ignored",
    """
    whole = costs.count(lambda: build_alexnet(groups=groups)).parameters
    return whole - costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    """,
    """
    whole = costs.count(lambda: build_alexnet(groups=2)).parameters
    rest = costs.count(lambda: build_alexnet(groups=2, without=without)).parameters
    return whole - rest
    """,
    say="You count on two GPUs whatever `groups` says. Pass it on to both networks.",
)

change(
    "millions",
    """
    return whole - costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    """,
    """
    rest = costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    return round((whole - rest) / 1e6, 2)
    """,
    say="You return millions. Return the number itself, so that nothing is lost by rounding.",
)

change(
    "one_gpu",
    """
    whole = costs.count(lambda: build_alexnet(groups=groups)).parameters
    return whole - costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    """,
    """
    whole = costs.count(lambda: build_alexnet()).parameters
    rest = costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    return whole - rest
    """,
    say=(
        "You build one of the two networks without groups, so that the difference contains what "
        "splitting saves. Pass `groups=groups` to both."
    ),
)

# Right for fc7 alone, since fc8 reads 4096 values before and after.
change(
    "own_rows",
    """
    whole = costs.count(lambda: build_alexnet(groups=groups)).parameters
    return whole - costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    """,
    """
    table = costs.count(lambda: build_alexnet(groups=groups))
    return sum(table.row(name).parameters for name in without)
    """,
    say=(
        "You add up the parameters of the layers that go. The layers after them change, too: "
        "without `fc6`, `fc7` or `fc8` reads 9216 inputs instead of 4096. Build both networks and "
        "subtract."
    ),
)

change(
    "sign",
    """
    return whole - costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    """,
    """
    rest = costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    return rest - whole
    """,
    say=(
        "You subtract the whole network from the smaller one. What is saved is a positive number: "
        "the whole minus the rest."
    ),
)

change(
    "what_is_left",
    """
    whole = costs.count(lambda: build_alexnet(groups=groups)).parameters
    return whole - costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    """,
    """
    return costs.count(lambda: build_alexnet(groups=groups, without=without)).parameters
    """,
    say=(
        "You return what is left instead of what is saved. Subtract it from the parameters of the "
        "whole network."
    ),
)


change(
    "rest_on_one_gpu",
    "build_alexnet(groups=groups, without=without)",
    "build_alexnet(without=without)",
    say=(
        "You count the whole network with its groups and the rest without. Both are built with the "
        "same `groups`."
    ),
)
