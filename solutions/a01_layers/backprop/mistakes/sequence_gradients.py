"""Mistakes in `sequence_gradients`."""

from autograder.checks import change

change(
    "each_gets_dout",
    "dz, dweights = module.backward(gradients[-1])",
    "dz, dweights = module.backward(dout)",
    say=(
        "You hand the same `dout` to every module. Each module needs what the module after it "
        "gave back, g(z_i), and not g(z_n)."
    ),
    fails=("sequence_gradients", "one_step"),
    inside="backward_pass",
)

change(
    "forward_order",
    "for module in reversed(modules):",
    "for module in modules:",
    "return gradients[::-1], weight_gradients[::-1]",
    "return gradients[::-1], weight_gradients",
    say=(
        "You run the backward modules in the order of the forward pass. The gradient arrives at "
        "the last module first: go through `reversed(modules)`."
    ),
    fails=("sequence_gradients", "one_step"),
    inside="backward_pass",
)

change(
    "lists_not_turned",
    "return gradients[::-1], weight_gradients[::-1]",
    "return gradients, weight_gradients",
    say=(
        "Your lists come in the order of the way back, last module first. Turn both of them round "
        "(`[::-1]`) before you return them, so that entry i belongs to z_i and w_i."
    ),
    fails=("sequence_gradients", "one_step"),
    inside="backward_pass",
)

change(
    "starts_with_ones",
    "gradients, weight_gradients = [dout], []",
    "gradients, weight_gradients = [np.ones(dout.shape)], []",
    say=(
        "You start the way back with ones and ignore `dout`. g(z_n) = 1 holds only where z_n is "
        "the loss itself; begin with the `dout` that you were given."
    ),
    fails=("sequence_gradients", "one_step"),
    inside="backward_pass",
)

change(
    "values_without_the_input",
    """
    values = [x]
    for module in modules:
        values.append(module.forward(values[-1]))
    return values
    """,
    """
    values, z = [], x
    for module in modules:
        z = module.forward(z)
        values.append(z)
    return values
    """,
    say=(
        "Your list of values begins with z_1. The input z_0 belongs to it: begin with [x], "
        "and it is one longer than the list of modules."
    ),
    inside="forward_pass",
)


change(
    "only_the_last_value",
    "return values",
    "return values[-1:]",
    say=(
        "`forward_pass` returns only the last value. All of them are asked for: z_0, z_1, ..., z_n."
    ),
    inside="forward_pass",
)


change(
    "every_module_gets_the_input",
    "values.append(module.forward(values[-1]))",
    "values.append(module.forward(x))",
    say=(
        "You hand the input x to every module. Each module takes what the one before it "
        "returned, the last value of your list."
    ),
    fails=("sequence_gradients", "one_step"),
    inside="forward_pass",
)


change(
    "gradients_without_the_last",
    "return gradients[::-1], weight_gradients[::-1]",
    "return gradients[:0:-1], weight_gradients[::-1]",
    say=(
        "The last of your gradients is missing: g(z_n), which is `dout` itself. The list is "
        "one longer than the list of modules."
    ),
    inside="backward_pass",
)


change(
    "gradients_without_the_first",
    """
    gradients, weight_gradients = [dout], []
    for module in reversed(modules):
        dz, dweights = module.backward(gradients[-1])
        gradients.append(dz)
        weight_gradients.append(dweights)
    return gradients[::-1], weight_gradients[::-1]
    """,
    """
    gradients, weight_gradients = [], []
    for module in reversed(modules):
        gradients.append(dout)
        dout, dweights = module.backward(dout)
        weight_gradients.append(dweights)
    return gradients[::-1], weight_gradients[::-1]
    """,
    say=(
        "The first of your gradients is missing: g(z_0), which the first module's `backward` "
        "returns. The list is one longer than the list of modules."
    ),
    inside="backward_pass",
)


change(
    "only_gradients_turned",
    "return gradients[::-1], weight_gradients[::-1]",
    "return gradients[::-1], weight_gradients",
    say=(
        "Your gradients come first module first, but the dictionaries last module first. Turn "
        "that list round, too (`[::-1]`)."
    ),
    fails=("sequence_gradients", "one_step"),
    inside="backward_pass",
)


change(
    "only_weights_turned",
    "return gradients[::-1], weight_gradients[::-1]",
    "return gradients, weight_gradients[::-1]",
    say=(
        "Your dictionaries come first module first, but the gradients begin with g(z_n). Turn "
        "that list round, too (`[::-1]`)."
    ),
    inside="backward_pass",
)


change(
    "empty_left_out",
    """
    weight_gradients.append(dweights)
    """,
    """
    if dweights:
        weight_gradients.append(dweights)
    """,
    say=(
        "You leave out the modules without weights. The list has a dictionary for every "
        "module, an empty one where there is nothing to learn: else entry i does not belong "
        "to module i."
    ),
    fails=("sequence_gradients", "one_step"),
    inside="backward_pass",
)
