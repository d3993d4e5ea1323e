"""Mistakes in `depthwise_forward`."""

from autograder.checks import change, instead

change(
    "depthwise_flipped",
    "n : n + width] * w[m, n]",
    "n : n + width] * w[-1 - m, -1 - n]",
    say=(
        "You turn the kernel around, as convolution is defined in mathematics. Deep learning "
        "libraries do not: tap (m, n) meets the pixel m below and n to the right."
    ),
)

change(
    "depthwise_sums_over_maps",
    "n : n + width] * w[m, n]",
    "n : n + width].sum(axis=-1, keepdims=True) * w[m, n]",
    say=(
        "Each of your filters sees the sum of all input maps. In a depthwise convolution a filter "
        "looks at its own map and at no other."
    ),
)

change(
    "depthwise_one_filter_for_all",
    "n : n + width] * w[m, n]",
    "n : n + width] * w[m, n, 0]",
    say="You use the first filter for every map. Each map c has a filter of its own, w[:, :, c].",
)

change(
    "depthwise_edge_repeated",
    "padded = np.pad(x, ((0, 0), (rows, rows), (columns, columns), (0, 0)))",
    "padded = np.pad(x, ((0, 0), (rows, rows), (columns, columns), (0, 0)), mode='edge')",
    say="Your frame repeats the pixels of the edge. `same` padding is a frame of zeros.",
)

change(
    "depthwise_sides_of_the_frame_swapped",
    "rows, columns = w.shape[0] // 2, w.shape[1] // 2",
    "columns, rows = w.shape[0] // 2, w.shape[1] // 2",
    hint=(
        "The kernel's height decides how many rows of zeros there are above and below, its width "
        "how many columns on the left and right. They need not be equal."
    ),
    say=(
        "Your frame has the wrong sides: the kernel's height decides how many rows of zeros there "
        "are, its width how many columns."
    ),
)


@instead(
    "depthwise_valid",
    say=(
        "Your output is smaller than the input: there is no frame of zeros around it. With `same` "
        "padding it keeps its height and width."
    ),
)
def depthwise_forward(x, w):
    height, width = x.shape[1] - w.shape[0] + 1, x.shape[2] - w.shape[1] + 1
    y = np.zeros((x.shape[0], height, width, x.shape[3]))
    for m, n in np.ndindex(w.shape[:2]):
        y += x[:, m : m + height, n : n + width] * w[m, n]
    return y


@instead(
    "depthwise_frame_at_the_end",
    say=(
        "Your zeros stand below and on the right only, so everything is moved up and to the left. "
        "Half of the frame belongs above and on the left."
    ),
)
def depthwise_forward(x, w):
    _, height, width, _ = x.shape
    padded = np.pad(x, ((0, 0), (0, w.shape[0] - 1), (0, w.shape[1] - 1), (0, 0)))
    y = np.zeros(x.shape)
    for m, n in np.ndindex(w.shape[:2]):
        y += padded[:, m : m + height, n : n + width] * w[m, n]
    return y


@instead(
    "depthwise_wraps_round",
    say=(
        "What leaves your image on one side comes back on the other. Beyond the edge there are zeros."
    ),
)
def depthwise_forward(x, w):
    y = np.zeros(x.shape)
    for m, n in np.ndindex(w.shape[:2]):
        moved = np.roll(x, (w.shape[0] // 2 - m, w.shape[1] // 2 - n), axis=(1, 2))
        y += moved * w[m, n]
    return y
