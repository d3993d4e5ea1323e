"""You give every layer the shape of the image. Each layer gets what the one before it puts out:
after each row set the shape to that layer's output.
"""

FAILS = ("cost_table",)


def cost_table(layers, input_shape, biases=True, pools=False, kilo=1024):
    rows = []
    shape = input_shape
    for layer, field in zip(layers, receptive_fields(layers), strict=True):
        rows.append(
            {
                "name": layer["name"],
                "kind": layer["kind"],
                "output_shape": output_shape(layer, shape),
                "parameters": parameters(layer, shape, biases=biases),
                "macs": macs(layer, shape, pools=pools),
                "memory_kilobytes": memory_kilobytes(layer, shape, kilo=kilo),
                "receptive_field": field,
            }
        )
    return rows
