"""Mistakes in `inception_v3`."""

from autograder.checks import change

change(
    "v3_double_not_doubled",
    "doubles = [3, 3] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]",
    "doubles = [3, 3] if n is None else [(n, 1), (1, n)]",
    say=(
        "With n, your double branch has one pair of filters. It has two: n × 1, 1 × n, n × 1, 1 × "
        "n."
    ),
)

change(
    "v3_five_kept",
    "doubles = [3, 3] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]",
    "doubles = [5] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]",
    say="Your double branch still has a 5 × 5 filter. Version 3 replaces it by two of 3 × 3.",
)

change(
    "v3_max_pool",
    'pool = keras.layers.AveragePooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)',
    'pool = keras.layers.MaxPooling2D(3, strides=1, padding="same", name=f"{name}_pool")(x)',
    say="You take the maximum. The modules of version 3 pool with an average.",
)

change(
    "v3_one_three",
    "doubles = [3, 3] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]",
    "doubles = [3] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]",
    say=(
        "Your double branch has one 3 × 3 filter, which sees 3 × 3 pixels. Two in a row take the "
        "place of the 5 × 5."
    ),
)

change(
    "v3_pool_without_projection",
    "ones, reduce_single, single, reduce_double, double, projection = filters",
    "ones, reduce_single, single, reduce_double, double, _projection = filters",
    'conv_bn(pool, projection, 1, f"{name}_pool_proj"),',
    "pool,",
    say="Your pool branch has no 1 × 1 unit. It follows the average pooling.",
)

change(
    "v3_sides_exchanged",
    """
    singles = [3] if n is None else [(1, n), (n, 1)]
    doubles = [3, 3] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]
    """,
    """
    singles = [3] if n is None else [(n, 1), (1, n)]
    doubles = [3, 3] if n is None else [(1, n), (n, 1), (1, n), (n, 1)]
    """,
    say=(
        "You exchange 1 × n and n × 1. A `kernel_size` is (height, width): the single branch "
        "starts with (1, n), the double one with (n, 1)."
    ),
)

change(
    "v3_whole_filters",
    """
    singles = [3] if n is None else [(1, n), (n, 1)]
    doubles = [3, 3] if n is None else [(n, 1), (1, n), (n, 1), (1, n)]
    """,
    """
    singles = [3] if n is None else [(n, n)]
    doubles = [3, 3] if n is None else [(n, n), (n, n)]
    """,
    say="You keep whole n × n filters. With n, each of them is cut into 1 × n and n × 1.",
)

change(
    "v3_wide_early",
    "width = maps if number == len(kernels) else reduction",
    "width = maps",
    say=(
        "All filters of your branches have the final width. Only the last one has; those before it "
        "have as many as the reduction."
    ),
)

change(
    "v3_pool_without_stride",
    "keras.layers.AveragePooling2D(3, strides=1, padding",
    "keras.layers.AveragePooling2D(2, strides=1, padding",
    say="Your pooling windows are 2 × 2. They are 3 × 3.",
)


change(
    "v3_columns_mixed_up",
    "ones, reduce_single, single, reduce_double, double, projection = filters",
    "ones, single, reduce_single, double, reduce_double, projection = filters",
    say=(
        "You exchange reductions and branches. The row is: one; single reduce, single; double "
        "reduce, double; pool."
    ),
)
