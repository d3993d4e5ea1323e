"""Mistakes in `wired_convolution`."""

from autograder.checks import change

change(
    "build_lenet5_c3_ignored",
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    """
    c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    """,
    'x = keras.layers.Flatten(name="flatten")(x)',
    "x = keras.layers.Flatten()(x)",
    'return keras.Model(images, x, name="lenet5")',
    "return keras.Model(images, x)",
    say=(
        "Your network always has its own full C3, whatever is passed as `c3`. If `c3` is not None, "
        "use `c3(x)` in its place."
    ),
    inside="build_lenet5",
)


change(
    "build_lenet5_c3_without_tanh",
    """
    if c3 is None:
        c3 = keras.layers.Conv2D(filters[1], 5, name="C3")
    x = keras.layers.Activation("tanh", name="C3_tanh")(c3(x))
    """,
    """
    c3 = c3 or keras.layers.Conv2D(filters[1], 5, activation="tanh", name="C3")
    x = c3(x)
    """,
    say="When `c3` is passed, there is no tanh after it in your network. The tanh belongs after "
    "C3 in both cases.",
    inside="build_lenet5",
)


change(
    "added",
    "return keras.ops.concatenate(maps, axis=-1)",
    "return keras.ops.sum(keras.ops.concatenate(maps, axis=-1), axis=-1, keepdims=True)",
    say=(
        "You add the sixteen maps up to one. They stand beside each other: concatenate them along "
        "the channels."
    ),
    inside="wired_convolution",
)

change(
    "all_maps",
    "seen = np.flatnonzero(table[:, column]).tolist()",
    "seen = list(range(np.shape(table)[0]))",
    say=(
        "Every one of your small convolutions sees all maps. It gets only those that its column of "
        "the table names."
    ),
    inside="wired_convolution",
)

change(
    "descending",
    "seen = np.flatnonzero(table[:, column]).tolist()",
    "seen = np.flatnonzero(table[:, column]).tolist()[::-1]",
    say=(
        "Your small convolutions get their maps in descending order, so every weight meets the "
        "wrong map. Keep them in the order of the table."
    ),
    inside="wired_convolution",
)

change(
    "first_maps",
    "seen = np.flatnonzero(table[:, column]).tolist()",
    "seen = list(range(int(np.sum(table[:, column]))))",
    say=(
        "You take as many maps as the column has connections, but always the first ones. Take "
        "those whose places in the column are true: `np.flatnonzero`."
    ),
    inside="wired_convolution",
)

change(
    "gap_maps",
    "seen = np.flatnonzero(table[:, column]).tolist()",
    "seen = np.flatnonzero(~table[:, column]).tolist()",
    say=(
        "You take the maps that are not connected: the small convolution needs those where the "
        "column is true."
    ),
    hint=None,
    inside="wired_convolution",
)

change(
    "last_map_first",
    "return keras.ops.concatenate(maps, axis=-1)",
    "return keras.ops.concatenate(maps[::-1], axis=-1)",
    say="Your maps come out in reversed order. Concatenate C3_0 first and the last one last.",
    inside="wired_convolution",
)

change(
    "same_padding",
    'convolution = keras.layers.Conv2D(1, kernel_size, name=f"C3_{column}")',
    'convolution = keras.layers.Conv2D(1, kernel_size, padding="same", name=f"C3_{column}")',
    say="Your small convolutions are padded. LeNet-5 has no padding: 14 × 14 becomes 10 × 10.",
    inside="wired_convolution",
)

change(
    "tanh_inside",
    'convolution = keras.layers.Conv2D(1, kernel_size, name=f"C3_{column}")',
    'convolution = keras.layers.Conv2D(1, kernel_size, activation="tanh", name=f"C3_{column}")',
    say=(
        "Your small convolutions have a tanh already. `build_lenet5` puts one after C3, so here "
        "there must be none."
    ),
    inside="wired_convolution",
)

change(
    "window_fixed",
    'convolution = keras.layers.Conv2D(1, kernel_size, name=f"C3_{column}")',
    'convolution = keras.layers.Conv2D(1, 5, name=f"C3_{column}")',
    say="Your windows are always 5 × 5. Use `kernel_size`.",
    inside="wired_convolution",
)
