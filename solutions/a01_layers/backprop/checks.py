"""What the notebook a01_layers/backprop requires.

No gradient is compared with the reference solution. What is expected comes from central differences
of the *forward* functions in float64 or from Keras' automatic differentiation, some cases from the
one and some from the other; a few small ones are worked out by hand. Upstream gradients are random.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check
from autograder.checks.oracles import keras_gradients
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient

DECK = "Convolutional Neural Network"
SLIDE_MODULES = slides.cite(DECK, "Backpropagation for a sequence of functions")
SLIDE_POOLING = slides.cite(DECK, "Sub-Sampling (Pooling) Layer")
SLIDE_LOSS = slides.cite(DECK, "Loss function")
SLIDE_SVM = slides.cite(DECK, "Regularization: Add term to loss")
SLIDE_MINIBATCH = slides.cite(DECK, "Minibatch stochastic gradient descent")
SLIDE_VAGARIES = slides.cite(DECK, "Vagaries of optimization")
SLIDE_RESIDUAL = slides.cite(DECK, "Residual connections")

# Gradients that somebody else computes. Methods of the tape are named too, so that a tape that was
# imported before the check is stopped as well.


# Central differences in float64 are right to about 1e-9, so these leave room for single precision.
CLOSE: dict[str, Any] = {"rtol": 1e-4, "atol": 1e-5}

Reference = SimpleNamespace
Arrays = tuple[np.ndarray, ...]


def _distinct(draw: Draw, *shape: int) -> np.ndarray:
    """Numbers between -2 and 2 in random order, none close to another or to zero."""
    size = int(np.prod(shape))
    grid = (np.arange(size) - size // 2 + 0.5) * 4 / size
    return draw.rng.permutation(grid + draw.rng.uniform(-0.5, 0.5, size) / size).reshape(shape)


def _bias(draw: Draw, size: int) -> np.ndarray:
    return draw.rng.uniform(0.5, 1.5, size) * draw.rng.choice([-1, 1], size)


def _numerical(forward: Callable[..., Any], *arrays: np.ndarray, upstream: Any = 1.0) -> Arrays:
    """The gradient with respect to each of the arrays, by central differences."""

    def alone(index: int) -> Callable[[np.ndarray], Any]:
        return lambda moved: forward(*arrays[:index], moved, *arrays[index + 1 :])

    return tuple(numerical_gradient(alone(i), arrays[i], upstream) for i in range(len(arrays)))


def _automatic(forward: Callable[..., Any], *arrays: np.ndarray, upstream: Any = 1.0) -> Arrays:
    """The same by Keras, for a function written with `keras.ops`."""
    return keras_gradients(forward, *arrays, upstream=upstream)


def _keras_convolution(stride: int, padding: int) -> Callable[..., Any]:
    from keras import ops

    frame = ((0, 0), (padding, padding), (padding, padding), (0, 0))

    def forward(x: Any, w: Any, b: Any) -> Any:
        return ops.conv(ops.pad(x, frame), w, strides=stride, padding="valid") + b

    return forward


def _keras_nll(scores: Any, labels: np.ndarray) -> Any:
    from keras import ops

    return ops.mean(ops.sparse_categorical_crossentropy(labels, scores, from_logits=True))


@check(
    "sequence_gradients",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_MODULES,
    where_to_look="Write down, for two modules, what goes into each backward and what comes out.",
)
def sequence_gradients(draw: Draw) -> Iterator[Case]:
    """Chains of one, two and four scales, from two independent sources; every value counts."""
    from keras import ops

    def sigmoid(x: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-x))

    for count, gradients, label in [
        (1, _automatic, "two modules"),
        (2, _numerical, "four modules"),
        (4, _automatic, "eight modules"),
    ]:
        batch, features = draw.shuffled([2, 3, 5])[:2]
        x, dout = draw.rng.normal(size=(2, batch, features))
        scales = [2 * _bias(draw, features) for _ in range(count)]
        upper = ops.sigmoid if gradients is _automatic else sigmoid

        # From the last module to the first: what each makes of the gradient that reaches it.
        values = [x]
        for w in scales:
            values += [values[-1] * w, sigmoid(values[-1] * w)]
        back: list[np.ndarray] = [4 * dout]
        weights: list[dict[str, np.ndarray]] = []
        for i, w in reversed(list(enumerate(scales))):
            back += gradients(upper, values[2 * i + 1], upstream=back[-1])
            dz, dw = gradients(lambda z, w: z * w, values[2 * i], w, upstream=back[-1])
            back.append(dz)
            weights += [{}, {"w": dw}]
        yield call(
            x,
            scales,
            4 * dout,
            expected=(values, back[::-1], weights[::-1]),
            label=label,
            names=("values", "gradients", "gradients of the weights"),
            **CLOSE,
        )


@check(
    "linear_backward",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_MODULES,
    where_to_look="Compare shapes: each gradient has the shape of what it is the gradient of. If "
    "they fit, add up for one number all the ways in which it reaches the result.",
)
def linear_backward(draw: Draw) -> Iterator[Case]:
    """One example by hand, then batches."""
    x, w = np.array([[1.0, -2.0]]), np.array([[2.0, 1.0, 0.0], [3.0, 0.0, -1.0]])
    dout = np.array([[1.0, 10.0, 100.0]])
    yield call(
        dout,
        x,
        w,
        expected=(
            np.array([[12.0, -97.0]]),
            np.array([[1.0, 10.0, 100.0], [-2.0, -20.0, -200.0]]),
            np.array([1.0, 10.0, 100.0]),
        ),
        label="one example, worked out by hand",
        names=("dx", "dw", "db"),
        **CLOSE,
    )
    for label, gradients in [
        ("a batch with more inputs than outputs", _numerical),
        ("a batch with more outputs than inputs", _automatic),
    ]:
        small, large = draw.integer(2, 3), draw.integer(5, 6)
        inputs, outputs = (large, small) if gradients is _numerical else (small, large)
        x, w = draw.rng.normal(size=(4, inputs)), draw.rng.normal(size=(inputs, outputs))
        bias, dout = _bias(draw, outputs), draw.rng.normal(size=(4, outputs))
        yield call(
            dout,
            x,
            w,
            expected=gradients(lambda x, w, b: x @ w + b, x, w, bias, upstream=dout),
            label=label,
            names=("dx", "dw", "db"),
            **CLOSE,
        )


@check(
    "relu_backward",
    allows=("arrays", "activations", "softmax"),
    slide=slides.cite(DECK, "Rectified Linear Unit (ReLU)"),
    where_to_look="Where x is positive, dout passes unchanged; everywhere else, 0.",
)
def relu_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Any shape, then the kink."""
    x = _distinct(draw, 3, 4)
    dout = draw.rng.normal(size=x.shape)
    expected = _numerical(reference.relu_forward, x, upstream=dout)[0]
    yield call(dout, x, expected=expected, label="a batch of vectors", **CLOSE)

    from keras import ops

    x = _distinct(draw, 2, 3, 5, 4)
    dout = draw.rng.normal(size=x.shape)
    expected = _automatic(ops.relu, x, upstream=dout)[0]
    yield call(dout, x, expected=expected, label="a batch of images", **CLOSE)

    x = np.array([-2.0, 0.0, 3.0, 0.0, -1.0, 0.5])
    dout = draw.rng.permutation([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0])
    yield call(
        dout,
        x,
        expected=np.array([0, 0, dout[2], 0, 0, dout[5]]),
        label="inputs of exactly 0",
        where_to_look="At 0 the slope is taken to be 0: only what is greater than 0 passes.",
    )


@check("overlap", slide=slides.cite(DECK, "CNN – Convolution"))
def overlap() -> Iterator[Case]:
    """Windows of 3 x 3 with stride 2 on 6 x 6 pixels, counted."""
    windows = np.zeros((6, 6), int)
    for top in (0, 2):
        for left in (0, 2):
            windows[top : top + 3, left : left + 3] += 1
    for name, pixel, advice in [
        ("top_left", (0, 0), "Which of the four windows begin in row 0 and column 0?"),
        ("middle", (2, 2), "One window ends in row 2, the next one begins there."),
        ("last", (5, 5), "The last window covers rows 2 to 4. What remains of the image?"),
    ]:
        yield answer(
            expected={name: int(windows[pixel])},
            label=f"dx at row {pixel[0]}, column {pixel[1]}",
            where_to_look=advice,
        )
    yield answer(
        expected={"db": 4},
        label="the gradient of the bias",
        where_to_look="The bias is added at every one of the 2 × 2 outputs.",
    )


def _layer(
    draw: Draw, stride: int = 1, padding: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Input, kernel and bias of a convolution whose seven sizes are all different."""
    kernel_height, kernel_width = draw.shuffled([2, 3])
    batch, channels, filters = draw.shuffled([1, 4, 5])
    sides = []
    for side, kernel in zip(
        draw.rng.permutation([6, 7]), (kernel_height, kernel_width), strict=True
    ):
        # With a stride, leave pixels at the end that no window reaches.
        while side in sides or (stride > 1 and (side + 2 * padding - kernel) % stride == 0):
            side += 1
        sides.append(int(side))
    x = draw.rng.normal(size=(batch, *sides, channels))
    w = draw.rng.normal(size=(kernel_height, kernel_width, channels, filters))
    return x, w, _bias(draw, filters)


@check(
    "conv_backward",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_MODULES,
    where_to_look="Compare with numerical_gradient for one image, one channel, one filter first.",
)
def conv_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """One stamp by hand, then each feature alone and all together."""
    names = ("dx", "dw", "db")
    kernel = draw.rng.permutation([-4.0, -3.0, -2.0, -1.0, 1.0, 2.0]).reshape(2, 3, 1, 1)
    x, dout, dx = (
        np.arange(20.0).reshape(1, 4, 5, 1),
        np.zeros((1, 3, 3, 1)),
        np.zeros((1, 4, 5, 1)),
    )
    dout[0, 1, 2, 0] = 2
    dx[0, 1:3, 2:5] = 2 * kernel[..., 0]
    yield call(
        dout,
        x,
        kernel,
        expected=(dx, 2 * x[0, 1:3, 2:5, :, np.newaxis], np.array([2.0])),
        label="dout is 0 but for one value, which stamps the kernel into dx",
        names=names,
    )
    features: list[tuple[str, dict[str, Any], Callable[..., Arrays]]] = [
        ("stride 1, no padding", {}, _automatic),
        ("only stride; the last pixels are in no window", {"stride": 2}, _numerical),
        ("only stride, larger than a side of the kernel", {"stride": 3}, _automatic),
        ("only padding", {"padding": draw.integer(1, 2)}, _numerical),
        ("stride and padding together", {"stride": 2, "padding": 1}, _automatic),
    ]
    for label, settings, gradients in features:
        stride, padding = settings.get("stride", 1), settings.get("padding", 0)
        x, w, b = _layer(draw, stride, padding)

        def ours(x: np.ndarray, w: np.ndarray, b: np.ndarray, settings: Any = settings) -> Any:
            return reference.conv_forward(x, w, b, **settings)

        dout = draw.rng.normal(size=ours(x, w, b).shape)
        forward = ours if gradients is _numerical else _keras_convolution(stride, padding)
        yield call(
            dout,
            x,
            w,
            expected=gradients(forward, x, w, b, upstream=dout),
            label=label,
            names=names,
            **settings,
            **CLOSE,
        )


@check("pool_shares", slide=SLIDE_POOLING)
def pool_shares() -> Iterator[Case]:
    """Shares of the values 1, 3, 3 and 2 at both ends of the sharpness, and in between."""
    yield answer(
        expected={"smallest": 1 / 4},
        label="the share of the 1, β nearly 0",
        where_to_look="What is e to the power of nearly 0, whatever x is?",
    )
    yield answer(
        expected={"tie": 1 / 2},
        label="the share of the first 3, β very large",
        where_to_look="Both 3s have the same power of e, and beside them the others vanish.",
    )
    yield answer(
        expected={"ratio": float(np.exp(2 * (3 - 2)))},
        rtol=0.01,
        label="a 3 and the 2, β = 2",
        where_to_look="Divide the two shares: the sum below cancels.",
    )


def _keras_soft_pool(size: tuple[int, int], stride: int, sharpness: float) -> Callable[[Any], Any]:
    """By its definition: the logarithm of the mean of the powers."""
    from keras import ops

    def pool(x: Any) -> Any:
        mean = ops.average_pool(ops.exp(sharpness * x), size, strides=stride, padding="valid")
        return ops.log(mean) / sharpness

    return pool


@check(
    "soft_pool_backward",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_POOLING,
    where_to_look="Take one window and one channel, and print its shares. They must add up to 1.",
)
def soft_pool_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Four shares by hand, then windows of all kinds, ties, and values that overflow."""
    powers = draw.rng.permutation([1.0, 2.0, 3.0, 4.0]).reshape(1, 2, 2, 1)
    sharpness, gradient = draw.uniform(1.5, 3), 10.0 * draw.integer(1, 4)
    yield call(
        np.full((1, 1, 1, 1), gradient),
        np.log(powers) / sharpness,
        (2, 2),
        2,
        sharpness,
        expected=gradient * powers / 10,
        label="one window of 2 × 2 pixels",
        **CLOSE,
    )

    for label, sides, others, stride, gradients in [
        ("windows that overlap", (3, 5), (2, 4), 2, _automatic),
        ("windows that overlap in one direction only", (2, 3), (4, 5), 2, _numerical),
        ("stride 4: some pixels are in no window", (2, 3), (4, 5), 4, _automatic),
    ]:
        height, width = draw.shuffled(sides)
        batch, channels = draw.shuffled(others)
        rows, columns = draw.shuffled([7, 8])
        x, sharpness = _distinct(draw, batch, rows, columns, channels), draw.uniform(1.5, 2.5)

        def ours(
            x: np.ndarray,
            size: Any = (height, width),
            stride: int = stride,
            sharpness: float = sharpness,
        ) -> np.ndarray:
            pooled: np.ndarray = reference.soft_pool_forward(x, size, stride, sharpness)
            return pooled

        pool = (
            ours
            if gradients is _numerical
            else _keras_soft_pool((height, width), stride, sharpness)
        )
        dout = draw.rng.normal(size=ours(x).shape)
        expected = gradients(pool, x, upstream=dout)[0]
        yield call(
            dout, x, (height, width), stride, sharpness, expected=expected, label=label, **CLOSE
        )

    low, high = -2.0, float(draw.integer(1, 4))
    x = np.array([[high, low, low, high], [low, high, high, high]])
    expected = np.array([[3.0, 0.0, 0.0, 4.0], [0.0, 3.0, 4.0, 4.0]])
    yield call(
        np.array([6.0, 12.0]).reshape(1, 1, 2, 1),
        x[None, :, :, None],
        (2, 2),
        2,
        50.0,
        expected=expected[None, :, :, None],
        label="sharpness 50, equal values in a window: they share the gradient",
        **CLOSE,
    )

    x = 1000 * _distinct(draw, 2, 4, 6, 3)
    dout = draw.rng.normal(size=(2, 2, 3, 3))
    yield call(
        dout,
        x,
        (2, 2),
        2,
        1.0,
        expected=_numerical(
            lambda x: reference.soft_pool_forward(x, (2, 2), 2, 1.0), x, upstream=dout
        )[0],
        label="values of a thousand: no power of e may overflow",
        where_to_look="Subtract the largest value of each window before you take powers.",
        **CLOSE,
    )


@check(
    "softmax_nll",
    allows=("arrays", "activations"),
    slide=SLIDE_LOSS,
    where_to_look="Print the probabilities of one example: they must add up to 1.",
)
def softmax_nll(draw: Draw) -> Iterator[Case]:
    """Equal scores, one example, batches, and scores that overflow."""
    names = ("loss", "dscores")
    classes, batch = draw.integer(3, 4), 2
    labels = draw.rng.permutation(classes)[:batch]
    dscores = np.full((batch, classes), 1 / classes / batch)
    dscores[np.arange(batch), labels] -= 1 / batch
    yield call(
        np.full((batch, classes), 0.5),
        labels,
        expected=(np.log(classes), dscores),
        label="equal scores: the loss is the logarithm of the number of classes",
        names=names,
    )

    def stable(scores: np.ndarray, labels: np.ndarray) -> float:
        return float(
            np.mean(np.logaddexp.reduce(scores, axis=1) - scores[range(len(labels)), labels])
        )

    def keras_case(scores: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
        gradient = _automatic(partial(_keras_nll, labels=labels), scores)[0]
        return stable(scores, labels), gradient

    for batch, label in [(1, "one example"), (5, "a batch")]:
        classes = draw.integer(3, 4)
        scores, labels = (
            2 * draw.rng.normal(size=(batch, classes)),
            draw.rng.integers(classes, size=batch),
        )
        if batch == 1:
            gradient = _numerical(partial(stable, labels=labels), scores)[0]
            expected = stable(scores, labels), gradient
        else:
            expected = keras_case(scores, labels)
        yield call(scores, labels, expected=expected, label=label, names=names, **CLOSE)

    scores = draw.rng.normal(size=(3, 4)) + np.array([[1000.0], [-1000.0], [5000.0]])
    labels = draw.rng.integers(4, size=3)
    yield call(
        scores,
        labels,
        expected=keras_case(scores, labels),
        label="scores in the thousands",
        names=names,
        where_to_look="Subtract the largest score of each example before the exponential.",
        **CLOSE,
    )
    lead = float(draw.integer(800, 900))
    yield call(
        np.array([[lead, 0.0, 1.0], [0.0, 2.0, lead]]),
        np.array([1, 2]),
        expected=(lead / 2, np.array([[0.5, -0.5, 0.0], [0.0, 0.0, 0.0]])),
        label="a label whose probability is too small for a number",
        names=names,
        where_to_look="Do not take the logarithm of a probability: use the last formula above.",
        **CLOSE,
    )


@check("likelihood_terms", slide=SLIDE_LOSS)
def likelihood_terms() -> Iterator[Case]:
    """The sum of the slide runs from 0 to the number of examples."""
    examples = 3500
    yield answer(
        expected={"printed": examples + 1},
        label="the terms of the printed sum",
        where_to_look="Count for a small one: how many terms has a sum from i = 0 to 2?",
    )
    yield answer(
        expected={"right": examples},
        label="the terms that it should have",
        where_to_look="One term for each training digit.",
    )
    yield answer(
        expected={"last_index": examples - 1},
        label="the number of the last example, counted from 0",
        where_to_look="Which index has the last element of a Python list of 3,500?",
    )


@check(
    "backprop_svm_loss",
    allows=("arrays", "activations"),
    slide=SLIDE_SVM,
    where_to_look="Work out one example with three classes by hand, term by term.",
)
def backprop_svm_loss(draw: Draw) -> Iterator[Case]:
    """By hand, batches, and terms of exactly 0."""
    from keras import ops

    names = ("loss", "dscores")
    yield call(
        np.array([[2.0, 2.5, 0.5]]),
        np.array([0]),
        expected=(1.5, np.array([[-1.0, 1.0, 0.0]])),
        label="one example: scores 2, 2.5, 0.5 and the label 0",
        names=names,
    )
    yield call(
        np.array([[3.0, 2.5, 4.5, 0.0]]),
        np.array([0]),
        expected=(3.0, np.array([[-2.0, 1.0, 1.0, 0.0]])),
        label="one example, in which two classes come too close",
        names=names,
    )

    def numpy_loss(scores: np.ndarray, labels: np.ndarray) -> float:
        total = 0.0
        for row, label in zip(scores, labels, strict=True):
            total += sum(max(0.0, s - row[label] + 1) for j, s in enumerate(row) if j != label)
        return total / len(labels)

    def keras_loss(scores: Any, labels: np.ndarray) -> Any:
        right = ops.take_along_axis(scores, labels[:, np.newaxis], axis=1)
        return (ops.sum(ops.relu(scores - right + 1)) - len(labels)) / len(labels)

    for batch, classes, label in [(4, 3, "a batch"), (3, 5, "a batch with more classes")]:
        # Spacing 0.37 between scores: no two of them are exactly 1 apart.
        scores = 0.37 * draw.rng.permuted(np.arange(batch * classes) - 5.0).reshape(batch, classes)
        labels = draw.rng.integers(classes, size=batch)
        if batch == 4:
            gradient = _numerical(partial(numpy_loss, labels=labels), scores)[0]
        else:
            gradient = _automatic(partial(keras_loss, labels=labels), scores)[0]
        yield call(
            scores,
            labels,
            expected=(numpy_loss(scores, labels), gradient),
            label=label,
            names=names,
            **CLOSE,
        )
    # Whole numbers: one class leads, one trails by exactly the margin, one by more.
    right = float(draw.integer(-3, 3))
    yield call(
        np.array([[right, right - 1, right - 2, right + 1], [right, right - 1, right, right - 1]]),
        np.array([0, 2]),
        expected=(1.5, np.array([[-0.5, 0, 0, 0.5], [0.5, 0, -0.5, 0]])),
        label="terms of exactly 0",
        names=names,
        where_to_look="Only a term that is greater than 0 has a slope.",
    )


@check(
    "one_step",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_MINIBATCH,
    where_to_look="Get every check above right first; then print the loss before and after a step.",
)
def one_step(draw: Draw) -> Iterator[Case]:
    """One step of the whole network, whose gradient Keras computes."""
    from keras import ops

    names = ("loss", "kernel 1", "bias 1", "kernel 2", "bias 2", "w", "b")

    def case(batch: int, classes: int, last: float, label: str) -> Case:
        images = draw.rng.normal(size=(batch, 8, 9, 2))
        labels = draw.rng.integers(classes, size=batch)
        weights = (
            0.5 * draw.rng.normal(size=(3, 4, 2, 3)),
            0.2 * _bias(draw, 3),
            0.5 * draw.rng.normal(size=(3, 3, 3, 2)),
            0.2 * _bias(draw, 2),
            last * draw.rng.normal(size=(2 * 2 * 2, classes)),
            last * _bias(draw, classes),
        )
        learning_rate = draw.integer(3, 7) / 10

        def loss(kernel_1: Any, bias_1: Any, kernel_2: Any, bias_2: Any, w: Any, b: Any) -> Any:
            z = ops.relu(_keras_convolution(2, 2)(images, kernel_1, bias_1))
            z = _keras_soft_pool((2, 2), 2, 5.0)(z)
            z = ops.relu(_keras_convolution(1, 1)(z, kernel_2, bias_2))
            return _keras_nll(ops.reshape(z, (batch, -1)) @ w + b, labels)

        gradients = _automatic(loss, *weights)
        after = [w - learning_rate * g for w, g in zip(weights, gradients, strict=True)]
        before = np.log(classes) if last == 0 else float(ops.convert_to_numpy(loss(*weights)))
        return call(
            images,
            labels,
            list(weights),
            learning_rate,
            expected=(before, *after),
            label=label,
            names=names,
            **CLOSE,
        )

    yield case(2, 4, 0.0, "a last layer of zeros: the loss is the logarithm of the classes")
    yield case(3, 5, 0.5, "random weights")
    yield case(4, 3, 0.5, "another batch, other classes")


@check(
    "jacobian_product",
    slide=SLIDE_VAGARIES,
    where_to_look="The matrix that meets the input first stands on the right.",
)
def jacobian_product(draw: Draw) -> Iterator[Case]:
    """Products in order, with and without the identity, and what the slides say of long ones."""
    sizes = draw.shuffled([2, 3, 4, 5])
    chain = [draw.rng.normal(size=(outputs, inputs)) for inputs, outputs in pairwise(sizes)]
    x = draw.rng.normal(size=sizes[0])

    def through(x: np.ndarray) -> np.ndarray:
        for matrix in chain:
            x = matrix @ x
        return x

    # Column j of the Jacobian of a linear chain is what it makes of unit vector j.
    expected = np.stack([through(unit) for unit in np.eye(len(x))], axis=1)
    yield call(chain, expected=expected, label="three functions with different sizes", **CLOSE)

    size, count = 3, 4
    square = [draw.rng.normal(size=(size, size)) for _ in range(count)]
    columns = []
    for z in np.eye(size):
        for matrix in square:
            z = matrix @ z
        columns.append(z)
    yield call(square, expected=np.stack(columns, axis=1), label="square matrices", **CLOSE)

    columns = []
    for z in np.eye(size):
        for matrix in square:
            z = z + matrix @ z
        columns.append(z)
    yield call(
        square,
        True,
        expected=np.stack(columns, axis=1),
        label="the same with residual connections",
        slide=SLIDE_RESIDUAL,
        where_to_look="Every function has a connection of its own: I is added to each factor.",
        share=2.0,
        **CLOSE,
    )
    rate = draw.rng.choice([0.5, 1.5])
    yield call(
        [rate * np.eye(2)] * 9,
        expected=rate**9 * np.eye(2),
        label="nine functions with one slope each: it is raised to the power of 9",
        **CLOSE,
    )
    yield call(
        [np.zeros((3, 3))] * 5,
        True,
        expected=np.eye(3),
        label="branches that do nothing: the gradient passes unchanged",
        slide=SLIDE_RESIDUAL,
        **CLOSE,
    )


@check(
    "residual_gradients",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_RESIDUAL,
    where_to_look="The gradient reaches z on two ways. What becomes of the two parts?",
)
def residual_gradients(draw: Draw) -> Iterator[Case]:
    """A branch with weights, one that does nothing, from two sources."""
    from keras import ops

    names = ("dz", "dw")

    for label, gradients, tanh in [
        ("a branch with weights", _numerical, np.tanh),
        ("another batch", _automatic, ops.tanh),
    ]:
        batch, features = draw.shuffled([2, 3, 4])[:2]
        z, dout = draw.rng.normal(size=(2, batch, features))
        w = _bias(draw, features)
        yield call(
            dout,
            z,
            w,
            expected=gradients(lambda z, w, tanh=tanh: z + tanh(z * w), z, w, upstream=dout),
            label=label,
            names=names,
            **CLOSE,
        )
    z, dout = draw.rng.normal(size=(2, 2, 3))
    yield call(
        dout,
        z,
        np.zeros(3),
        expected=(dout, np.sum(dout * z, axis=0)),
        label="a branch that gives 0: the gradient passes unchanged",
        names=names,
        **CLOSE,
    )
