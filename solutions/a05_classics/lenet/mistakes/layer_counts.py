"""Mistakes in `layer_counts`."""

from autograder.checks import change

change(
    "bias_connected_once",
    '"connections": places * parameters,',
    '"connections": places * weights + np.shape(table)[1],',
    say=(
        "If nothing is shared, every place has a bias of its own as well: P (K² X + F) connections."
    ),
)


change(
    "bias_for_each_connection",
    """
    parameters = weights + np.shape(table)[1]
    """,
    """
    parameters = weights + int(np.sum(table))
    """,
    say="You gave a bias to every connection. A map of the output has one bias, however many maps "
    "it sees.",
    inside="layer_counts",
)


change(
    "bias_for_each_input",
    """
    parameters = weights + np.shape(table)[1]
    """,
    """
    parameters = weights + np.shape(table)[0]
    """,
    say="You gave a bias to every map of the input; it belongs to the filters, the columns of the "
    "table.",
    inside="layer_counts",
)


change(
    "biases_multiplied",
    '"macs": places * weights,',
    '"macs": places * parameters,',
    say="Adding a bias is no multiply-add here: only the products of the windows count.",
)

change(
    "full_table",
    "weights = kernel_size**2 * int(np.sum(table))",
    "weights = kernel_size**2 * np.size(table)",
    say=(
        "You counted every place of the table. Only where it is true there is a connection: "
        "`np.sum(table)` counts these."
    ),
)

change(
    "kernel_not_squared",
    "weights = kernel_size**2 * int(np.sum(table))",
    "weights = kernel_size * int(np.sum(table))",
    say="A window has K × K weights; you counted K.",
)

change(
    "places_minus_one",
    "places = (height - kernel_size + 1) * (width - kernel_size + 1)",
    "places = max(height - kernel_size, 1) * max(width - kernel_size, 1)",
    say="A window of K stands at H - K + 1 places along a side; you forgot the 1.",
)

change(
    "same_padding",
    "places = (height - kernel_size + 1) * (width - kernel_size + 1)",
    "places = height * width",
    say=(
        "You let the filters stand at every pixel. Without padding there are (H - K + 1)(W - K + "
        "1) places."
    ),
)


change(
    "without_biases",
    """
    parameters = weights + np.shape(table)[1]
    """,
    """
    parameters = weights
    """,
    say="The biases are missing: every filter has one, and it is a parameter.",
    inside="layer_counts",
)
