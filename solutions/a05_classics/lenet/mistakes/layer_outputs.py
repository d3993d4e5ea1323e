"""Mistakes in `layer_outputs`."""

from autograder.checks import change

change(
    "first_image",
    "return {name: np.array(value) for name, value in found.items()}",
    "return {name: np.array(value)[0] for name, value in found.items()}",
    say="You return the maps of the first image alone. Keep the batch axis.",
)

change(
    "in_a_row",
    "return {name: np.array(value) for name, value in found.items()}",
    "return [np.array(found[name]) for name in names]",
    say=(
        "You return a list. The answer is a dictionary, so that nobody must remember the order: "
        "`{name: array}`."
    ),
)

change(
    "inputs",
    "outputs = {name: model.get_layer(name).output for name in names}",
    "outputs = {name: model.get_layer(name).input for name in names}",
    say="You return what goes into the layers. Asked for is what comes out: `.output`.",
)

change(
    "rectified",
    "return {name: np.array(value) for name, value in found.items()}",
    "return {name: np.maximum(np.array(value), 0) for name, value in found.items()}",
    say=(
        "You cut off what is negative. Return the answers as they are: the network goes on with "
        "the negative ones as well."
    ),
)

change(
    "shuffled",
    "outputs = {name: model.get_layer(name).output for name in names}",
    "outputs = [layer.output for layer in model.layers if layer.name in names]",
    "return {name: np.array(value) for name, value in found.items()}",
    "return {name: np.array(value) for name, value in zip(names, found, strict=True)}",
    say=(
        "The answers stand under the wrong names: they come in the order of the layers, and you "
        "handed them out in the order of `names`."
    ),
)
