"""Mistakes in `cost_table`."""

from autograder.checks import change

change(
    "biases_not_handed_on",
    '"parameters": parameters(layer, shape, biases=biases),',
    '"parameters": parameters(layer, shape),',
    say=(
        "Your table ignores `biases`. If the check of `parameters` passes, you only have to hand "
        "the argument on: `parameters(layer, shape, biases=biases)`."
    ),
)

change(
    "image_for_every_layer",
    """
    )
    shape = output_shape(layer, shape)
    """,
    """
    )
    """,
    say=(
        "You give every layer the shape of the image. Each layer gets what the one before it puts "
        "out: after each row set the shape to that layer's output."
    ),
)

change(
    "input_shapes",
    '"output_shape": output_shape(layer, shape),',
    '"output_shape": shape,',
    say=(
        "You write the input shape into the column `output_shape`. Call `output_shape(layer, "
        "shape)` for it."
    ),
)

change(
    "kilo_not_handed_on",
    '"memory_kilobytes": memory_kilobytes(layer, shape, kilo=kilo),',
    '"memory_kilobytes": memory_kilobytes(layer, shape),',
    say=(
        "Your table ignores `kilo`. If the check of `memory_kilobytes` passes, you only have to "
        "hand the argument on: `memory_kilobytes(layer, shape, kilo=kilo)`."
    ),
)

change(
    "pools_not_handed_on",
    '"macs": macs(layer, shape, pools=pools),',
    '"macs": macs(layer, shape),',
    say=(
        "Your table ignores `pools`. If the check of `macs` passes, you only have to hand the "
        "argument on: `macs(layer, shape, pools=pools)`."
    ),
)

change(
    "shape_too_early",
    """
    for layer, field in zip(layers, receptive_fields(layers), strict=True):
    """,
    """
    for layer, field in zip(layers, receptive_fields(layers), strict=True):
        shape = output_shape(layer, shape)
    """,
    '"output_shape": output_shape(layer, shape),',
    '"output_shape": shape,',
    """
    )
    shape = output_shape(layer, shape)
    """,
    """
    )
    """,
    say=(
        "You move on to the output shape before the row is finished. Parameters, MACs and memory "
        "of a layer are counted from the shape of its input."
    ),
)

change(
    "totals_added",
    "return rows",
    "return [*rows, rows[-1]]",
    say="You return one row more than there are layers.",
)


change(
    "running_parameters",
    '"parameters": parameters(layer, shape, biases=biases),',
    '"parameters": parameters(layer, shape, biases=biases) + (rows[-1]["parameters"] if rows else 0),',
    say=("Your parameters are added up from layer to layer. Each row has those of its own layer."),
)


change(
    "parameters_of_the_output",
    "parameters(layer, shape, biases=biases)",
    "parameters(layer, output_shape(layer, shape), biases=biases)",
    say=(
        "You hand `parameters` the shape that the layer puts out. It asks for the one that comes "
        "in, `shape`."
    ),
)


change(
    "macs_of_the_output",
    "macs(layer, shape, pools=pools)",
    "macs(layer, output_shape(layer, shape), pools=pools)",
    say=(
        "You hand `macs` the shape that the layer puts out. It asks for the one that comes "
        "in, `shape`."
    ),
)


change(
    "memory_kilobytes_of_the_output",
    "memory_kilobytes(layer, shape, kilo=kilo)",
    "memory_kilobytes(layer, output_shape(layer, shape), kilo=kilo)",
    say=(
        "You hand `memory_kilobytes` the shape that the layer puts out. It asks for the one that comes "
        "in, `shape`."
    ),
)
