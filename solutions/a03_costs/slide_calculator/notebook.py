# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The slide calculator
#
# The slides are full of numbers: output sizes, kilobytes, parameters, millions of operations. In
# this notebook you write the small calculator that produces all of them, check the tables of
# AlexNet, GoogLeNet and VGG with it, and find out what went wrong in four numbers that are printed
# wrong. It is arithmetic only: no layer is ever run, so whole networks take a millisecond.
#
# After each function stands a `check(...)` cell. Run it as often as you like. The later functions
# use the earlier ones, and so do their checks: make the checks pass in order.

# %%
import math
import re

import matplotlib.pyplot as plt

from course_lib import check, slides
from course_lib.slides import networks

# %% [markdown]
# ## 1. A network as data
#
# A layer is described by a small dictionary, a network by a list of them. These four functions only
# fill in the dictionary; every layer has all the entries of its kind.

# %%


def conv(name, filters, kernel, stride=1, padding=0, groups=1, bias=True):
    """A convolution; `kernel` is one side of the square window, `padding` the zeros on each side.

    Each of the `filters` sees `input channels / groups` channels.
    """
    return {
        "kind": "conv",
        "name": name,
        "filters": filters,
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
        "groups": groups,
        "bias": bias,
    }


def pool(name, kernel, stride, padding=0, ceil=False, mode="max"):
    """A max or average pooling; `ceil` says that its output size is rounded up."""
    return {
        "kind": "pool",
        "name": name,
        "kernel": kernel,
        "stride": stride,
        "padding": padding,
        "ceil": ceil,
        "mode": mode,
    }


def flatten(name):
    """All values of a feature map as one vector."""
    return {"kind": "flatten", "name": name}


def dense(name, units, bias=True):
    """A fully connected layer: every unit sees all values of its input, whatever its shape."""
    return {"kind": "dense", "name": name, "units": units, "bias": bias}


conv("Conv1", filters=64, kernel=11, stride=4, padding=2)

# %% [markdown]
# The networks of the slides need not be typed. The course library holds a *ledger* of the decks:
# their layer tables and every number they print, each with an id such as F0053. `layers_of` brings
# a table into the form above, each layer together with the shape of its input.

# %%


def layers_of(network):
    """The layers of one of the ledger's networks, as a list of `(layer, input_shape)`.

    Shapes are `(height, width, channels)`, for one image.
    """
    found = []
    for row in networks.get(network).rows:
        layer, kind = row.layer, type(row.layer).__name__
        channels, height, width = row.input
        special = kind == "Conv" and (
            layer.groups == "depthwise" or layer.batch_norm or layer.connections is not None
        )
        if kind == "Conv" and not special:
            padding = (layer.kernel - 1) // 2 if layer.pad == "same" else layer.pad
            described = conv(
                layer.name,
                layer.filters,
                layer.kernel,
                layer.stride,
                padding,
                layer.groups,
                layer.bias,
            )
        elif kind == "Pool":
            described = pool(
                layer.name, layer.kernel, layer.stride, layer.pad, layer.ceil, layer.kind
            )
        elif kind == "Dense":
            described = dense(layer.name, layer.units, layer.bias)
        elif kind == "Flatten":
            described = flatten(layer.name)
        else:
            raise ValueError(f"`layers_of` cannot describe this layer. Received: {layer}")
        found.append((described, (height, width, channels)))
    return found


def network_of(network):
    """One of the ledger's networks without branches: its layers and the shape of its input."""
    pairs = layers_of(network)
    return [layer for layer, _ in pairs], pairs[0][1]


def printed(*fact_ids):
    """Print what the slides say, and where."""
    for fact_id in fact_ids:
        fact = slides.fact(fact_id)
        unit = f" {fact.unit}" if fact.unit else ""
        print(f"{fact.id}  {fact.statement}: {fact.printed}{unit}  ({fact.citation})")


alexnet, image_shape = network_of("alexnet64")
print("The image:", image_shape)
for layer in alexnet:
    print(layer)

# %% [markdown]
# ## 2. One layer
#
# ### Output shape
#
# In each of the two directions a window of side $K$ fits
#
# $$\text{output size} = \left\lfloor \frac{W - K + 2P}{S} \right\rfloor + 1$$
#
# times into $W$ pixels with $P$ zeros on each side (*Lecture 7*, Recap: Convolution Layer
# Dimensions). That is the rule of every convolution. A pooling may round **up** instead, when its
# description says `ceil`; the slides do not always say which rounding they mean, so here it is an
# explicit entry. A convolution puts out one channel for each filter; a pooling keeps the channels.
#
# Shapes are `(height, width, channels)`, and `(units,)` after a flatten or dense layer. Height and
# width need not be equal.


# %% nbgrader={"grade": false, "grade_id": "output_shape_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def output_shape(layer, shape):
    """The shape that a layer puts out for one image.

    Args:
        layer: a description, of kind `conv`, `pool`, `flatten` or `dense`.
        shape: shape of its input, `(height, width, channels)` or `(units,)`.

    Returns:
        A tuple of whole numbers: `(height, width, channels)` or `(units,)`.
    """
    ### BEGIN SOLUTION
    if layer["kind"] == "flatten":
        return (math.prod(shape),)
    if layer["kind"] == "dense":
        return (layer["units"],)

    def size(pixels):
        span = pixels - layer["kernel"] + 2 * layer["padding"]
        if layer["kind"] == "pool" and layer["ceil"]:
            return math.ceil(span / layer["stride"]) + 1
        return span // layer["stride"] + 1

    height, width, channels = shape
    return size(height), size(width), layer["filters"] if layer["kind"] == "conv" else channels
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_output_shape", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("layer_output_shape", output_shape)

# %% [markdown]
# ### Parameters
#
# A filter has one weight for each pixel of its window in each input channel that it sees. With
# $G$ groups it sees $C_{in} / G$ of them, and a layer of $F$ filters has
#
# $$\text{parameters} = K \cdot K \cdot \frac{C_{in}}{G} \cdot F + F$$
#
# of which the last $F$ are the biases, if the layer has any (*Lecture 7*, AlexNet). A dense layer
# has a weight from each of its inputs to each of its units, and a bias for each unit. Pooling and
# flatten have no parameters.
#
# Some slides count biases and others do not. So `biases=False` asks for the weights alone, of any
# layer.


# %% nbgrader={"grade": false, "grade_id": "parameters_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def parameters(layer, shape, biases=True):
    """The number of parameters of a layer.

    Args:
        layer: a description.
        shape: shape of its input.
        biases: whether biases are counted, where the layer has them.
    """
    ### BEGIN SOLUTION
    if layer["kind"] == "conv":
        seen = shape[-1] // layer["groups"]
        weights, outputs = layer["kernel"] ** 2 * seen * layer["filters"], layer["filters"]
    elif layer["kind"] == "dense":
        weights, outputs = math.prod(shape) * layer["units"], layer["units"]
    else:
        return 0
    return weights + (outputs if biases and layer["bias"] else 0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_parameters", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("layer_parameters", parameters)

# %% [markdown]
# ### Multiply-adds
#
# One multiplication together with one addition is one *multiply-add* or MAC. The slides call it one
# FLOP; elsewhere it counts as two, so beware when you compare. Each value that a convolution puts
# out takes one for every weight of its filter (*Lecture 7*, AlexNet):
#
# $$\text{MACs} = (H_{out} \cdot W_{out} \cdot F) \cdot \left(K \cdot K \cdot \frac{C_{in}}{G}\right)$$
#
# A dense layer takes one for every weight. Biases are not counted. Lecture 7 charges a pooling
# $K \cdot K$ operations for each value that it puts out, other slides nothing: `pools` decides.


# %% nbgrader={"grade": false, "grade_id": "macs_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def macs(layer, shape, pools=False):
    """The multiply-adds of a layer, for one image.

    Args:
        layer: a description.
        shape: shape of its input.
        pools: whether a pooling counts with K * K operations for each output value.
    """
    ### BEGIN SOLUTION
    outputs = math.prod(output_shape(layer, shape))
    if layer["kind"] == "conv":
        return outputs * layer["kernel"] ** 2 * (shape[-1] // layer["groups"])
    if layer["kind"] == "dense":
        return outputs * math.prod(shape)
    if layer["kind"] == "pool" and pools:
        return outputs * layer["kernel"] ** 2
    return 0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_macs", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("layer_macs", macs)

# %% [markdown]
# ### Memory
#
# The values that a layer puts out must be kept, for the next layer and for the backward pass. In
# `float32` each of them takes 4 bytes (*Lecture 7*, AlexNet: $64 \cdot 56 \cdot 56 \cdot 4 / 1024$
# KB). A kilobyte is 1024 bytes on some slides and 1000 on others.


# %% nbgrader={"grade": false, "grade_id": "memory_kilobytes_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def memory_kilobytes(layer, shape, bytes_per_value=4, kilo=1024):
    """The memory of what a layer puts out for one image, in kilobytes.

    Args:
        layer: a description.
        shape: shape of its input.
        bytes_per_value: size of one value; 4 for `float32`.
        kilo: bytes in a kilobyte, 1024 or 1000.

    Returns:
        A number, not rounded.
    """
    ### BEGIN SOLUTION
    return math.prod(output_shape(layer, shape)) * bytes_per_value / kilo
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "layer_memory", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("layer_memory", memory_kilobytes)

# %% [markdown]
# ### Predict before you run
#
# A 3 × 3 convolution with stride 1, padding 1 and without biases costs some number of parameters,
# MACs and kilobytes. By what **factor** does each of the three grow when
#
# - `sides`: height and width of the input double;
# - `channels`: the input has twice as many channels, and the layer twice as many filters;
# - `batch`: two images are processed instead of one?
#
# Write the factors down before you compute anything. Your functions count for one image, so the
# third line has to be thought out anyway.

# %% nbgrader={"grade": false, "grade_id": "doubling_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write nine whole numbers in this form:
# doubling = {
#     "sides": {"parameters": ..., "macs": ..., "memory": ...},
#     "channels": {"parameters": ..., "macs": ..., "memory": ...},
#     "batch": {"parameters": ..., "macs": ..., "memory": ...},
# }
### BEGIN SOLUTION
doubling = {
    "sides": {"parameters": 1, "macs": 4, "memory": 4},
    "channels": {"parameters": 4, "macs": 4, "memory": 2},
    "batch": {"parameters": 1, "macs": 2, "memory": 2},
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "doubling", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("doubling", doubling)

# %% [markdown]
# ## 3. Many layers
#
# ### Receptive fields
#
# How many pixels of the image, in one direction, can change one value of a layer? Carry two numbers
# along, both 1 at the image: the field $r$, and the *jump* $j$, the distance in the image between
# two neighbouring values. A convolution or pooling with kernel $K$ and stride $S$ makes of them
#
# $$r \leftarrow r + (K - 1)\, j, \qquad j \leftarrow j\, S$$
#
# For stride 1 this is the $1 + L\,(K - 1)$ of *Lecture 7*, Recap: Receptive Fields. Padding does
# not matter. From the first flatten or dense layer on, a value sees the whole image: write `None`.


# %% nbgrader={"grade": false, "grade_id": "receptive_fields_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def receptive_fields(layers):
    """The receptive field after each layer of a network.

    Args:
        layers: descriptions, from the first layer to the last.

    Returns:
        A list with one entry for each layer: a number of pixels, or `None` for the whole image.
    """
    ### BEGIN SOLUTION
    fields = []
    field, jump = 1, 1
    for layer in layers:
        if field is None or layer["kind"] in ("flatten", "dense"):
            field = None
        else:
            field += (layer["kernel"] - 1) * jump
            jump *= layer["stride"]
        fields.append(field)
    return fields
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "network_receptive_fields", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("network_receptive_fields", receptive_fields)

# %% [markdown]
# ### The table
#
# Now put your five functions together. Each layer gets the output shape of the one before it. The
# conventions stay arguments, and you pass them on to the functions that need them.


# %% nbgrader={"grade": false, "grade_id": "cost_table_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def cost_table(layers, input_shape, biases=True, pools=False, kilo=1024):
    """What each layer of a network costs.

    Args:
        layers: descriptions, from the first layer to the last.
        input_shape: shape of the image, `(height, width, channels)`.
        biases, pools, kilo: the conventions of `parameters`, `macs` and `memory_kilobytes`.

    Returns:
        A list with a dictionary for each layer. Its entries are `name`, `kind`, `output_shape`,
        `parameters`, `macs`, `memory_kilobytes` and `receptive_field`.
    """
    ### BEGIN SOLUTION
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
        shape = output_shape(layer, shape)
    return rows
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "cost_table", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("cost_table", cost_table)

# %% [markdown]
# Two helpers for the rest of the notebook: `total` adds up a column of your table, over all layers
# or over some kinds only, and `show` prints the table.

# %%


def total(rows, column, kinds=("conv", "pool", "flatten", "dense")):
    """The sum of a column over the layers of the given kinds."""
    return sum(row[column] for row in rows if row["kind"] in kinds)


def show(rows):
    """Print a cost table."""
    print(f"{'layer':12}{'output':>16}{'parameters':>14}{'MACs':>16}{'KB':>10}{'field':>8}")
    for row in rows:
        shape = " × ".join(map(str, row["output_shape"]))
        field = row["receptive_field"] or "all"
        print(
            f"{row['name']:12}{shape:>16}{row['parameters']:14,}{row['macs']:16,}"
            f"{row['memory_kilobytes']:10,.2f}{field:>8}"
        )
    print(
        f"{'total':28}{total(rows, 'parameters'):14,}{total(rows, 'macs'):16,}"
        f"{total(rows, 'memory_kilobytes'):10,.2f}"
    )


alexnet_rows = cost_table(alexnet, image_shape)
show(alexnet_rows)

# %% [markdown]
# Does the library agree? This builds the same network of Keras layers and counts it with
# `course_lib.costs`, which looks at real Keras models (without allocating their weights).

# %%


def keras_model(layers, input_shape):
    """The network as a Keras model. Poolings must round down."""
    import keras  # takes seconds, and nothing else here needs it

    model = keras.Sequential([keras.Input(input_shape)])
    for layer in layers:
        if layer.get("padding"):
            model.add(keras.layers.ZeroPadding2D(layer["padding"], name=f"pad_{layer['name']}"))
        if layer["kind"] == "conv":
            model.add(
                keras.layers.Conv2D(
                    layer["filters"],
                    layer["kernel"],
                    layer["stride"],
                    groups=layer["groups"],
                    use_bias=layer["bias"],
                    name=layer["name"],
                )
            )
        elif layer["kind"] == "pool":
            kind = keras.layers.MaxPooling2D
            if layer["mode"] == "average":
                kind = keras.layers.AveragePooling2D
            model.add(kind(layer["kernel"], layer["stride"], name=layer["name"]))
        elif layer["kind"] == "flatten":
            model.add(keras.layers.Flatten(name=layer["name"]))
        else:
            if len(model.output_shape) > 2:
                model.add(keras.layers.Flatten())
            model.add(
                keras.layers.Dense(layer["units"], use_bias=layer["bias"], name=layer["name"])
            )
    return model


def library_table(layers, input_shape):
    """The table that the course library makes of the Keras model."""
    from course_lib import costs

    return costs.count(lambda: keras_model(layers, input_shape))


counted = library_table(alexnet, image_shape)
for column in ("parameters", "macs"):
    yours = total(alexnet_rows, column)
    agree = "agree" if yours == getattr(counted, column) else "DIFFER"
    print(f"{column}: yours {yours:,}, the library's {getattr(counted, column):,}: {agree}")

# %% [markdown]
# ### The table of AlexNet, number by number
#
# Lecture 7 builds this table on the slides called AlexNet. Here is each of its numbers as printed,
# after yours. `≠` marks a row of the slide that your table does not reproduce; an `…` stands for
# digits that cannot be read.

# %% tags=["display"]
COLUMNS = {
    "height": ("H, W", lambda row: row["output_shape"][0]),
    "memory": ("KB", lambda row: row["memory_kilobytes"]),
    "parameters": ("k parameters", lambda row: row["parameters"] / 1000),
    "macs": ("M operations", lambda row: row["macs"] / 1e6),
}


def printed_table(network, topic):
    """The numbers that the slides print about layers: `(layer, column)` to fact."""
    found = {}
    for fact in slides.facts(topic=topic):
        call = re.match(rf"(\w+)\({network}, (\w+)", fact.computation)
        if call and call[1] in COLUMNS:
            found.setdefault((call[2], call[1]), fact)
    return found


def compare(rows, facts):
    """Print your table with the slides' numbers in brackets."""
    heads = [head for head, _ in COLUMNS.values()]
    print(f"{'layer':9}" + "".join(f"{head:>22}" for head in heads))
    for row in rows:
        line = f"{row['name']:9}"
        for column, (_, value) in COLUMNS.items():
            fact = facts.get((row["name"], column))
            if fact is None:
                line += f"{'':22}"
                continue
            legible = fact.printed.rstrip("…")
            # The slides mostly round; where digits are lost, only the first ones are compared.
            rounded = f"{value(row):.0f}"[: len(legible)] if "…" in fact.printed else None
            rounded = rounded or f"{value(row):.0f}"
            mark = " " if rounded == legible else "≠"
            line += f"{f'{value(row):,.1f} ({fact.printed}) {mark}':>22}"
        print(line)


alexnet_facts = printed_table("alexnet64", "AlexNet-64 (torchvision)")
compare(cost_table(alexnet, image_shape, pools=True), alexnet_facts)

# %% [markdown]
# Three of the marked rows are the dense layers, and the fourth mark is a number cut off instead of
# rounded. Look at the dense rows again, without their biases:

# %% tags=["display"]
compare(cost_table(alexnet, image_shape, biases=False)[-3:], alexnet_facts)

# %% [markdown]
# So the slide counts biases in its convolutions and leaves them out in its dense layers. Nobody
# calls that an error, but without a word about it the numbers look wrong. This is why every
# function above has its conventions as arguments.
#
# ### VGG, A to E
#
# VGG follows three rules (*Lecture 7*, VGG: Deeper Networks, Regular Design): every convolution is
# 3 × 3 with stride 1 and padding 1, every pooling 2 × 2 with stride 2, and there are one to four
# convolutions before each pooling. Only configuration C has 1 × 1 convolutions too, and they have
# no padding. Three dense layers follow. So a configuration is only a table of numbers:

# %% tags=["display"]
for letter in "ABCDE":
    print(letter, networks.vgg.STAGES[letter])

# %% [markdown]
# Each inner tuple is a stage. A number is a 3 × 3 convolution with that many filters; a **negative**
# number is a 1 × 1 convolution. After every stage comes a pooling. Name the layers `conv1_1`,
# `conv1_2`, `pool1`, `conv2_1`, …, and the dense ones `FC6`, `FC7`, `FC8`.


# %% nbgrader={"grade": false, "grade_id": "vgg_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def vgg(stages, hidden=4096, classes=1000):
    """The layers of a VGG network.

    Args:
        stages: one tuple of filter numbers for each stage; negative for 1 × 1 convolutions.
        hidden: units of FC6 and of FC7.
        classes: units of FC8.

    Returns:
        A list of layer descriptions (use `conv`, `pool` and `dense`).
    """
    ### BEGIN SOLUTION
    layers = []
    for stage, filters in enumerate(stages, start=1):
        for number, count in enumerate(filters, start=1):
            kernel = 3 if count > 0 else 1
            name = f"conv{stage}_{number}"
            layers.append(conv(name, abs(count), kernel, padding=(kernel - 1) // 2))
        layers.append(pool(f"pool{stage}", 2, 2))
    return [*layers, dense("FC6", hidden), dense("FC7", hidden), dense("FC8", classes)]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "vgg_layers", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("vgg_layers", vgg)

# %% [markdown]
# The slides give the parameters of A to E in millions (*Convolutional Neural Network*, VGGNet:
# ILSVRC 2014 2nd place). The multiply-adds are not printed there; yours are in the last column.

# %% tags=["display"]
VGG_SHAPE = (224, 224, 3)
VGG_FACTS = {"A": "F0425", "B": "F0428", "C": "F0431", "D": "F0434", "E": "F0437"}

vgg_rows = {letter: cost_table(vgg(networks.vgg.STAGES[letter]), VGG_SHAPE) for letter in VGG_FACTS}
for letter, fact_id in VGG_FACTS.items():
    rows, fact = vgg_rows[letter], slides.fact(fact_id)
    count = total(rows, "parameters")
    print(
        f"VGG {letter}: {count:,} parameters (printed {fact.printed} M, {fact.id}), "
        f"{total(rows, 'macs') / 1e9:.2f} G MACs"
    )

# %% [markdown]
# ### A figure that the slides lost
#
# Lecture 7 compares AlexNet and VGG-16 layer by layer (AlexNet vs VGG-16: Much bigger network!),
# but of its bars only the heading is left. Your tables can draw them again.

# %% tags=["display"]
PANELS = {
    "memory_kilobytes": ("memory (MB)", 1024),
    "parameters": ("parameters (millions)", 1e6),
    "macs": ("MACs (billions)", 1e9),
}
KIND_COLOURS = {"conv": "tab:blue", "pool": "tab:green", "flatten": "grey", "dense": "tab:orange"}

pair = {"AlexNet": alexnet_rows, "VGG-16 (D)": vgg_rows["D"]}
figure, axes = plt.subplots(
    3, 2, figsize=(11, 8), width_ratios=(13, 21), sharex="col", sharey="row", layout="constrained"
)
for line, (column, (label, unit)) in enumerate(PANELS.items()):
    for panel, (name, rows) in zip(axes[line], pair.items(), strict=True):
        kept = [row for row in rows if row["kind"] != "flatten"]
        places = range(len(kept))
        panel.bar(
            places,
            [row[column] / unit for row in kept],
            color=[KIND_COLOURS[row["kind"]] for row in kept],
        )
        panel.set_xticks(places, [row["name"] for row in kept], rotation=90)
        quantity, unit_name = label.rstrip(")").split(" (")
        panel.set_title(f"{name}: {quantity}, {total(kept, column) / unit:,.4g} {unit_name} in all")
        panel.grid(axis="y", alpha=0.3)
    axes[line, 0].set_ylabel(label)
for panel in axes[-1]:
    panel.set_xlabel("layer")
handles = [
    plt.Rectangle((0, 0), 1, 1, color=KIND_COLOURS[kind]) for kind in ("conv", "pool", "dense")
]
axes[0, 1].legend(handles, ["convolution", "pooling", "dense"])
figure.suptitle("AlexNet against VGG-16, for one image: where memory, parameters and work are")
plt.show()

# %% [markdown]
# Three different pictures of the same two networks: the memory is in the first layers, where the
# maps are large; the parameters are in the first dense layer; the work is in the convolutions,
# and in VGG-16 it is spread over almost all of them. That is no accident.
#
# ### Why?
#
# After each pooling VGG doubles the number of channels, up to stage 4. Why? Your table of VGG-16
# and your predictions have the answer. Compare `conv1_2`, `conv2_2`, `conv3_2` and `conv4_2`.
#
# 1. So that these layers all have the same number of parameters: the smaller maps need more
#    channels for that.
# 2. So that these layers all take the same number of multiply-adds: a quarter of the positions,
#    times four times the weights.
# 3. So that these layers all take the same memory: what is lost in height and width is won back in
#    channels.

# %% tags=["display"]
show([row for row in vgg_rows["D"] if row["name"] in ("conv1_2", "conv2_2", "conv3_2", "conv4_2")])

# %% nbgrader={"grade": false, "grade_id": "why_channels_double_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# Write the number of the right answer: why_channels_double = ...
### BEGIN SOLUTION
why_channels_double = 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "why_channels_double", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("why_channels_double", why_channels_double)

# %% [markdown]
# ## 4. Errata
#
# Slides are made by people, and some of their numbers are wrong. Four of them are yours to correct.
# Each time you give the right value, to three significant digits or more, and say what went wrong. Work with
# your own tables: `network_of`, `cost_table`, `total` and `show` are all you need. (The ledger knows
# the answers. Look after you have found them.)
#
# ### E05: the stem of GoogLeNet
#
# GoogLeNet's first layers bring the image from 224 to 28 pixels cheaply (*Lecture 7*, GoogLeNet:
# Aggressive Stem). The slide lists the layers, charges poolings their $K \cdot K$ operations for
# each output (`pools=True`), and then gives a total:

# %% tags=["display"]
printed("F0156", "F0161", "F0166", "F0171", "F0176", "F0179")
stem, stem_shape = network_of("googlenet_stem")

# %% [markdown]
# What is the right total, in millions? And what went wrong: `"pools"` (the poolings are left out of
# the sum), `"conv3"` (the last convolution is too small), `"biases"` (biases were added) or
# `"digits"` (two digits of the total changed places)?

# %% nbgrader={"grade": false, "grade_id": "e05_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# e05 = {"millions": ..., "went_wrong": "..."}
### BEGIN SOLUTION
e05 = {"millions": 480.84, "went_wrong": "digits"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "erratum_e05", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("erratum_e05", e05)

# %% [markdown]
# ### E10: the work of VGG-16
#
# Here is the printed number of multiply-adds of VGG-16, convolutions and dense layers together, and
# what the drawing of the network on the same slides shows in its third stage:

# %% tags=["display"]
printed("F0579", "F0560")

# %% [markdown]
# What is the right number, in billions (10⁹)? And which one layer is `missing` from the printed
# sum: `"conv1_2"`, `"conv3_3"`, `"conv5_3"` or `"FC6"`? Several layers cost the same, so look at
# the drawing as well as at the difference.

# %% nbgrader={"grade": false, "grade_id": "e10_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# e10 = {"billions": ..., "missing": "..."}
### BEGIN SOLUTION
e10 = {"billions": 15.47, "missing": "conv3_3"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "erratum_e10", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("erratum_e10", e10)

# %% [markdown]
# ### E24: the memory of VGG-16
#
# Lecture 9 lists how many values each layer of VGG-16 puts out, beginning with the 224 × 224 × 3 of
# the image itself, and poolings included. Then it gives the sum, and calls it the memory of a
# forward pass. Here are its rows:

# %% tags=["display"]
rows = ["F0664", "F0665", *(f"F{number:04}" for number in range(667, 700, 2))]
printed(*rows, "F0702", "F0704", "F0706", "F0707", "F0709")

# %% [markdown]
# How many million (10⁶) values do the image and all layers have together? Then look for an
# explanation of the printed number, and test each one by its value:
#
# - `"copies"`: the output of every ReLU is stored beside that of its layer (all convolutions,
#   FC6 and FC7);
# - `"gradients"`: every value has a gradient that is stored too;
# - `"kilo"`: M stands for 1024² instead of 10⁶;
# - `"none"`: none of these gives the printed number.

# %% nbgrader={"grade": false, "grade_id": "e24_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# e24 = {"millions": ..., "explained_by": "..."}
### BEGIN SOLUTION
e24 = {"millions": 15.24, "explained_by": "none"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "erratum_e24", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("erratum_e24", e24)

# %% [markdown]
# ### E27: the inception module
#
# An inception module has branches side by side. With 1 × 1 convolutions in front of the large
# kernels it becomes much cheaper (*Lecture 9*, Case Study: GoogLeNet), although by how much is
# printed wrong. `layers_of` gives each layer with its own input shape, so here you need only
# `macs`, layer by layer:

# %% tags=["display"]
printed("F0733", "F0740")
for layer, shape in layers_of("inception_bottleneck"):
    print(f"{layer['name']:12} on {shape}")

# %% [markdown]
# What is the right total of the module with reductions, in millions (10⁶)? Which one layer was
# `counted_twice`? And the `saving`: how many times as many operations does the naive module
# (`"inception_naive"`) take?

# %% nbgrader={"grade": false, "grade_id": "e27_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
# e27 = {"millions": ..., "counted_twice": "...", "saving": ...}
### BEGIN SOLUTION
e27 = {"millions": 271.35, "counted_twice": "3x3", "saving": 3.148}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "erratum_e27", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("erratum_e27", e27)

# %% [markdown]
# ### All networks of the slides
#
# Lecture 9 shows accuracy against operations with a bubble for each network (Comparing complexity);
# only its text is left. The figure below draws it again. The accuracies are those that the decks
# report for single networks, by their fact ids; operations and parameters are computed from the
# ledger's tables. ImageNet and CIFAR-10 are different tasks, and top-1 and top-5 different measures:
# each has a panel of its own.

# %% tags=["display"]
TOP_5_ERRORS = {
    "AlexNet": ("alexnet96_grouped", "F1206"),
    "AlexNet without FC7": ("alexnet_without_fc7", "F0823"),
    "AlexNet without FC6, FC7": ("alexnet_without_fc6_fc7", "F0824"),
    "AlexNet without conv3, conv4": ("alexnet_without_conv3_conv4", "F0825"),
    "VGG-11": ("vgg_a", "F1207"),
    "VGG-13": ("vgg_b", "F1208"),
    "VGG-16": ("vgg_d", "F1209"),
    "VGG-19": ("vgg_e", "F1210"),
    "GoogLeNet": ("googlenet", "F1211"),
    "ResNet-18": ("resnet18", "F0225"),
    "ResNet-34": ("resnet34", "F0237"),
    "ResNet-50": ("resnet50", "F0249"),
    "ResNet-101": ("resnet101", "F0261"),
    "ResNet-152": ("resnet152", "F0273"),
    "ResNeXt-50": ("resnext50", "F1011"),
    "ResNeXt-101": ("resnext101", "F1014"),
}
TOP_1_ERRORS = {
    "AlexNet": ("alexnet96_grouped", "F1206"),
    "VGG-11": ("vgg_a", "F1207"),
    "VGG-13": ("vgg_b", "F1208"),
    "VGG-16": ("vgg_d", "F1209"),
    "VGG-19": ("vgg_e", "F1210"),
    "ResNeXt-50": ("resnext50", "F1011"),
    "ResNeXt-101": ("resnext101", "F1014"),
}
TOP_1_ACCURACIES = {
    "MobileNet": ("mobilenet_1_224_1000", "F1201"),
    "GoogLeNet": ("googlenet", "F1203"),
}
CIFAR_ERRORS = {
    "ResNet-20": ("cifar_resnet20", "F0990"),
    "ResNet-32": ("cifar_resnet32", "F0994"),
    "ResNet-56": ("cifar_resnet56", "F0998"),
    "ResNet-110": ("cifar_resnet110", "F1002"),
    "ResNet-1202": ("cifar_resnet1202", "F1006"),
    "PyramidNet-110, α = 48": ("pyramidnet110_48", "F1016"),
    "PyramidNet-110, α = 84": ("pyramidnet110_84", "F1018"),
    "PyramidNet-110, α = 270": ("pyramidnet110_270", "F1020"),
    "PyramidNet-164, α = 270": ("pyramidnet164_270", "F1022"),
}


def network_totals(name):
    """Multiply-adds and parameters of one of the ledger's networks."""
    network = networks.get(name)
    work = network.total(lambda row: row.macs(), lambda row: True)
    size = network.total(lambda row: row.parameters(), lambda row: True)
    return work.value, size.value


def reported(fact_id, position):
    """A number of a reported fact: `"37.5 / 17.0"` has two positions."""
    return float(slides.fact(fact_id).printed.split("/")[position].strip(" %"))


bubbles = {
    "ImageNet, top-5": [
        (label, *network_totals(name), 100 - reported(fact_id, -1))
        for label, (name, fact_id) in TOP_5_ERRORS.items()
    ],
    "ImageNet, top-1": [
        (label, *network_totals(name), 100 - reported(fact_id, 0))
        for label, (name, fact_id) in TOP_1_ERRORS.items()
    ]
    + [
        (label, *network_totals(name), reported(fact_id, 0))
        for label, (name, fact_id) in TOP_1_ACCURACIES.items()
    ],
    "CIFAR-10": [
        (label, *network_totals(name), 100 - reported(fact_id, 0))
        for label, (name, fact_id) in CIFAR_ERRORS.items()
    ],
}

# %% tags=["display"]
AREAS = {"ImageNet, top-5": 8, "ImageNet, top-1": 8, "CIFAR-10": 40}  # points² per million
PLACES = {"right": (1, 0), "left": (-1, 0), "above": (0, 1), "below": (0, -1)}
LABELS_ELSEWHERE = {
    "VGG-11": "left",
    "VGG-16": "above",
    "GoogLeNet": "left",
    "ResNet-50": "left",
    "ResNet-101": "below",
    "ResNeXt-50": "left",
    "ResNeXt-101": "left",
    "PyramidNet-110, α = 270": "left",
    "PyramidNet-164, α = 270": "left",
}

figure, axes = plt.subplots(1, 3, figsize=(16, 6.5), layout="constrained")
for panel, (task, points) in zip(axes, bubbles.items(), strict=True):
    for index, (label, work, size, accuracy) in enumerate(points):
        area = AREAS[task] * size / 1e6
        panel.scatter(
            work / 1e9, accuracy, s=area, color=f"C{index % 10}", alpha=0.6, edgecolors="black"
        )
        across, up = PLACES[LABELS_ELSEWHERE.get(label, "right")]
        distance = math.sqrt(area / math.pi) + 3
        panel.annotate(
            label,
            (work / 1e9, accuracy),
            xytext=(across * distance, up * distance),
            textcoords="offset points",
            ha={1: "left", -1: "right", 0: "center"}[across],
            va={1: "bottom", -1: "top", 0: "center"}[up],
            fontsize=8,
        )
    panel.set_xscale("log")
    panel.margins(x=0.25, y=0.12)
    panel.set_xlabel("multiply-adds for one image (billions)")
    panel.set_ylabel("reported accuracy (%)")
    panel.set_title(task)
    panel.grid(alpha=0.3)
for panel, place, sizes in [
    (axes[0], "lower right", (5, 25, 100)),
    (axes[2], "upper left", (1, 5, 25)),
]:
    for millions in sizes:
        area = AREAS[panel.get_title()] * millions
        panel.scatter([], [], s=area, c="lightgrey", edgecolors="black", label=f"{millions} M")
    panel.legend(title="parameters", loc=place, labelspacing=1.8, borderpad=1.2, handletextpad=1.5)
figure.suptitle("Accuracy against work; area: parameters, on a scale of its own for CIFAR-10")
plt.show()

# %% [markdown]
# Left and up is better, and small is better. The VGG networks are far from both: many times the
# work and the parameters of ResNets that are more accurate. AlexNet needs little work and yet more
# parameters than almost all others, most of them in one dense layer.

# %% [markdown]
# ## 5. Optional: all of GoogLeNet
#
# Not graded. GoogLeNet is nine inception modules after the stem, and your functions are enough to
# count it. The ledger has the table of filters (*Convolutional Neural Network*, GoogLeNet): for
# each module the number of 1 × 1 filters, 3 × 3 reduce, 3 × 3, 5 × 5 reduce, 5 × 5, and of the 1 ×
# 1 after the pooling. A module's output is all four branches side by side. Write the cost
# of one module; the loop below adds up the network.


# %% nbgrader={"grade": false, "grade_id": "inception_solution", "locked": false, "schema_version": 3, "solution": true, "task": false}
def inception(shape, filters):
    """What an inception module costs.

    Args:
        shape: `(height, width, channels)` of its input.
        filters: six numbers of filters, in the order of the table.

    Returns:
        `(parameters, macs, output_shape)`.
    """
    ### BEGIN SOLUTION
    one, three_reduce, three, five_reduce, five, projection = filters
    height, width, _ = shape
    branches = [
        [conv("1x1", one, 1)],
        [conv("3x3 reduce", three_reduce, 1), conv("3x3", three, 3, padding=1)],
        [conv("5x5 reduce", five_reduce, 1), conv("5x5", five, 5, padding=2)],
        [pool("pool", 3, 1, padding=1), conv("pool proj", projection, 1)],
    ]
    rows = [row for branch in branches for row in cost_table(branch, shape)]
    channels = one + three + five + projection
    return total(rows, "parameters"), total(rows, "macs"), (height, width, channels)
    ### END SOLUTION


# %% tags=["display"]
try:
    rows = cost_table(stem, stem_shape)
    count, work, shape = total(rows, "parameters"), total(rows, "macs"), rows[-1]["output_shape"]
    for name, filters in networks.googlenet.INCEPTION_TABLE.items():
        if name in ("4a", "5a"):
            shape = output_shape(pool(f"pool before {name}", 3, 2, padding=1), shape)
        more_parameters, more_macs, shape = inception(shape, filters)
        count, work = count + more_parameters, work + more_macs
    head = cost_table([pool("average", 7, 1, mode="average"), dense("linear", 1000)], shape)
    count, work = count + total(head, "parameters"), work + total(head, "macs")
    ledger_work, ledger_count = network_totals("googlenet")
    print(f"GoogLeNet: {count:,} parameters, {work:,} MACs.")
    print(f"The ledger: {ledger_count:,} parameters, {ledger_work:,} MACs.")
except NotImplementedError:
    print("inception is not written yet: this part is optional.")
