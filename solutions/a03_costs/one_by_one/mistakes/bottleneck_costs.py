"""Mistakes in `bottleneck_costs`."""

from autograder.checks import change, instead


@instead(
    "biases_as_macs",
    say=(
        "You count adding a bias as a multiply-add. Only products of an input and a weight count "
        "here."
    ),
)
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = (
            height * width * sum((side**2 * before + 1) * after for side, before, after in layers)
        )
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}


@instead(
    "expansion_forgotten",
    say=(
        "Your bottleneck ends with the large filters. They turn n maps into n, and the 1 × 1 "
        "filters after them expand to F."
    ),
)
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}


@instead(
    "kernel_not_squared",
    say="You count K weights for a filter and map. A filter of K × K has K² of them.",
)
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side * before + 1) * after for side, before, after in layers)
        macs = height * width * sum(side * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}


@instead(
    "middle_to_filters",
    say=(
        "Your middle layer already turns n maps into F, and the 1 × 1 layer after it F into F. The "
        "middle stays narrow: n to n."
    ),
)
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, filters),
        (1, filters, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}


@instead(
    "one_pixel",
    say=(
        "Your multiply-adds are those of a single pixel. Multiply by height and width: each weight "
        "is used at every pixel."
    ),
)
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = 1 * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}


@instead(
    "reduction_after",
    say=(
        "You reduce after the large filters, so these still work on all C maps, which is the "
        "expensive part. The reduction comes first."
    ),
)
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (kernel, channels, narrow),
        (1, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}


@instead(
    "two_for_a_multiply_add",
    say=(
        "You count a multiply-add as two operations. In this course, as on the slides, it counts "
        "as one."
    ),
)
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum((side**2 * before + 1) * after for side, before, after in layers)
        macs = 2 * height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}


@instead(
    "without_biases",
    say=(
        "You left the biases out of the parameters. Every layer has one for each of its filters, "
        "and the bottleneck has three layers."
    ),
)
def bottleneck_costs(height, width, channels, filters, kernel, narrow):
    def cost(layers):
        parameters = sum(side**2 * before * after for side, before, after in layers)
        macs = height * width * sum(side**2 * before * after for side, before, after in layers)
        return {"parameters": parameters, "macs": macs}

    bottleneck = [
        (1, channels, narrow),
        (kernel, narrow, narrow),
        (1, narrow, filters),
    ]
    return {"direct": cost([(kernel, channels, filters)]), "bottleneck": cost(bottleneck)}


change(
    "reduction_forgotten",
    "[(1, channels, narrow), (kernel, narrow, narrow), (1, narrow, filters)]",
    "[(kernel, narrow, narrow), (1, narrow, filters)]",
    say="Your bottleneck has no reduction. 1 × 1 filters bring C maps to n first.",
)


change(
    "kernel_on_all_maps",
    "(kernel, narrow, narrow)",
    "(kernel, channels, narrow)",
    say="Your large filters still see all C maps. After the reduction there are n.",
)


change(
    "one_bias",
    "(side**2 * before + 1) * after",
    "side**2 * before * after + 1",
    say="You count one bias for each layer. Each filter has its own.",
)


change(
    "direct_is_bottleneck",
    '"direct": cost([(kernel, channels, filters)])',
    '"direct": cost([(kernel, channels, narrow)])',
    say="Your direct convolution has n filters. It goes from C to F maps.",
)


change(
    "pixels_in_the_parameters",
    '"parameters": sum(',
    '"parameters": height * width * sum(',
    say=(
        "You multiply the parameters by the pixels. All places share the weights; only the "
        "multiply-adds grow with the image."
    ),
)
