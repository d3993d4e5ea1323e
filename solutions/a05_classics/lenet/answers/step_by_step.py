"""Loops, recursion and lists."""

import keras
import numpy as np


def receptive_fields(layers):
    if not layers:
        return []
    *before, (kernel, stride) = layers
    fields = receptive_fields(before)
    field, jump = fields[-1] if fields else (1, 1)
    return [*fields, [field + kernel * jump - jump, jump * stride]]


def prepare_images(images, margin=2):
    framed = []
    for image in images:
        ink = 1.175 * image[:, :, 0] - 0.1 * (1 - image[:, :, 0])
        framed.append(np.pad(ink, margin, constant_values=-0.1))
    return np.stack(framed)[..., np.newaxis]


def connection_table():
    columns = ["012", "123", "234", "345", "450", "501"]
    columns += ["0123", "1234", "2345", "3450", "4501", "5012"]
    columns += ["0134", "1245", "2350", "012345"]
    return [[int(str(row) in column) for column in columns] for row in range(6)]


def layer_counts(table, kernel_size, height, width):
    counts = {"parameters": 0, "connections": 0, "macs": 0}
    places = len(range(height - kernel_size + 1)) * len(range(width - kernel_size + 1))
    for column in zip(*np.asarray(table).tolist(), strict=True):
        products = sum(kernel_size**2 for seen in column if seen)
        counts["parameters"] += products + 1
        counts["connections"] += places * (products + 1)
        counts["macs"] += places * products
    return counts


def wired_convolution(x, table, kernel_size=5):
    maps = None
    for f in range(table.shape[1]):
        seen = [x[..., c : c + 1] for c in range(table.shape[0]) if table[c, f]]
        own = seen[0] if len(seen) == 1 else keras.layers.concatenate(seen)
        new = keras.layers.Conv2D(1, kernel_size, name=f"C3_{f}")(own)
        maps = new if maps is None else keras.layers.concatenate([maps, new])
    return maps


def layer_outputs(model, images, names):
    found = {}
    for name in names:
        part = keras.Model(model.input, model.get_layer(name).output)
        found[name] = keras.ops.convert_to_numpy(part(images))
    return found


lenet_macs = {
    "conv1": 784 * 25 * 20,
    "conv2": 196 * 25 * 1000,
    "linear1": 7 * 7 * 50 * 500,
    "linear2": 5000.0,
}
volume_claim = {"filters": [2**2, 4**2], "volumes": (28**2, 14**2 * 20, 7**2 * 50)}
