"""Lists of maps before and after."""


def stage_costs(stages, input_shape=(224, 224, 3)):
    before, found = input_shape[2], []
    for number, entries in enumerate(stages):
        sizes = [entry for entry in entries if entry != "LRN"]
        after = [filters for _, filters in sizes]
        pixels = (input_shape[0] >> number) * (input_shape[1] >> number)
        inputs = [before, *after[:-1]]
        weights = [k * k * c * f for (k, f), c in zip(sizes, inputs, strict=True)]
        before = after[-1]
        found.append(
            {
                "macs": pixels * sum(weights),
                "weights": sum(weights),
                "values": pixels * sum(after),
            }
        )
    return found
