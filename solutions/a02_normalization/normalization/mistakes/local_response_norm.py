"""Mistakes in `local_response_norm`."""

from autograder.checks import change, instead

change(
    "alpha_divided",
    "result = np.empty_like(x)",
    "total = np.zeros_like(x)",
    """
    for c in range(channels):
        window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
        result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta
    return result
    """,
    """
    for c in range(channels):
        first, last = max(0, c - n // 2), min(channels - 1, c + n // 2)
        total[..., c] = np.sum(x[..., first : last + 1] ** 2, axis=-1)
    return x / (k + alpha / n * total) ** beta
    """,
    say=(
        "You divide alpha by n, as Caffe and PyTorch do. The paper, and this task, multiply the "
        "sum by alpha itself."
    ),
)

change(
    "exponent_forgotten",
    "result = np.empty_like(x)",
    "total = np.zeros_like(x)",
    """
    for c in range(channels):
        window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
        result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta
    return result
    """,
    """
    for c in range(channels):
        first, last = max(0, c - n // 2), min(channels - 1, c + n // 2)
        total[..., c] = np.sum(x[..., first : last + 1] ** 2, axis=-1)
    return x / (k + alpha * total)
    """,
    say="You divide by k + alpha * sum. Raise it to the power beta first.",
)

change(
    "k_outside",
    "result = np.empty_like(x)",
    "total = np.zeros_like(x)",
    """
    for c in range(channels):
        window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
        result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta
    return result
    """,
    """
    for c in range(channels):
        first, last = max(0, c - n // 2), min(channels - 1, c + n // 2)
        total[..., c] = np.sum(x[..., first : last + 1] ** 2, axis=-1)
    return x / (k + (alpha * total) ** beta)
    """,
    say="You add k after the power. It belongs inside the bracket: (k + alpha * sum) ** beta.",
)

change(
    "last_left_out",
    "result = np.empty_like(x)",
    "total = np.zeros_like(x)",
    """
    for c in range(channels):
        window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
        result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta
    return result
    """,
    """
    for c in range(channels):
        first, last = max(0, c - n // 2), min(channels - 1, c + n // 2)
        total[..., c] = np.sum(x[..., first:last] ** 2, axis=-1)
    return x / (k + alpha * total) ** beta
    """,
    say=(
        "Your window ends one channel too early. A slice leaves its end out, so it must end at c + "
        "n // 2 + 1."
    ),
)

change(
    "not_squared",
    "result = np.empty_like(x)",
    "total = np.zeros_like(x)",
    """
    for c in range(channels):
        window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
        result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta
    return result
    """,
    """
    for c in range(channels):
        first, last = max(0, c - n // 2), min(channels - 1, c + n // 2)
        total[..., c] = np.sum(x[..., first : last + 1], axis=-1)
    return x / np.abs(k + alpha * total) ** beta
    """,
    say="You sum the activations. The sum is over their squares.",
)

change(
    "radius_n",
    "result = np.empty_like(x)",
    "total = np.zeros_like(x)",
    """
    for c in range(channels):
        window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
        result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta
    return result
    """,
    """
    for c in range(channels):
        first, last = max(0, c - n), min(channels - 1, c + n)
        total[..., c] = np.sum(x[..., first : last + 1] ** 2, axis=-1)
    return x / (k + alpha * total) ** beta
    """,
    say=(
        "You take n neighbours on each side. n is the width of the whole window: n // 2 on each "
        "side."
    ),
)


@instead(
    "window_of_pixels",
    say=(
        "Your window runs along the width of the image. Local response normalization sums over "
        "neighbouring channels at one pixel."
    ),
)
def local_response_norm(x, k=2.0, n=5, alpha=1e-4, beta=0.75):
    width = x.shape[2]
    total = np.zeros_like(x)
    for c in range(width):
        first, last = max(0, c - n // 2), min(width - 1, c + n // 2)
        total[:, :, c] = np.sum(x[:, :, first : last + 1] ** 2, axis=2)
    return x / (k + alpha * total) ** beta


change(
    "wraps_around",
    "result = np.empty_like(x)",
    "total = np.zeros_like(x)",
    """
    for c in range(channels):
        window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]
        result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta
    return result
    """,
    """
    for c in range(channels):
        window = [(c + shift) % channels for shift in range(-(n // 2), n // 2 + 1)]
        total[..., c] = np.sum(x[..., window] ** 2, axis=-1)
    return x / (k + alpha * total) ** beta
    """,
    say=(
        "Your window wraps around: the first channel sees the last ones. At the ends the window is "
        "cut off."
    ),
)

change(
    "whole_numbers",
    "result = np.empty_like(x)",
    "result = np.zeros(x.shape, dtype=int)",
    say=(
        "Your result is an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(x.shape)`."
    ),
)


change(
    "constants_fixed",
    "result[..., c] = x[..., c] / (k + alpha * np.sum(window**2, axis=-1)) ** beta",
    "result[..., c] = x[..., c] / (2 + 1e-4 * np.sum(window**2, axis=-1)) ** 0.75",
    say="You always use AlexNet's constants. Use the arguments k, alpha and beta.",
)


change(
    "window_fixed",
    "window = x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]",
    "window = x[..., max(0, c - 2) : min(channels, c + 3)]",
    say="Your window always holds five channels. Use the argument `n`: n // 2 on each side.",
)


change(
    "start_not_cut_off",
    "max(0, c - n // 2)",
    "c - n // 2",
    say=(
        "At the first channels your slice begins at a negative number, which Python counts "
        "from the end. Cut it off: max(0, c - n // 2)."
    ),
)


change(
    "sum_normalized",
    "np.sum(window**2, axis=-1)",
    "np.mean(window**2, axis=-1)",
    say="You take the mean of the squares. The formula has their sum.",
)


change(
    "multiplied",
    "result[..., c] = x[..., c] / (",
    "result[..., c] = x[..., c] * (",
    say="You multiply by the bracket. Each value is *divided* by it.",
)


change(
    "itself_left_out",
    "np.sum(window**2, axis=-1)",
    "(np.sum(window**2, axis=-1) - x[..., c] ** 2)",
    say=(
        "You leave the channel itself out of the sum. The window runs from c - n // 2 to c + "
        "n // 2, with c in it."
    ),
)


change(
    "one_pixel_for_all",
    "np.sum(window**2, axis=-1)",
    "np.sum(window**2, axis=(1, 2, 3), keepdims=True)[..., 0]",
    say=(
        "You sum over the pixels as well. Only the neighbouring channels of the *same* pixel count."
    ),
)


change(
    "window_of_those_behind",
    "x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]",
    "x[..., c : min(channels, c + n)]",
    say=(
        "Your window begins at the channel itself and takes those that follow. It has n // 2 "
        "channels on each side."
    ),
)


change(
    "window_of_those_before",
    "x[..., max(0, c - n // 2) : min(channels, c + n // 2 + 1)]",
    "x[..., max(0, c - n + 1) : c + 1]",
    say="Your window ends at the channel itself. It has n // 2 channels on each side.",
)
