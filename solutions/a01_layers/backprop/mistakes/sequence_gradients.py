"""Mistakes in `sequence_gradients`."""

from autograder.checks import change

change(
    "each_gets_dout",
    "dz, dweights = module.backward(gradients[-1])",
    "dz, dweights = module.backward(dout)",
    say=(
        "You hand the same `dout` to every module. Each module needs what the module behind it "
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
