"""Mistakes in `SparseConv2D`."""

from autograder.checks import change, instead

change(
    "bias_forgotten",
    'return keras.ops.conv(inputs, self.kernel * self.table, padding="valid") + self.bias',
    'return keras.ops.conv(inputs, self.kernel * self.table, padding="valid")',
    say="Your layer makes a bias and never adds it.",
)

change(
    "bias_masked",
    """
    return keras.ops.conv(inputs, self.kernel * self.table, padding="valid") + self.bias
    """,
    """
    return keras.ops.conv(
        inputs, self.kernel * self.table, padding="valid"
    ) + self.bias * self.table.mean(axis=0)
    """,
    say=(
        "Your bias is divided among the connections: a filter has one bias, however many maps it "
        "sees. Just add `self.bias`."
    ),
)

change(
    "config_of_the_parent",
    """
    config = {"table": self.table.tolist(), "kernel_size": self.kernel_size}
    return super().get_config() | config
    """,
    """
    return super().get_config()
    """,
    say=(
        "`get_config` gives only what every layer has, so Keras cannot make your layer once more. "
        "Add `table` and `kernel_size`."
    ),
)

change(
    "config_without_size",
    'config = {"table": self.table.tolist(), "kernel_size": self.kernel_size}',
    'config = {"table": self.table.tolist()}',
    say=(
        "Your configuration leaves out `kernel_size`, so the layer made from it has windows of 5 × "
        "5 again. Add it."
    ),
    hint=None,
)

change(
    "gradient_stopped",
    """
    return keras.ops.conv(inputs, self.kernel * self.table, padding="valid") + self.bias
    """,
    """
    return (
        keras.ops.conv(
            inputs, keras.ops.stop_gradient(self.kernel) * self.table, padding="valid"
        )
        + self.bias
    )
    """,
    say=(
        "You stop the gradient of the whole kernel, so nothing in it is ever trained. The product "
        "with the table stops it at the gaps alone."
    ),
)


@instead(
    "mask_only_in_training",
    say=(
        "Your mask is only applied in training. At test time the missing connections are missing "
        "as well."
    ),
)
class SparseConv2D(keras.layers.Layer):
    def __init__(self, table, kernel_size=5, **kwargs):
        super().__init__(**kwargs)
        self.table = np.array(table, dtype="float32")
        self.kernel_size = kernel_size

    def build(self, input_shape):
        side, filters = self.kernel_size, self.table.shape[1]
        self.kernel = self.add_weight(shape=(side, side, *self.table.shape), name="kernel")
        self.bias = self.add_weight(shape=(filters,), initializer="zeros", name="bias")

    def call(self, inputs, training=False):
        kernel = self.kernel * self.table if training else self.kernel
        return keras.ops.conv(inputs, kernel, padding="valid") + self.bias

    def get_config(self):
        config = {"table": self.table.tolist(), "kernel_size": self.kernel_size}
        return super().get_config() | config


change(
    "masked_once",
    """
    self.kernel = self.add_weight(shape=(side, side, *self.table.shape), name="kernel")
    """,
    """
    self.kernel = self.add_weight(shape=(side, side, *self.table.shape), name="kernel")
    self.kernel.assign(self.kernel * self.table)
    """,
    'return keras.ops.conv(inputs, self.kernel * self.table, padding="valid") + self.bias',
    'return keras.ops.conv(inputs, self.kernel, padding="valid") + self.bias',
    say=(
        "Your `call` convolves with the kernel as it is. To multiply it with the table once, in "
        "`build`, is not enough: training, or loading weights, fills the gaps again, so multiply "
        "in `call`, every time."
    ),
)

change(
    "same_padding",
    'return keras.ops.conv(inputs, self.kernel * self.table, padding="valid") + self.bias',
    'return keras.ops.conv(inputs, self.kernel * self.table, padding="same") + self.bias',
    say=(
        "Your convolution is padded, so the maps keep their size. C3 has no padding: "
        '`padding="valid"`.'
    ),
)

change(
    "table_reversed",
    'return keras.ops.conv(inputs, self.kernel * self.table, padding="valid") + self.bias',
    'return keras.ops.conv(inputs, self.kernel * (1 - self.table), padding="valid") + self.bias',
    say="Your mask is the opposite of the table: it keeps the kernel where there is no connection.",
)

change(
    "table_trainable",
    """
    self.kernel = self.add_weight(shape=(side, side, *self.table.shape), name="kernel")
    """,
    """
    self.kernel = self.add_weight(shape=(side, side, *self.table.shape), name="kernel")
    self.mask = self.add_weight(shape=self.table.shape, name="mask")
    self.mask.assign(self.table)
    """,
    'return keras.ops.conv(inputs, self.kernel * self.table, padding="valid") + self.bias',
    'return keras.ops.conv(inputs, self.kernel * self.mask, padding="valid") + self.bias',
    say=(
        "Your table is a trainable weight, so the optimizer turns connections on and off. Keep it "
        "as an array: `self.table`."
    ),
)


change(
    "kernel_starts_at_zero",
    'name="kernel"',
    'initializer="zeros", name="kernel"',
    say=(
        "Your kernel begins with zeros, so that all filters are alike. Leave `initializer` out: "
        "random numbers are the default."
    ),
)


change(
    "kernel_starts_close_to_zero",
    'name="kernel"',
    'initializer="random_normal", name="kernel"',
    say=(
        "Your kernel begins with numbers of your own choice. Leave `initializer` out: the default "
        "fits the size of the window and the numbers of maps."
    ),
)


change(
    "bias_starts_at_random",
    'initializer="zeros", name="bias"',
    'name="bias"',
    say='Your bias begins with random numbers. It begins with zeros: `initializer="zeros"`.',
)
