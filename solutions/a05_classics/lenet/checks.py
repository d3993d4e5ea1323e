"""What the notebook a05_classics/lenet requires.

Networks are compared by structure and, with random weights, by what they compute. The sparse layer
is judged beside one that has no mask: it convolves only what is connected. Numbers of the slides
come from the ledger; everything else has fresh sizes that are all different.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from autograder.checks import Draw, answer, call, check, fit, layer, recipe, structure, transplant
from course_lib import slides
from course_lib.checking import Case
from solutions.architectures import Architecture

RENUMBERED = (3, 1, 4, 0, 5, 9, 2, 6, 8, 7)
"""An order of the digits in which only labels help that were handed over."""
SLIDE_LENET = slides.cite("Lecture 7", "Example: LeNet-5")
SLIDE_LENET_5 = slides.cite("CNN Benchmark Models", "LeNet-5")
SLIDE_FIELDS = slides.cite("Lecture 7", "Recap: Receptive Fields")


def _sparse(names: SimpleNamespace) -> Callable[..., Any]:
    """LeNet-5 whose C3 is the notebook's `wired_convolution` with the table of the paper."""
    return partial(
        names.build_lenet5, c3=lambda x: names.wired_convolution(x, names.connection_table())
    )


ARCHITECTURES = {
    "LeNet of Lecture 7": Architecture(
        builder="build_lenet",
        parameters=1_256_080,
        macs=6_522_000,
        parameters_fact="F0038",
    ),
    "LeNet-5": Architecture(
        builder="build_lenet5",
        parameters=61_706,
        macs=416_520,
        parameters_fact="F0792",
    ),
    "LeNet-5, sparse C3": Architecture(
        builder=_sparse,
        parameters=60_806,
        macs=326_520,
    ),
}

# What would do the counting.

# Sums of some hundred products in single precision.
SUMS: dict[str, Any] = {"rtol": 1e-3, "atol": 1e-4}

Reference = SimpleNamespace


def _table(draw: Draw, channels: int, filters: int) -> np.ndarray:
    """Connections at random: every map is seen, every filter sees a map but not all of them."""
    while True:
        table = draw.rng.random((channels, filters)) < 0.5
        sees = table.sum(axis=0)
        if table.any(axis=1).all() and sees.min() > 0 and sees.max() < channels:
            return table


def _table_of_the_paper() -> np.ndarray:
    """The sixteen sets of LeCun et al. 1998, Table I, column by column."""
    three = ["012", "123", "234", "345", "045", "015"]
    four = ["0123", "1234", "2345", "0345", "0145", "0125"]
    columns = [*three, *four, "0134", "1245", "0235", "012345"]
    return np.array([[str(row) in column for column in columns] for row in range(6)])


# Networks in plain NumPy.


def _convolved(x: np.ndarray, kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Stride 1, no padding, in double precision."""
    windows = np.lib.stride_tricks.sliding_window_view(
        x.astype("float64"), kernel.shape[:2], axis=(1, 2)
    )
    return np.einsum("bijcmn,mncf->bijf", windows, kernel) + bias


def _averaged(x: np.ndarray) -> np.ndarray:
    batch, height, width, channels = x.shape
    rows, columns = height // 2, width // 2
    whole = x[:, : 2 * rows, : 2 * columns]
    return whole.reshape(batch, rows, 2, columns, 2, channels).mean(axis=(2, 4))


@check(
    "lenet_macs",
    slide=SLIDE_LENET,
    where_to_look="Places × window × input channels × filters; a linear layer has one place.",
)
def lenet_macs() -> Iterator[Case]:
    """Four numbers, each from the weights that the ledger computes."""
    places = {"conv1": ("F0025", "F0026"), "conv2": ("F0029", "F0030")}
    for name, (output, weights) in places.items():
        _, height, width = slides.fact(output).computed()
        macs = height * width * int(np.prod(slides.fact(weights).computed()))
        yield answer(expected={name: macs}, label=f"multiply-adds of {name}", rtol=0)
    for name, weights in (("linear1", "F0035"), ("linear2", "F0037")):
        macs = slides.fact(weights).computed()
        yield answer(expected={name: macs}, label=f"multiply-adds of {name}", rtol=0)


@check("build_lenet", slide=SLIDE_LENET)
def build_lenet(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The slide's network, another one of other sizes, and what a narrow one computes."""
    like = reference.build_lenet
    yield structure(
        like=like,
        parameters=slides.fact("F0038").computed(),
        label="the network of the slide (fact F0038)",
        share=2.0,
    )
    first, second, units, classes, channels = draw.different(5, 3, 9)
    height, width = 4 * draw.integer(2, 3), 4 * draw.integer(4, 5)
    sizes = ((first, second), units, classes, (height, width, channels))
    yield structure(*sizes, like=like, label="other sizes")
    yield transplant(
        *sizes,
        like=like,
        rng=draw.rng,
        inputs=draw.normal(2, height, width, channels),
        label="what a small version computes",
        share=2.0,
    )


@check("volume_claim", slide=SLIDE_LENET)
def volume_claim() -> Iterator[Case]:
    """The volumes of erratum E02, and the filters that would keep them."""
    volumes = slides.fact("F0039").computed()
    yield answer(
        expected={"volumes": [volumes[0], volumes[2], volumes[4]]},
        label="the volumes of the slide",
        rtol=0,
        where_to_look="Height × width × channels, of the input and after each pooling.",
    )
    filters, side = [], 28
    for _ in range(2):
        side //= 2
        filters.append(volumes[0] // side**2)
    yield answer(
        expected={"filters": filters},
        label="filters that would preserve the volume",
        rtol=0,
        where_to_look="Behind each pool there must be 784 values again: 14 × 14 × how many?",
    )


def _seen_from_behind(layers: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Receptive field and jump, from the last layer to the image: the other way round."""
    width = 1
    for kernel, stride in reversed(layers):
        width = (width - 1) * stride + kernel
    return width, int(np.prod([stride for _, stride in layers]))


@check(
    "receptive_fields",
    slide=SLIDE_FIELDS,
    where_to_look="The step between neighbouring values is the product of the strides of the "
    "layers before.",
)
def receptive_fields(draw: Draw) -> Iterator[Case]:
    """Both networks of the notebook, then fresh chains."""
    chains: list[tuple[str, list[tuple[int, int]]]] = [
        ("the network of Lecture 7", [(5, 1), (2, 2), (5, 1), (2, 2)]),
        ("LeNet-5", [(5, 1), (2, 2), (5, 1), (2, 2), (5, 1)]),
    ]
    for label, length in (("another chain", 4), ("a longer chain", 6)):
        kernels = draw.rng.choice([1, 2, 3, 4, 5, 7], size=length, replace=False)
        strides = [2, 1, 3, *(draw.integer(1, 3) for _ in range(length - 3))]
        chains.append((label, [(int(k), s) for k, s in zip(kernels, strides, strict=True)]))
    for label, chain in chains:
        expected = [_seen_from_behind(chain[: end + 1]) for end in range(len(chain))]
        yield call(chain, expected=expected, label=label, rtol=0)


@check(
    "prepare_images",
    where_to_look="Look at a corner of the result, and at a place where the digit is white.",
)
def prepare_images(draw: Draw) -> Iterator[Case]:
    """The default border and another one, on images of fresh sizes."""
    for margin, label in ((None, "a border of 2"), (3, "a border of 3")):
        batch, height, width = draw.different(3, 3, 7)
        images = draw.rng.uniform(size=(batch, height, width, 1)).astype("float32")
        images[:, 0, 0] = 1.0
        border = 2 if margin is None else margin
        expected = np.full((batch, height + 2 * border, width + 2 * border, 1), -0.1)
        expected[:, border : border + height, border : border + width] += 1.275 * images
        options: dict[str, Any] = {} if margin is None else {"margin": margin}
        yield call(images, expected=expected, label=label, **SUMS, **options)


class _DepthwiseSubsampling(keras.layers.Layer):
    """Subsampling as a depthwise convolution whose four weights are equal."""

    def build(self, input_shape: tuple[int, ...]) -> None:
        shape = (input_shape[-1],)
        self.coefficient = self.add_weight(shape=shape, initializer="ones", name="coefficient")
        self.bias = self.add_weight(shape=shape, initializer="zeros", name="bias")

    def call(self, inputs: Any) -> Any:
        quarter = keras.ops.reshape(self.coefficient / 4, (1, 1, -1, 1))
        kernel = keras.ops.tile(quarter, (2, 2, 1, 1))
        return keras.ops.depthwise_conv(inputs, kernel, strides=2) + self.bias


@check(
    "Subsampling",
    slide=SLIDE_LENET_5,
    where_to_look="The lines above say which part is right: begin with the first that is wrong.",
)
def subsampling(draw: Draw) -> Iterator[Case]:
    """As it is made, and with other numbers, trained for a step."""
    batch, channels, rows, columns = draw.different(4, 2, 5)
    maps = draw.normal(batch, 2 * rows, 2 * columns, channels)
    yield layer(
        like=_DepthwiseSubsampling,
        calls=[(maps, False)],
        label="a new layer is average pooling",
    )
    weights = {"coefficient": draw.bias(channels), "bias": draw.bias(channels)}
    # A name, and targets for maps of any size, keep numbers that change out of error messages.
    yield layer(
        name="S2",
        like=_DepthwiseSubsampling,
        weights=weights,
        calls=[(maps, False), (maps + 1, True)],
        targets=draw.normal(batch, 1, 1, channels),
        label="other coefficients and biases, and a training step",
        share=2.0,
    )


@check("build_lenet5", slide=SLIDE_LENET_5)
def build_lenet5(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The network of the slide, other sizes, and what a narrow one computes."""
    like = reference.build_lenet5
    yield structure(
        like=like,
        parameters=slides.fact("F0792").computed(),
        label="LeNet-5 with a full C3 (fact F0792)",
        share=2.0,
    )
    *filters, units, classes = draw.different(5, 3, 9)
    sizes = (tuple(filters), units, classes, (32, 32, 2))
    yield structure(*sizes, like=like, label="other sizes")
    yield transplant(
        *sizes,
        like=like,
        rng=draw.rng,
        inputs=draw.normal(2, 32, 32, 2),
        label="what a small version computes",
        share=2.0,
    )


@check("connection_table", slide=SLIDE_LENET_5)
def connection_table() -> Iterator[Case]:
    """The table of the paper, whole."""
    table = _table_of_the_paper()
    if table.sum() != slides.fact("F0790").computed():
        raise ValueError(f"The table of the paper has {table.sum()} connections.")
    yield call(
        expected=table,
        label="60 connections",
        rtol=0,
        atol=0,
        where_to_look="The first index of a wrong place is the map of S2, the second that of C3: "
        "look at this column of the table above.",
    )


@check("table_errors", slide=SLIDE_LENET_5)
def table_errors(reference: Reference) -> Iterator[Case]:
    """The printed table beside that of the paper, one question a case."""
    printed = np.array([[mark == "X" for mark in row] for row in reference.SLIDE_TABLE])
    table = _table_of_the_paper()
    if printed.sum() != int(slides.fact("F0790").printed):
        raise ValueError(f"The table in the notebook has {printed.sum()} crosses.")
    wrong = printed != table
    for name, value, label, where_to_look in [
        ("crosses", int(printed.sum()), "X in all", "Count every row and add up."),
        (
            "connections",
            slides.fact("F0790").computed(),
            "connections there should be",
            "6 maps see 3, 9 maps see 4, and one sees 6.",
        ),
        (
            "miscounted",
            np.flatnonzero(printed.sum(axis=1) != table.sum(axis=1)).tolist(),
            "rows with a wrong number of X",
            "Every map of S2 is seen by ten maps of C3.",
        ),
        (
            "wrong",
            np.flatnonzero(wrong.any(axis=1)).tolist(),
            "rows that are wrong",
            "Compare place by place: a row can have ten X, and some at the wrong places.",
        ),
        (
            "right_maps",
            np.flatnonzero(~wrong.any(axis=0)).tolist(),
            "columns that are right",
            "Compare `printed.T` with your table, column by column.",
        ),
    ]:
        yield answer(
            expected={name: value}, label=label, rtol=0, atol=0, where_to_look=where_to_look
        )


@check(
    "layer_counts",
    allows=("arrays", "activations"),
    slide=SLIDE_LENET_5,
    where_to_look="Count the places, the weights K² X, and the biases, each for itself.",
)
def layer_counts(draw: Draw) -> Iterator[Case]:
    """The layers whose parameters the ledger has, then a fresh table, one number a case."""
    table = _table_of_the_paper()
    for fact, layer_of, label in [
        ("F0781", (np.ones((1, 6), bool), 5, 32, 32), "C1"),
        ("F0791", (table, 5, 14, 14), "the sparse C3"),
        ("F0786", (np.ones((16, 120), bool), 5, 5, 5), "C5"),
        ("F0788", (np.ones((120, 84), bool), 1, 1, 1), "F6"),
    ]:
        expected = {"parameters": slides.fact(fact).computed()}
        text = f"parameters of {label} (fact {fact})"
        yield call(*layer_of, expected=expected, label=text, rtol=0, share=0.5)
    channels, filters = draw.integer(3, 5), draw.integer(6, 8)
    side, (height, width) = draw.integer(2, 4), draw.different(2, 9, 14)
    table = _table(draw, channels, filters)
    # One place after the other, one connection after the other.
    weights = places = 0
    for _ in range(height - side + 1):
        for _ in range(width - side + 1):
            places += 1
    for _ in zip(*np.nonzero(table), strict=True):
        weights += side * side
    for what, number, label in [
        ("parameters", weights + filters, "parameters"),
        ("connections", places * (weights + filters), "connections"),
        ("macs", places * weights, "multiply-adds"),
    ]:
        yield call(
            table,
            side,
            height,
            width,
            expected={what: number},
            label=f"{label} with another table",
            rtol=0,
        )


def _wave(*shape: int) -> np.ndarray:
    """The notebook's weights, written again."""
    numbers = np.sin(1.7 * (1 + np.arange(int(np.prod(shape)))))
    size = 0.1 if len(shape) == 1 else 3 / np.sqrt(np.prod(shape[:-1]))
    return (size * numbers.reshape(shape)).astype("float32")


class _Sparse:
    """A sparse convolution with weights of its own for each filter, in plain NumPy."""

    def __init__(self, draw: Draw, table: np.ndarray, side: int) -> None:
        self.table, filters = table, table.shape[1]
        sees = table.sum(axis=0)
        self.kernels = [
            (draw.normal(side, side, int(n), 1) / np.sqrt(side * side * n)).astype("float32")
            for n in sees
        ]
        self.biases = [draw.bias(1) for _ in range(filters)]

    def __call__(self, x: np.ndarray) -> np.ndarray:
        filters = zip(self.table.T, self.kernels, self.biases, strict=True)
        maps = [_convolved(x[..., column], kernel, bias) for column, kernel, bias in filters]
        return np.concatenate(maps, axis=-1)


def _lenet5(
    images: np.ndarray, c3: _Sparse, last: int, units: int, classes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Scores of LeNet-5 with this C3 and waves for all other weights, and F6 before its tanh."""
    first, middle = c3.table.shape
    x = np.tanh(_convolved(images, _wave(5, 5, images.shape[-1], first), _wave(first)))
    x = _averaged(np.tanh(c3(_averaged(x))))
    x = np.tanh(_convolved(x, _wave(5, 5, middle, last), _wave(last)))[:, 0, 0]
    f6 = x @ _wave(last, units) + _wave(units)
    return np.tanh(f6) @ _wave(units, classes) + _wave(classes), f6


@check("wired_convolution", slide=SLIDE_LENET_5)
def wired_convolution(draw: Draw) -> Iterator[Case]:
    """Fresh tables and windows; then LeNet-5 with the table of the paper, and a small one."""
    where_to_look = (
        "Filter f sees the maps where column f of the table is true, in ascending order."
    )
    for side, label in ((3, "windows of 3 × 3"), (2, "windows of 2 × 2")):
        batch, height, width = draw.different(3, 2, 4)
        channels, filters = draw.integer(3, 4), draw.integer(5, 6)
        sparse = _Sparse(draw, _table(draw, channels, filters), side)
        images = draw.normal(batch, height + side, width + side, channels)
        parameters = side * side * int(sparse.table.sum()) + filters
        for expected, what, share in [
            ({"parameters": parameters}, "parameters", 0.5),
            ({"outputs": sparse(images)}, "maps", 1.0),
        ]:
            yield call(
                images,
                sparse.table,
                sparse.kernels,
                sparse.biases,
                side,
                expected=expected,
                label=f"{what} with {label}",
                share=share,
                where_to_look=where_to_look,
                **SUMS,
            )

    in_lenet = (
        "`build_lenet5` must use `c3` in place of its own C3 if it is given, with the tanh after "
        "it."
    )
    sparse = _Sparse(draw, _table_of_the_paper(), 5)
    full, whole_c3 = slides.fact("F0792").computed(), 5 * 5 * 6 * 16 + 16
    yield call(
        draw.normal(1, 32, 32, 1),
        sparse.table,
        sparse.kernels,
        sparse.biases,
        lenet5=((6, 16, 120), 84, 10),
        expected={"parameters": full - whole_c3 + slides.fact("F0791").computed()},
        label="parameters of LeNet-5 with 60 connections",
        rtol=0,
        share=0.5,
        where_to_look=in_lenet,
    )
    while True:
        sparse = _Sparse(draw, _table(draw, draw.integer(3, 4), draw.integer(5, 6)), 5)
        sizes = draw.different(3, 7, 11)
        images = draw.normal(2, 32, 32, 1)
        scores, f6 = _lenet5(images, sparse, *sizes)
        if np.abs(f6).max() > 0.6:  # Where the tanh after it makes a difference.
            break
    yield call(
        images,
        sparse.table,
        sparse.kernels,
        sparse.biases,
        lenet5=((*sparse.table.shape, sizes[0]), *sizes[1:]),
        expected={"outputs": scores},
        label="scores of a small sparse LeNet-5",
        where_to_look=in_lenet,
        **SUMS,
    )


class _OneByOne(keras.layers.Layer):
    """The sparse convolution without a mask: each filter convolves what it is connected with."""

    def __init__(self, table: Any, kernel_size: int = 5, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.table = np.asarray(table) > 0
        self.kernel_size = kernel_size

    def build(self, input_shape: tuple[int, ...]) -> None:
        side = self.kernel_size
        self.kernel = self.add_weight(shape=(side, side, *self.table.shape), name="kernel")
        self.bias = self.add_weight(shape=(self.table.shape[1],), initializer="zeros", name="bias")

    def call(self, inputs: Any) -> Any:
        maps = []
        for number, column in enumerate(self.table.T):
            seen = np.flatnonzero(column).tolist()
            kernel = keras.ops.take(self.kernel[..., number : number + 1], seen, axis=2)
            maps.append(keras.ops.conv(keras.ops.take(inputs, seen, axis=-1), kernel))
        return keras.ops.concatenate(maps, axis=-1) + self.bias

    def get_config(self) -> dict[str, Any]:
        config = {"table": self.table.tolist(), "kernel_size": self.kernel_size}
        return {**super().get_config(), **config}


@check(
    "SparseConv2D",
    slide=SLIDE_LENET_5,
    where_to_look="The lines above say which part is right: begin with the first that is wrong.",
)
def sparse_conv(draw: Draw) -> Iterator[Case]:
    """Beside the layer without a mask: numbers everywhere, then zeros at the gaps."""
    for side, everywhere, label in [
        (3, True, "numbers everywhere in the kernel"),
        (2, False, "zeros at the missing connections, trained for a step"),
    ]:
        batch, height, width = draw.different(3, 2, 4)
        height, width = height + side, width + side
        channels, filters = draw.integer(3, 4), draw.integer(5, 6)
        table = _table(draw, channels, filters)
        kernel = draw.normal(side, side, channels, filters)
        images = draw.normal(batch, height, width, channels)
        yield layer(
            table.astype(int).tolist(),
            kernel_size=side,
            name="C3",
            like=_OneByOne,
            weights={
                "kernel": kernel if everywhere else (kernel * table).astype("float32"),
                "bias": draw.bias(filters),
            },
            calls=[(images, False), (2 * images, True)],
            targets=draw.normal(batch, 1, 1, filters),
            label=label,
        )
    table = _table(draw, 3, 4)
    yield layer(
        table.astype(int).tolist(),
        name="C3",
        like=_OneByOne,
        weights={"kernel": draw.normal(5, 5, 3, 4), "bias": draw.bias(4)},
        calls=[(draw.normal(2, 7, 6, 3), False)],
        starts=("kernel", "bias"),
        label="windows of 5 × 5 by default, and what the weights begin with",
        share=0.5,
    )


@check(
    "layer_outputs",
    where_to_look="`keras.Model(model.input, ...)` runs from the images to any layer's output.",
)
def layer_outputs(draw: Draw) -> Iterator[Case]:
    """One layer, and several in another order, against plain NumPy."""
    for names, label in [
        (["pool"], "one layer"),
        (["second", "first", "scores"], "three layers, not in order"),
    ]:
        batch, channels, one, two, three = draw.different(5, 2, 7)
        height, width = draw.different(2, 8, 10)
        images = draw.normal(batch, height, width, channels)
        found = {
            "first": np.tanh(_convolved(images, _wave(3, 3, channels, one), _wave(one))),
        }
        found["pool"] = _averaged(found["first"])
        found["second"] = _convolved(found["pool"], _wave(2, 3, one, two), _wave(two))
        flat = found["second"].reshape(batch, -1)
        found["scores"] = flat @ _wave(flat.shape[1], three) + _wave(three)
        yield call(
            images,
            (one, two, three),
            names,
            expected={name: found[name] for name in names},
            label=label,
            **SUMS,
        )


def _recipe(seed: int = 0) -> Case:
    return recipe(
        "mnist",
        optimizer="Adam",
        rates=[(0, 0.002)],
        batch_size=64,
        seed=seed,
        label="the recipe, in a few steps",
        share=0.5,
    )


def _public_training(reference: Reference) -> Iterator[Case]:
    yield _recipe()
    yield fit(
        "mnist",
        like=reference.build_lenet5,
        epochs=5,
        classes=RENUMBERED,
        label="500 validation digits, after 5 epochs",
        public=True,
    )


@check(
    "lenet5_trained",
    slide=SLIDE_LENET_5,
    cpu_seconds=300,
    public=_public_training,
    where_to_look="Draw the learning curves of `train_lenet5(...).history`: does the loss fall?",
)
def lenet5_trained(draw: Draw, reference: Reference) -> Iterator[Case]:
    """A training of the grader's own; the bound is measured (`autograder calibrate`)."""
    yield _recipe(draw.integer(1, 999_999))
    yield fit(
        "mnist",
        like=reference.build_lenet5,
        epochs=5,
        seed=draw.integer(1, 999_999),
        classes=draw.rng.permutation(10).tolist(),
        label="1,000 unseen digits, after 5 epochs",
    )
