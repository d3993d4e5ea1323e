"""You move on to the output shape before the row is finished. Parameters, MACs and memory of a
layer are counted from the shape of its input.
"""

FAILS = ("cost_table",)


def cost_table(layers, input_shape, biases=True, pools=False, kilo=1024):
    rows = []
    shape = input_shape
    for layer, field in zip(layers, receptive_fields(layers), strict=True):
        shape = output_shape(layer, shape)
        rows.append(
            {
                "name": layer["name"],
                "kind": layer["kind"],
                "output_shape": shape,
                "parameters": parameters(layer, shape, biases=biases),
                "macs": macs(layer, shape, pools=pools),
                "memory_kilobytes": memory_kilobytes(layer, shape, kilo=kilo),
                "receptive_field": field,
            }
        )
    return rows
