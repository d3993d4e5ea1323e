"""Mistakes in `residual_gradients`."""

from autograder.checks import change

change(
    "residual_backward_averaged",
    "return dout + dbranch, weight_gradients",
    "return (dout + dbranch) / 2, weight_gradients",
    say=(
        "You take the mean of the two gradients. z is used twice, and both uses count in full: add "
        "them."
    ),
    inside="residual_backward",
)

change(
    "residual_backward_in_place",
    """
    return dout + dbranch, weight_gradients
    """,
    """
    dout += dbranch
    return dout, weight_gradients
    """,
    say=(
        "You add into `dout` itself. The array belongs to the module after yours, which may still "
        "need it: write dout + dbranch, which makes a new one."
    ),
    hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
    inside="residual_backward",
)

change(
    "residual_backward_input_added",
    "return dout + dbranch, weight_gradients",
    "return branch.z + dbranch, weight_gradients",
    say=(
        "You add the input z to the gradient, as the forward pass does. On the way back it is the "
        "*gradients* of the two ways that are added: the branch's and `dout`."
    ),
    inside="residual_backward",
)

change(
    "residual_backward_overwritten",
    """
    dbranch, weight_gradients = branch.backward(dout)
    return dout + dbranch, weight_gradients
    """,
    """
    return branch.backward(dout)
    """,
    say=(
        "You return what came back through the branch, and lose the gradient of the connection "
        "around it. Add the two: the branch's gradient plus `dout`."
    ),
    inside="residual_backward",
)

change(
    "residual_backward_skips_the_branch",
    """
    dbranch, weight_gradients = branch.backward(dout)
    return dout + dbranch, weight_gradients
    """,
    """
    return dout, branch.backward(dout)[1]
    """,
    say=(
        "You pass `dout` on and lose what comes back through the branch. Add the two: the branch's "
        "gradient plus `dout`."
    ),
    inside="residual_backward",
)

change(
    "product",
    "return dout + dbranch, weight_gradients",
    "return dout * dbranch, weight_gradients",
    say="You multiply the two gradients. What comes on both ways is added.",
    inside="residual_backward",
)


change(
    "difference",
    "return dout + dbranch, weight_gradients",
    "return dout - dbranch, weight_gradients",
    say="You subtract the branch's gradient. What comes on both ways is added.",
    inside="residual_backward",
)


change(
    "one_for_identity",
    "return dout + dbranch, weight_gradients",
    "return 1 + dbranch, weight_gradients",
    say=(
        "You add 1 for the way around the branch. 1 is its slope; what comes back along it is "
        "`dout`."
    ),
    inside="residual_backward",
)


change(
    "forward_called",
    "dbranch, weight_gradients = branch.backward(dout)",
    "dbranch, weight_gradients = branch.forward(dout), branch.backward(dout)[1]",
    say="You send `dout` forward through the branch. The way back is its method `backward`.",
    inside="residual_backward",
)


change(
    "weights_forgotten",
    "return dout + dbranch, weight_gradients",
    "return dout + dbranch, {}",
    say=(
        "You lose the gradients of the branch's weights. Hand on the dictionary that its "
        "`backward` returns."
    ),
    inside="residual_backward",
)


change(
    "only_sum",
    "return dout + dbranch, weight_gradients",
    "return dout + dbranch",
    say=(
        "You return one value. Two are asked for: the gradient with respect to z, and the "
        "dictionary that the branch's `backward` returned."
    ),
    inside="residual_backward",
)
