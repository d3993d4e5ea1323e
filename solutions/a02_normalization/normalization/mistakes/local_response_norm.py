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
