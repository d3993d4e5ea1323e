"""Computes whole columns first and puts the rows together at the end."""


def cost_table(layers, input_shape, biases=True, pools=False, kilo=1024):
    shapes = [input_shape]
    for layer in layers:
        shapes.append(output_shape(layer, shapes[-1]))
    columns = {
        "name": [layer["name"] for layer in layers],
        "kind": [layer["kind"] for layer in layers],
        "output_shape": shapes[1:],
        "parameters": [parameters(*pair, biases) for pair in zip(layers, shapes, strict=False)],
        "macs": [macs(*pair, pools) for pair in zip(layers, shapes, strict=False)],
        "memory_kilobytes": [
            memory_kilobytes(*pair, kilo=kilo) for pair in zip(layers, shapes, strict=False)
        ],
        "receptive_field": receptive_fields(layers),
        "input_shape": shapes[:-1],
    }
    return [{name: column[i] for name, column in columns.items()} for i in range(len(layers))]
