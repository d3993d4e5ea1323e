"""Mistakes in `pair_as_standard`."""

from autograder.checks import change

change(
    "pair_order_of_maps",
    "return depthwise[..., np.newaxis] * pointwise",
    "return (depthwise[..., np.newaxis] * pointwise).swapaxes(2, 3)",
    hint="The kernel of a convolution has the maps before it in axis 2 and those after it in axis 3.",
    say="Your last two axes are swapped: the input maps come before the output maps.",
)

change(
    "pair_pointwise_transposed",
    "return depthwise[..., np.newaxis] * pointwise",
    "return depthwise[..., np.newaxis] * pointwise.reshape(pointwise.shape[::-1]).T",
    say=(
        "You read the pointwise weights in the wrong order. p[c, f] leads from input map c to output "
        "map f."
    ),
)

change(
    "pair_summed_over_the_filter",
    "return depthwise[..., np.newaxis] * pointwise",
    "return np.zeros((*depthwise.shape, 1)) + depthwise.sum(axis=(0, 1))[:, None] * pointwise",
    say=(
        "You sum each depthwise filter over its pixels. The sum over pixels belongs to the "
        "convolution; in its kernel every tap keeps its own weight."
    ),
)

change(
    "pair_summed_over_the_maps",
    "return depthwise[..., np.newaxis] * pointwise",
    "return np.repeat((depthwise @ pointwise)[:, :, np.newaxis], depthwise.shape[2], axis=2)",
    say=(
        "You sum over the input maps. The sum over maps belongs to the convolution; its kernel keeps "
        "a weight for each pair of maps."
    ),
)

change(
    "pair_added",
    "return depthwise[..., np.newaxis] * pointwise",
    "return depthwise[..., np.newaxis] + pointwise",
    say=(
        "You add the two weights. A pixel is multiplied by the one, and the result by the other, so "
        "it meets their product."
    ),
)
