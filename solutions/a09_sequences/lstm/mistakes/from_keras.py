"""Mistakes in `from_keras`."""

from autograder.checks import change

change(
    "order_kept",
    "ordered = np.concatenate([i, f, o, g], axis=1)",
    "ordered = everything",
    say="You leave the blocks in Keras' order. In W and b the candidate g comes last.",
)

change(
    "input_first",
    "np.concatenate([recurrent_kernel, kernel, bias[np.newaxis]])",
    "np.concatenate([kernel, recurrent_kernel, bias[np.newaxis]])",
    say="Your first rows are those of the inputs. In W the state comes first.",
)

change(
    "bias_not_ordered",
    "return ordered[:-1], ordered[-1]",
    "return ordered[:-1], bias",
    say="Your W is in order, but the bias has still Keras' order of blocks.",
)

change(
    "wrong_blocks_swapped",
    "ordered = np.concatenate([i, f, o, g], axis=1)",
    "ordered = np.concatenate([f, i, o, g], axis=1)",
    say="You swap input and forget gate as well. Those two are in the same order on both sides.",
)
