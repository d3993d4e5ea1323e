"""Mistakes in `fractal`."""

from autograder.checks import change, instead

change(
    "fractal_sum",
    "layers.Average()([deep, y])",
    "layers.Add()([deep, y])",
    say="Your join adds its two inputs. A join is their mean.",
)

change(
    "fractal_concatenates",
    "layers.Average()([deep, y])",
    "layers.Concatenate()([deep, y])",
    say="Your join concatenates its two inputs. A join is their mean, map by map.",
)

change(
    "fractal_applied_once",
    """
    deep = fractal(fractal(x, filters, columns - 1, below), filters, columns - 1, below)
    """,
    """
    deep = fractal(x, filters, columns - 1, below)
    """,
    say="Beside the convolution you have f_{C-1} once. It is applied twice, one after the other.",
)


@instead(
    "fractal_shared_weights",
    say=(
        "Your two blocks f_{C-1} are one block that is used twice, so they share their weights. "
        "All convolutions have weights of their own."
    ),
)
def fractal(x, filters, columns, column=None):
    if columns > 1 and column != 1:
        below = None if column is None else column - 1
        if x.shape[-1] == filters:
            twice = as_model(fractal)(x.shape[1:], filters, columns - 1, below)
            deep = twice(twice(x))
        else:
            deep = fractal(fractal(x, filters, columns - 1, below), filters, columns - 1, below)
        if column is not None:
            return deep
    y = conv(x, filters, 3)
    y = layers.BatchNormalization()(y)
    y = layers.ReLU()(y)
    return layers.Average()([deep, y]) if columns > 1 and column is None else y


@instead(
    "fractal_convolution_after",
    say="The lone convolution of your f_C reads what f_{C-1} gives. It reads x, beside the others.",
)
def fractal(x, filters, columns, column=None):
    deep = x
    if columns > 1 and column != 1:
        below = None if column is None else column - 1
        deep = fractal(x, filters, columns - 1, below)
        if column is not None:
            return fractal(deep, filters, columns - 1, below)
    y = layers.ReLU()(layers.BatchNormalization()(conv(deep, filters, 3)))
    if columns == 1 or column is not None:
        return y
    return layers.Average()([fractal(deep, filters, columns - 1), y])


@instead(
    "fractal_one_join",
    say=(
        "You join all columns at once where several joins follow one another. Each join has two "
        "inputs, so the longer paths come in with smaller weights."
    ),
)
def fractal(x, filters, columns, column=None):
    def one(x):
        return layers.ReLU()(layers.BatchNormalization()(conv(x, filters, 3)))

    def ends(x, columns):
        if columns == 1:
            return [one(x)]
        inner = ends(x, columns - 1)
        inner = layers.Average()(inner) if len(inner) > 1 else inner[0]
        return [*ends(inner, columns - 1), one(x)]

    if column is not None:
        for _ in range(2 ** (column - 1)):
            x = one(x)
        return x
    found = ends(x, columns)
    return layers.Average()(found) if len(found) > 1 else found[0]


change(
    "fractal_columns_from_the_deepest",
    """
    if columns > 1 and column != 1:
        below = None if column is None else column - 1
        deep = fractal(fractal(x, filters, columns - 1, below), filters, columns - 1, below)
    """,
    """
    if columns > 1:
        if column is not None and column == columns:
            return layers.ReLU()(layers.BatchNormalization()(conv(x, filters, 3)))
        below = column
        deep = fractal(fractal(x, filters, columns - 1, below), filters, columns - 1, below)
    """,
    say=(
        "You number the columns from the deepest to the shortest. Column 1 is the single "
        "convolution, column C the deepest path."
    ),
)

change(
    "fractal_column_in_the_first_half",
    """
    deep = fractal(fractal(x, filters, columns - 1, below), filters, columns - 1, below)
    """,
    """
    deep = fractal(fractal(x, filters, columns - 1, below), filters, columns - 1)
    """,
    say=(
        "You choose the column only in the first of the two blocks f_{C-1}. With global drop-path it is "
        "one column all through."
    ),
)

change(
    "fractal_column_ignored",
    """
    if columns > 1 and column != 1:
    """,
    """
    column = None
    if columns > 1:
    """,
    say="You always build the whole block. With `column` only that one is built, a plain chain.",
)

change(
    "fractal_column_keeps_the_joins",
    """
    if column is not None:
        return deep
    """,
    "",
    "layers.Average()([deep, y]) if columns > 1 and column is None else y",
    "layers.Average()([deep, y]) if columns > 1 and column != 1 else y",
    say=(
        "Beside the chosen column the single convolutions are still there. Every join hands on its one "
        "input that belongs to the column."
    ),
)

change(
    "fractal_without_norm",
    """
    y = layers.BatchNormalization()(y)
    """,
    "",
    say="Your convolutions have no batch normalization. BN and ReLU follow each of them.",
)

change(
    "fractal_relu_before_norm",
    """
    y = layers.BatchNormalization()(y)
    y = layers.ReLU()(y)
    """,
    """
    y = layers.ReLU()(y)
    y = layers.BatchNormalization()(y)
    """,
    say="Your ReLU comes before the batch normalization. The order is convolution, BN, ReLU.",
)

change(
    "fractal_relu_after_the_join",
    """
    y = layers.ReLU()(y)
    return layers.Average()([deep, y]) if columns > 1 and column is None else y
    """,
    """
    if columns > 1 and column is None:
        y = layers.Average()([deep, y])
    return layers.ReLU()(y)
    """,
    say="Your ReLU comes after the join. It belongs to each convolution, before the mean is taken.",
)
