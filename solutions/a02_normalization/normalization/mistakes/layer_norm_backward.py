"""Mistakes in `layer_norm_backward`."""

from autograder.checks import change

change(
    "gamma_in_front",
    "g = gamma * dout",
    "g = dout",
    "dx = inverse_deviation * (g",
    "dx = gamma * inverse_deviation * (g",
    say=(
        "gamma stands in front of your bracket, as in batch normalization. Here the values that "
        "share a mean have different gammas: multiply dout by gamma before you take the means."
    ),
)


change(
    "gamma_forgotten",
    "g = gamma * dout",
    "g = dout",
    say="gamma is missing in dx. What arrives at x_hat is gamma * dout: put that in the bracket.",
)


change(
    "axes_of_batch_normalization",
    "within = tuple(range(1, x.ndim))",
    "within = tuple(range(x.ndim - 1))",
    say=(
        "That is the backward pass of batch normalization: your means are over the batch. Here "
        "they are over the values of one example, every axis but the first."
    ),
)


change(
    "means_over_the_batch",
    "mean_slope = np.mean(g * x_hat, axis=within, keepdims=True)",
    "mean_slope = np.mean(g * x_hat, axis=shared, keepdims=True)",
    "g.mean(axis=within, keepdims=True)",
    "g.mean(axis=shared, keepdims=True)",
    say=(
        "Your x_hat is right, but the two means in the bracket are over the batch. They come "
        "back through the mean and variance of one example: every axis but the first."
    ),
)


change(
    "channels_only",
    "within = tuple(range(1, x.ndim))",
    "within = -1",
    say=(
        "Your means are over the channels alone, one for each pixel. Here all of an image's "
        "height, width and channels share one mean."
    ),
)


change(
    "mean_missing",
    "(g - g.mean(axis=within, keepdims=True) - x_hat * mean_slope)",
    "(g - x_hat * mean_slope)",
    say="The second term is missing in dx: the mean of g. It comes back through the mean.",
)


change(
    "slope_missing",
    "(g - g.mean(axis=within, keepdims=True) - x_hat * mean_slope)",
    "(g - g.mean(axis=within, keepdims=True))",
    say=(
        "The third term is missing in dx: x_hat times the mean of g * x_hat. It comes back "
        "through the variance."
    ),
)


change(
    "statistics_constant",
    "(g - g.mean(axis=within, keepdims=True) - x_hat * mean_slope)",
    "g",
    say=(
        "You treat mean and variance as constants. Both are computed from x, so two more terms "
        "flow back to it: through the mean and through the variance."
    ),
)


change(
    "x_hat_forgotten",
    "x_hat * mean_slope)",
    "mean_slope)",
    say="The third term is one number for each example: multiply the mean of g * x_hat by x_hat.",
)


change(
    "slope_sign",
    "- x_hat * mean_slope)",
    "+ x_hat * mean_slope)",
    say="The third term has the wrong sign: both means are subtracted from g.",
)


change(
    "sums_for_means",
    "mean_slope = np.mean(g * x_hat, axis=within, keepdims=True)",
    "mean_slope = np.sum(g * x_hat, axis=within, keepdims=True)",
    "g.mean(axis=within, keepdims=True)",
    "g.sum(axis=within, keepdims=True)",
    say="The bracket holds sums where it needs means: divide by the number of values in an example.",
)


change(
    "divided_by_the_batch",
    "mean_slope = np.mean(g * x_hat, axis=within, keepdims=True)",
    "mean_slope = np.sum(g * x_hat, axis=within, keepdims=True) / len(x)",
    "g.mean(axis=within, keepdims=True)",
    "g.sum(axis=within, keepdims=True) / len(x)",
    say="You divide by the batch size. Divide by the number of values in one example.",
)


change(
    "inverse_deviation_forgotten",
    "dx = inverse_deviation * (",
    "dx = (",
    say="s is missing in dx: the whole bracket is multiplied by 1 / sqrt(variance + epsilon).",
)


change(
    "divided",
    "dx = inverse_deviation * (",
    "dx = 1 / inverse_deviation * (",
    say="You divide the bracket by s. s is 1 / sqrt(variance + epsilon) already: multiply.",
)


change(
    "dgamma_from_x",
    "np.sum(dout * x_hat, axis=shared)",
    "np.sum(dout * x, axis=shared)",
    say="Your dgamma is a sum over dout * x. gamma multiplies x_hat: use the normalized values.",
)


change(
    "dgamma_from_g",
    "np.sum(dout * x_hat, axis=shared), np.sum(dout, axis=shared)",
    "np.sum(g * x_hat, axis=shared), np.sum(g, axis=shared)",
    say=(
        "gamma is a factor in your dgamma and dbeta. The slope of gamma * x_hat + beta in gamma "
        "is x_hat, in beta 1: use dout, not g."
    ),
)


change(
    "not_summed",
    "np.sum(dout * x_hat, axis=shared), np.sum(dout, axis=shared)",
    "dout * x_hat, dout",
    say=(
        "You return dgamma and dbeta for each value. gamma and beta act on every example (and "
        "every pixel), so their gradients are sums over every axis but the last."
    ),
)


change(
    "summed_over_the_example",
    "np.sum(dout * x_hat, axis=shared), np.sum(dout, axis=shared)",
    "np.sum(dout * x_hat, axis=within), np.sum(dout, axis=within)",
    say=(
        "Your dgamma and dbeta have one value for each example. There is one gamma for each "
        "channel: sum over every axis but the last."
    ),
)


change(
    "summed_over_batch_only",
    "np.sum(dout * x_hat, axis=shared), np.sum(dout, axis=shared)",
    "np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)",
    say=(
        "You sum over the batch alone. For images the sums run over height and width too: over "
        "every axis but the last."
    ),
)


change(
    "means_for_sums",
    "np.sum(dout * x_hat, axis=shared), np.sum(dout, axis=shared)",
    "np.mean(dout * x_hat, axis=shared), np.mean(dout, axis=shared)",
    say="Your dgamma and dbeta are means. Every value of a channel adds its share: sums.",
)


change(
    "epsilon_fixed",
    "keepdims=True) + epsilon)",
    "keepdims=True) + 1e-3)",
    say="You always add 0.001 to the variance. Use the argument `epsilon`.",
)


change(
    "epsilon_forgotten",
    "keepdims=True) + epsilon)",
    "keepdims=True))",
    say="You forgot epsilon under the root: s = 1 / sqrt(variance + epsilon).",
)


change(
    "shift_first",
    "return dx, np.sum(dout * x_hat, axis=shared), np.sum(dout, axis=shared)",
    "return dx, np.sum(dout, axis=shared), np.sum(dout * x_hat, axis=shared)",
    say="dgamma and dbeta are swapped. The order is dx, dgamma, dbeta.",
)
