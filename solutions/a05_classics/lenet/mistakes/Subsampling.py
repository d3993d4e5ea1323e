"""Mistakes in `Subsampling`."""

from autograder.checks import change

change(
    "bias_forgotten",
    "return self.coefficient * keras.ops.average_pool(inputs, 2, strides=2) + self.bias",
    "return self.coefficient * keras.ops.average_pool(inputs, 2, strides=2)",
    say="Your layer makes a bias and never adds it.",
)

change(
    "bias_scaled",
    "return self.coefficient * keras.ops.average_pool(inputs, 2, strides=2) + self.bias",
    "return self.coefficient * (keras.ops.average_pool(inputs, 2, strides=2) + self.bias)",
    say=(
        "You add the bias before you multiply, so it is multiplied, too. The coefficient belongs "
        "to the mean alone."
    ),
)

change(
    "frozen",
    """
    self.coefficient = self.add_weight(shape=shape, initializer="ones", name="coefficient")
    self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")
    """,
    """
    self.coefficient = self.add_weight(
        shape=shape, initializer="ones", trainable=False, name="coefficient"
    )
    self.bias = self.add_weight(shape=shape, initializer="zeros", trainable=False, name="bias")
    """,
    say=(
        "Your weights are not trainable, so the layer can never be more than average pooling. "
        "Leave out `trainable=False`."
    ),
)

change(
    "max_pooling",
    "return self.coefficient * keras.ops.average_pool(inputs, 2, strides=2) + self.bias",
    "return self.coefficient * keras.ops.max_pool(inputs, 2, strides=2) + self.bias",
    say="You take the largest of the four values; subsampling takes their mean.",
)

change(
    "one_for_all",
    "shape = (input_shape[-1],)",
    "shape = (1,)",
    say=(
        "You made one coefficient and one bias for all maps. Each map has its own: the shape is "
        "`(channels,)`."
    ),
)

change(
    "stride_one",
    "return self.coefficient * keras.ops.average_pool(inputs, 2, strides=2) + self.bias",
    "return self.coefficient * keras.ops.average_pool(inputs, 2, strides=1) + self.bias",
    say="Your windows overlap: they move by one pixel. With stride 2 they stand side by side.",
)

change(
    "sum",
    "return self.coefficient * keras.ops.average_pool(inputs, 2, strides=2) + self.bias",
    "return self.coefficient * 4 * keras.ops.average_pool(inputs, 2, strides=2) + self.bias",
    say=(
        "Your layer multiplies the sum of the four values, four times the mean. With coefficient 1 "
        "it must be average pooling."
    ),
)

change(
    "zeros_at_the_start",
    'self.coefficient = self.add_weight(shape=shape, initializer="ones", name="coefficient")',
    'self.coefficient = self.add_weight(shape=shape, initializer="zeros", name="coefficient")',
    say=(
        "Your coefficients start at 0, and so does everything that the layer gives. Start them at "
        "1, where the layer is plain average pooling."
    ),
)
