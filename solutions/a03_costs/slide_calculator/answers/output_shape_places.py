"""Counts the places of the window one by one instead of using the formula."""


def output_shape(layer, shape):
    if layer["kind"] in ("flatten", "dense"):
        values = 1
        for side in shape:
            values *= side
        return (values if layer["kind"] == "flatten" else layer["units"],)
    sides = []
    for pixels in shape[:2]:
        padded = pixels + 2 * layer["padding"]
        start, count = 0, 1
        while start + layer["kernel"] < padded:
            start += layer["stride"]
            if start + layer["kernel"] <= padded or layer.get("ceil"):
                count += 1
        sides.append(count)
    channels = layer["filters"] if layer["kind"] == "conv" else shape[2]
    return [*sides, channels]
