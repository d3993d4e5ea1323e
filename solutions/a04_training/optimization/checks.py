"""What the notebook a04_training/optimization requires.

Expected steps come from the Keras optimizers or from closed sums over all gradients so far, never
from the recursions that the student writes. Arrays are in double precision, so that a decay of
0.0005 % a step and the place of an epsilon can be told from the values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

from autograder.checks import Draw, answer, call, check, optimizer
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient

DECK = "Convolutional Neural Network"

SLIDE_MINIBATCH = slides.cite(DECK, "Minibatch stochastic gradient descent")
SLIDE_MOMENTUM = slides.cite(DECK, "Momentum")
SLIDE_DECAY = slides.cite(DECK, "Weight decay")
SLIDE_RATE = slides.cite(DECK, "Learning rate decay")
SLIDE_ADAM = slides.cite(DECK, "Optimization: Adam")
SLIDE_ALEXNET = slides.cite("CNN Benchmark Models", "AlexNet (2/3)")
SLIDE_VGG = slides.cite("CNN Benchmark Models", "VGG (3/4)")
SLIDE_RESNET = slides.cite("Lecture 9", "Case Study: ResNet")

# "AlexNet" in two decks: SGD momentum 0.9, learning rate 1e-2, weight decay 5e-4.
ALEXNET: dict[str, Any] = {"learning_rate": 1e-2, "momentum": 0.9, "weight_decay": 5e-4}


EXACT: dict[str, Any] = {"rtol": 1e-6, "atol": 1e-9}
# Keras keeps learning rates, and some of its products, in single precision.
KERAS: dict[str, Any] = {"rtol": 1e-4, "atol": 3e-6}

Reference = SimpleNamespace


def _shape(draw: Draw) -> tuple[int, ...]:
    return tuple(int(side) for side in draw.rng.permutation([2, 3, 4])[: draw.integer(2, 3)])


def _weights(draw: Draw, shape: tuple[int, ...]) -> np.ndarray:
    """Between 0.5 and 2 on both sides of zero: nothing is hidden by a value near zero."""
    return draw.rng.uniform(0.5, 2, size=shape) * draw.rng.choice([-1, 1], size=shape)


def _gradients(draw: Draw, steps: int, shape: tuple[int, ...]) -> list[np.ndarray]:
    return [_weights(draw, shape) for _ in range(steps)]


def _keras_path(made: Any, w: np.ndarray, gradients: Sequence[np.ndarray]) -> list[np.ndarray]:
    """The weights after each step of a Keras optimizer, the first weights before them."""
    variable = keras.Variable(w, dtype="float64")
    path = [np.array(w)]
    for gradient in gradients:
        made.apply([keras.ops.convert_to_tensor(gradient)], [variable])
        path.append(keras.ops.convert_to_numpy(variable).copy())
    return path


def _average(gradients: Sequence[np.ndarray], keep: float) -> np.ndarray:
    """The exponential average that starts at zero, as a sum over all values."""
    last = len(gradients) - 1
    weights = [(1 - keep) * keep ** (last - index) for index in range(len(gradients))]
    total = np.zeros_like(gradients[0])
    for weight, gradient in zip(weights, gradients, strict=True):
        total = total + weight * gradient
    return total


@check(
    "minibatch_loss",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_MINIBATCH,
    where_to_look="Compare your gradients with `numerical_gradient`, as the cell below does.",
)
def minibatch_loss(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The loss from Keras, the gradients from central differences."""
    names = ("loss", "d_weights", "d_bias")

    def case(
        sizes: tuple[int, int, int], label: str, scale: float = 1.0, share: float = 1.0
    ) -> Case:
        batch, features, classes = sizes
        weights, bias = (
            scale * draw.rng.normal(size=(features, classes)),
            _weights(draw, (classes,)),
        )
        images, labels = (
            _weights(draw, (batch, features)),
            draw.rng.integers(0, classes, size=batch),
        )
        loss = keras.ops.mean(
            keras.losses.sparse_categorical_crossentropy(
                labels, keras.ops.convert_to_tensor(images @ weights + bias), from_logits=True
            )
        )

        def forward(weights: np.ndarray, bias: np.ndarray) -> Any:
            return reference.minibatch_loss(weights, bias, images, labels)[0]

        expected = (
            float(keras.ops.convert_to_numpy(loss)),
            numerical_gradient(lambda w: forward(w, bias), weights),
            numerical_gradient(lambda b: forward(weights, b), bias),
        )
        return call(
            weights,
            bias,
            images,
            labels,
            expected=expected,
            names=names,
            label=label,
            share=share,
            rtol=1e-4,
            atol=1e-6,
        )

    classes = draw.integer(5, 11)
    features, batch = 3, 4
    images, labels = _weights(draw, (batch, features)), draw.rng.integers(0, classes, size=batch)
    zeros = np.zeros((features, classes)), np.zeros(classes)
    # With all weights zero every class has the probability 1 / C.
    share = np.full((batch, classes), 1 / classes)
    share[np.arange(batch), labels] -= 1
    yield call(
        *zeros,
        images,
        labels,
        expected=(np.log(classes), images.T @ share / batch, share.mean(axis=0)),
        names=names,
        label=f"all weights zero: the loss is log {classes}",
        where_to_look="All probabilities are equal here: the loss must be the logarithm of C.",
    )
    yield case((1, 4, 3), "a single image")
    for sizes in ((5, 3, 4), (6, 4, 2)):
        yield case(sizes, f"{sizes[0]} images, {sizes[2]} classes")
    yield case(
        (4, 5, 3),
        "scores of several hundred",
        scale=400.0,
    )


@check(
    "sgd_step",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_DECAY,
    where_to_look="Write the formula down with numbers: w = 2, g = 3, λ = 0.1, a = 0.5 give 1.6.",
)
def sgd_step(draw: Draw) -> Iterator[Case]:
    """Without decay, decay alone, both, and AlexNet's small numbers."""
    w, gradient = np.array([1.0]), np.array([2.0])
    yield call(
        w,
        gradient,
        0.1,
        0.5,
        expected=np.array([0.75]),
        label="by hand: 1 - 0.1 · (2 + 0.5 · 1)",
    )

    shape = _shape(draw)
    w, gradient = _weights(draw, shape), _weights(draw, shape)
    rate = draw.uniform(0.05, 0.3)
    path = _keras_path(keras.optimizers.SGD(rate), w, [gradient])
    yield call(
        w,
        gradient,
        rate,
        expected=path[1],
        label="no decay",
        slide=slides.cite(DECK, "Stochastic gradient descent"),
        **KERAS,
    )

    shape = _shape(draw)
    w = _weights(draw, shape)
    rate, decay = draw.uniform(0.05, 0.3), draw.uniform(0.1, 0.4)
    yield call(
        w,
        np.zeros(shape),
        rate,
        weight_decay=decay,
        expected=w * (1 - rate * decay),
        label="gradient zero: the weights shrink by 1 - λa",
        where_to_look="Only the decay is left here. Do the weights shrink, and by λa?",
        **EXACT,
    )

    shape = _shape(draw)
    w, gradient = _weights(draw, shape), _weights(draw, shape)
    rate, decay = draw.uniform(0.05, 0.3), draw.uniform(0.1, 0.4)
    # The slope of the loss, whose gradient is given, and of a/2 · |w|² together.
    slope = numerical_gradient(lambda x: np.sum(gradient * x + decay / 2 * x**2), w)
    yield call(
        w,
        gradient,
        rate,
        decay,
        expected=w - rate * slope,
        label="gradient and decay, in several dimensions",
    )
    w = _weights(draw, (5,))
    yield call(
        w,
        np.zeros(5),
        ALEXNET["learning_rate"],
        ALEXNET["weight_decay"],
        expected=w * 0.999995,
        label="AlexNet's numbers: a factor of 0.999995",
        slide=SLIDE_ALEXNET,
        rtol=1e-8,
        atol=0.0,
    )


@check("printed_momentum", slide=SLIDE_MOMENTUM)
def printed_momentum() -> Iterator[Case]:
    """Two steps of the recipe as printed, worked out by hand, and what repairs it."""
    yield answer(
        expected={"w_1": 1.01},
        label="w after the first step, as printed",
        where_to_look="p becomes 0.9 · 0 - 0.1 · 1 = -0.1. What is 1 - 0.1 · (-0.1)?",
    )
    yield answer(
        expected={"w_2": 1.0291},
        label="w after the second step, as printed",
        # A step with the first gradient once more gives 1.029.
        rtol=2e-5,
        atol=0.0,
        where_to_look="The gradient is now the new w, and 0.9 of the old p remains.",
    )
    yield answer(
        expected={"repairs": [1, 2]},
        label="which changes repair it",
        where_to_look="Count the minus signs between the gradient and w: there must be one.",
    )


@check(
    "averaged_momentum_step",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_MOMENTUM,
    where_to_look="Update p first, then take the step along the new p.",
)
def averaged_momentum_step(draw: Draw) -> Iterator[Case]:
    """Averages as closed sums; for μ = 1 plain gradient descent."""
    names = ("w", "p")
    one = np.array([1.0])
    yield call(
        one,
        0 * one,
        one,
        0.1,
        0.1,
        expected=(np.array([0.99]), np.array([0.1])),
        names=names,
        label="the example of the notebook: from 1 down to 0.99",
    )
    shape = _shape(draw)
    rate, mu = draw.uniform(0.1, 0.3), draw.uniform(0.15, 0.35)
    w, gradients = _weights(draw, shape), _gradients(draw, 4, shape)
    before, after = _average(gradients[:-1], 1 - mu), _average(gradients, 1 - mu)
    yield call(
        w,
        before,
        gradients[-1],
        rate,
        mu,
        expected=(w - rate * after, after),
        names=names,
        label="the fourth step",
        share=2.0,
        **EXACT,
    )
    shape = _shape(draw)
    w, p, gradient = _weights(draw, shape), _weights(draw, shape), _weights(draw, shape)
    path = _keras_path(keras.optimizers.SGD(rate), w, [gradient])
    yield call(
        w,
        p,
        gradient,
        rate,
        1.0,
        expected=(path[1], gradient),
        names=names,
        label="μ = 1: plain gradient descent",
        **KERAS,
    )


@check(
    "momentum_step",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_ALEXNET,
    where_to_look="Two lines, in this order: the new velocity, then w plus the new velocity.",
)
def momentum_step(draw: Draw) -> Iterator[Case]:
    """Steps of Keras, the laws, and AlexNet's recipe as a trace."""
    names = ("w", "velocity")
    shape = _shape(draw)
    rate, momentum = draw.uniform(0.05, 0.3), draw.uniform(0.6, 0.9)
    w, gradients = _weights(draw, shape), _gradients(draw, 3, shape)
    path = _keras_path(keras.optimizers.SGD(rate, momentum=momentum), w, gradients)
    for step, label in ((1, "the first step, from rest"), (3, "the third step")):
        yield call(
            path[step - 1],
            path[step - 1] - path[step - 2] if step > 1 else np.zeros(shape),
            gradients[step - 1],
            rate,
            momentum,
            expected=(path[step], path[step] - path[step - 1]),
            names=names,
            label=label,
            **KERAS,
        )

    shape = _shape(draw)
    w, velocity, gradient = _weights(draw, shape), _weights(draw, shape), _weights(draw, shape)
    moved = _keras_path(keras.optimizers.SGD(rate), w, [gradient])[1]
    yield call(
        w,
        velocity,
        gradient,
        rate,
        0.0,
        expected=(moved, moved - w),
        names=names,
        label="momentum 0: plain gradient descent",
        **KERAS,
    )

    shape = _shape(draw)
    w, gradient = _weights(draw, shape), _weights(draw, shape)
    steady = -rate / (1 - momentum) * gradient
    yield call(
        w,
        steady,
        gradient,
        rate,
        momentum,
        expected=(w + steady, steady),
        names=names,
        label="constant gradient: a velocity of -λg / (1 - m) stays as it is",
        **EXACT,
    )

    shape = _shape(draw)
    w, velocity, gradient = _weights(draw, shape), _weights(draw, shape), _weights(draw, shape)
    decay = draw.uniform(0.2, 0.5)
    slope = numerical_gradient(lambda x: np.sum(gradient * x + decay / 2 * x**2), w)
    changed = momentum * velocity - rate * slope
    yield call(
        w,
        velocity,
        gradient,
        rate,
        momentum,
        decay,
        expected=(w + changed, changed),
        names=names,
        label="with weight decay",
        slide=slides.cite(DECK, "Convolutional network training"),
        where_to_look="The decay joins the gradient, and nothing else: λ(g + aw).",
    )

    # By hand: g = 0, so that only 0.9 of the velocity and the decay are left.
    yield call(
        np.array([2.0, -4.0]),
        np.array([0.1, 0.3]),
        np.zeros(2),
        **ALEXNET,
        expected=(np.array([2.08999, -3.72998]), np.array([0.08999, 0.27002])),
        names=names,
        label="AlexNet's recipe, gradient zero, by hand",
        rtol=1e-7,
        atol=0.0,
    )


@check(
    "step_decay",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_RATE,
    where_to_look="Make a table by hand for every = 3: which epochs share the first rate?",
)
def step_decay(draw: Draw) -> Iterator[Case]:
    """Both ends of steps: piecewise constant. GoogLeNet's recipe in products."""
    yield call(
        7, 0.01, 0.96, 8, expected=0.01, label="4 % every 8 epochs: epoch 7, still the first"
    )
    yield call(8, 0.01, 0.96, 8, expected=0.0096, label="4 % every 8 epochs: epoch 8, 4 % less")
    yield call(
        31,
        0.01,
        0.96,
        8,
        expected=0.01 * 0.96 * 0.96 * 0.96,
        label="4 % every 8 epochs: epoch 31, three times 4 % less",
    )
    rate, every = round(draw.uniform(0.02, 0.2), 3), draw.integer(5, 8)
    factor = round(draw.uniform(0.3, 0.7), 2)
    yield call(0, rate, factor, every, expected=rate, label="epoch 0")
    for epoch, label in (
        (2 * every, "first epoch after the second step down"),
        (2 * every + 2, "in the middle of a step"),
        (3 * every - 2, "in the second half of a step"),
        (3 * every - 1, "last epoch before the third step down"),
    ):
        yield call(epoch, rate, factor, every, expected=rate * factor * factor, label=label)
    yield call(
        4 * every + 1,
        rate,
        factor,
        every,
        expected=rate * factor**4,
        label="second epoch after the fourth step down",
    )


def _keras_plateau(
    errors: Sequence[float], rate: float, patience: int, divide_by: float
) -> list[Any]:
    """The rates that Keras trains with when its callback sees these errors."""
    followed = keras.optimizers.SGD(rate)
    callback = keras.callbacks.ReduceLROnPlateau(
        monitor="error", mode="min", factor=1 / divide_by, patience=patience, min_delta=0.0
    )
    callback.set_model(SimpleNamespace(optimizer=followed))
    callback.on_train_begin()
    rates = []
    for epoch, error in enumerate(errors):
        rates.append(float(keras.ops.convert_to_numpy(followed.learning_rate)))
        callback.on_epoch_end(epoch, {"error": error})
    return rates


@check(
    "plateau_rates",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_VGG,
    where_to_look="Follow the loop by hand: note the rate, the best error and the count of epochs "
    "without a better one, for each epoch.",
)
def plateau_rates(draw: Draw) -> Iterator[Case]:
    """VGG's three steps by hand, then what each sentence of the rule is about."""
    yield call(
        [0.5, 0.4, 0.4, 0.4, 0.3, 0.3, 0.3, 0.3, 0.3, 0.25],
        1e-2,
        2,
        expected=np.array([1e-2] * 4 + [1e-3] * 3 + [1e-4] * 2 + [1e-5]),
        label="VGG: from 0.01 down three times, by hand",
        atol=1e-9,
    )
    start = draw.uniform(0.6, 0.9)
    for label, patience, pattern in [
        ("an error that always falls", 2, [-1] * 6),
        ("better in between: the count starts again", 3, [-1, 1, 1, -4, 1, 1, 1, -9, 1, 1]),
        ("lower than before, but not than the best", 3, [-4, 6, -1, -1, -1, -1, 1, -9, 1]),
        ("two falls in a row", 2, [-1, 2, 1, -1, 1, -1, 1, 1]),
        ("equal errors are not better", 2, [-1, 0, 0, 0, -1, 0, 0, 0]),
    ]:
        errors = [round(start + step, 3) for step in np.cumsum([0, *pattern]) * 0.01]
        divide_by, rate = 10.0, 0.1
        yield call(
            errors,
            rate,
            patience,
            expected=np.array(_keras_plateau(errors, rate, patience, divide_by)),
            label=label,
            slide=SLIDE_RESNET,
            rtol=1e-4,
            atol=1e-9,
        )
    errors = [round(start + step, 3) for step in (0.0, 0.02, 0.01, 0.03, -0.1)]
    yield call(
        errors,
        0.3,
        1,
        3.0,
        expected=np.array(_keras_plateau(errors, 0.3, 1, 3.0)),
        label="patience 1, divided by 3",
        rtol=1e-4,
        atol=1e-9,
    )


def _rescaled_cases(
    draw: Draw,
    make: Callable[[float], Any],
    squares_of: Callable[[Sequence[np.ndarray]], np.ndarray],
    settings: dict[str, Any],
) -> Iterator[Case]:
    """Cases for AdaGrad and RMSProp: from rest, later, with a wide epsilon."""
    names = ("w", "squares")
    rate = draw.uniform(0.05, 0.3)
    shape = _shape(draw)
    w, gradients = _weights(draw, shape), _gradients(draw, 4, shape)
    path = _keras_path(make(rate), w, gradients)
    for step, label in ((1, "the first step, from rest"), (4, "the fourth step")):
        squares = squares_of(gradients[: step - 1]) if step > 1 else np.zeros(shape)
        yield call(
            path[step - 1],
            squares,
            gradients[step - 1],
            rate,
            **settings,
            expected=(path[step], squares_of(gradients[:step])),
            names=names,
            label=label,
            **KERAS,
        )
    shape, epsilon = _shape(draw), draw.uniform(0.2, 0.4)
    w, gradients = _weights(draw, shape), _gradients(draw, 2, shape)
    squares = squares_of(gradients)
    yield call(
        w,
        squares_of(gradients[:1]),
        gradients[1],
        rate,
        **settings,
        epsilon=epsilon,
        expected=(w - rate * gradients[1] / (squares**0.5 + epsilon), squares),
        names=names,
        label="a wide epsilon, which stands outside the root",
        where_to_look="Take the root of s alone, and add ε to it afterwards.",
        **EXACT,
    )


@check(
    "adagrad_step",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_ADAM,
    where_to_look="First the new s, with this gradient in it; then divide by its root.",
)
def adagrad_step(draw: Draw) -> Iterator[Case]:
    """Weights from Keras, sums of squares directly."""

    def make(rate: float) -> Any:
        return keras.optimizers.Adagrad(rate, initial_accumulator_value=0.0, epsilon=1e-14)

    def squares_of(gradients: Sequence[np.ndarray]) -> np.ndarray:
        return np.sum(np.square(gradients), axis=0)

    yield from _rescaled_cases(draw, make, squares_of, {})
    gradient = _weights(draw, (2, 3))
    w = _weights(draw, (2, 3))
    yield call(
        w,
        np.zeros((2, 3)),
        gradient,
        0.5,
        expected=(w - 0.5 * np.sign(gradient), gradient * gradient),
        names=("w", "squares"),
        label="the first step is λ in every direction",
        rtol=1e-5,
        atol=1e-6,
    )


@check(
    "rmsprop_step",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_ADAM,
    where_to_look="First the new average s, with this gradient in it; then divide by its root.",
)
def rmsprop_step(draw: Draw) -> Iterator[Case]:
    """Weights from Keras, averages of squares as closed sums."""
    own: dict[str, Any] = {"rho": draw.uniform(0.6, 0.8)}
    for settings in ({}, own):
        rho: float = settings.get("rho", 0.9)

        def make(rate: float, rho: float = rho) -> Any:
            return keras.optimizers.RMSprop(rate, rho=rho, epsilon=1e-14)

        def squares_of(gradients: Sequence[np.ndarray], rho: float = rho) -> np.ndarray:
            return _average([g * g for g in gradients], rho)

        yield from _rescaled_cases(draw, make, squares_of, settings)
    # A gradient that does not change has itself as root mean square.
    w, gradient = _weights(draw, (3, 2)), _weights(draw, (3, 2))
    yield call(
        w,
        gradient * gradient,
        gradient,
        0.25,
        expected=(w - 0.25 * np.sign(gradient), gradient * gradient),
        names=("w", "squares"),
        label="constant gradient: steps of λ, and s stays as it is",
        rtol=1e-5,
        atol=1e-6,
    )


@check(
    "adam_step",
    allows=("arrays", "activations", "softmax"),
    slide=SLIDE_ADAM,
    where_to_look="Print both moments and both corrected moments for w = 1, g = 2, t = 1: the "
    "corrected ones are g and g².",
)
def adam_step(draw: Draw) -> Iterator[Case]:
    """The law of the first step, steps of Keras, and the place of epsilon."""
    names = ("w", "first_moment", "second_moment")
    shape = _shape(draw)
    w, gradient = (
        _weights(draw, shape),
        10.0 ** draw.rng.uniform(-2, 3, shape) * _weights(draw, shape),
    )
    yield call(
        w,
        np.zeros(shape),
        np.zeros(shape),
        gradient,
        1,
        0.5,
        expected=(w - 0.5 * np.sign(gradient), 0.1 * gradient, 0.001 * gradient * gradient),
        names=names,
        label="the first step: λ times the sign, however large the gradient",
        rtol=1e-4,
        atol=1e-6,
    )

    for betas, label in [
        ((0.9, 0.999), "the slide's settings"),
        ((draw.uniform(0.6, 0.7), draw.uniform(0.8, 0.95)), "other settings"),
    ]:
        shape = _shape(draw)
        rate = draw.uniform(0.1, 0.4)
        w, gradients = _weights(draw, shape), _gradients(draw, 4, shape)
        made = keras.optimizers.Adam(rate, beta_1=betas[0], beta_2=betas[1], epsilon=1e-12)
        path = _keras_path(made, w, gradients)
        settings: dict[str, Any] = {}
        if label == "other settings":
            settings = {"beta1": betas[0], "beta2": betas[1]}
        for t in (2, 4):
            seen = gradients[:t]
            yield call(
                path[t - 1],
                _average(seen[:-1], betas[0]),
                _average([g * g for g in seen[:-1]], betas[1]),
                seen[-1],
                t,
                rate,
                **settings,
                expected=(
                    path[t],
                    _average(seen, betas[0]),
                    _average([g * g for g in seen], betas[1]),
                ),
                names=names,
                label=f"{label}, step {t}",
                **KERAS,
            )

    shape, epsilon = _shape(draw), draw.uniform(0.2, 0.4)
    w, gradients = _weights(draw, shape), _gradients(draw, 3, shape)
    first, second = _average(gradients, 0.9), _average([g * g for g in gradients], 0.999)
    root = (second / (1 - 0.999**3)) ** 0.5
    yield call(
        w,
        _average(gradients[:-1], 0.9),
        _average([g * g for g in gradients[:-1]], 0.999),
        gradients[-1],
        3,
        0.5,
        epsilon=epsilon,
        expected=(w - 0.5 * first / (1 - 0.9**3) / (root + epsilon), first, second),
        names=names,
        label="a wide epsilon, which stands outside the root",
        where_to_look="Take the root of the corrected second moment alone, and add ε afterwards.",
        **EXACT,
    )


class KerasAdam(keras.optimizers.Adam):
    """Adam of Keras with the epsilon of the slide.

    Keras divides by the root of the moment that is *not* corrected, plus epsilon; the slide's
    epsilon is added to the corrected root, which makes it smaller by this factor.
    """

    epsilon: Any

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        given = self.epsilon
        step = keras.ops.cast(self.iterations + 1, variable.dtype)
        self.epsilon = given * keras.ops.sqrt(1 - keras.ops.power(self.beta_2, step))
        super().update_step(gradient, variable, learning_rate)
        self.epsilon = given


@check(
    "SlideAdam",
    # A class that inherits Adam's step from Keras is stopped when it takes one.
    allows=("arrays", "optimizers"),
    slide=SLIDE_ADAM,
    where_to_look="The first line that says `wrong` tells where it starts: the first step, a later "
    "one, or only the compiled training of an optimizer made again from its configuration.",
)
def slide_adam(draw: Draw) -> Iterator[Case]:
    """Steps of two variables, and a compiled training of an optimizer made from its settings."""
    kinds: list[tuple[str, dict[str, Any]]] = [
        ("the slide's settings", {"learning_rate": 0.05}),
        (
            "other betas",
            {
                "learning_rate": round(draw.uniform(0.05, 0.1), 3),
                "beta_1": round(draw.uniform(0.6, 0.75), 2),
                "beta_2": round(draw.uniform(0.85, 0.95), 2),
            },
        ),
        (
            "a wide epsilon",
            {"learning_rate": 0.1, "epsilon": round(draw.uniform(0.3, 0.5), 2)},
        ),
    ]
    for label, settings in kinds:
        features, outputs = draw.shuffled([2, 3, 4])[:2]
        shapes = [(features, outputs), (outputs,)]
        values = [[_weights(draw, shape).astype("float32") for shape in shapes] for _ in range(4)]
        yield optimizer(
            like=KerasAdam,
            variables=values[0],
            gradients=values[1:],
            inputs=_weights(draw, (5, features)).astype("float32"),
            targets=draw.normal(5, outputs),
            label=label,
            **settings,
        )


@check(
    "range_test_rates",
    where_to_look="Divide each rate by the one before: all these ratios must be equal.",
)
def range_test_rates(draw: Draw) -> Iterator[Case]:
    """Powers of ten and of two by hand, then any range."""
    yield call(1e-3, 1.0, 4, expected=np.array([1e-3, 1e-2, 1e-1, 1.0]), label="four powers of ten")
    yield call(
        0.5, 16.0, 6, expected=np.array([0.5, 1.0, 2.0, 4.0, 8.0, 16.0]), label="powers of two"
    )
    low, ratio, steps = (
        draw.uniform(1e-4, 1e-3),
        draw.uniform(1.5, 3),
        draw.integer(5, 8),
    )
    rates = [low]
    while len(rates) < steps:
        rates.append(rates[-1] * ratio)
    yield call(low, rates[-1], steps, expected=np.array(rates), label=f"{steps} rates", atol=0.0)


@check(
    "pick_rate",
    where_to_look="Mark the losses by hand: which is the first that is not below four times the "
    "first one, and which is the lowest before it?",
)
def pick_rate(draw: Draw) -> Iterator[Case]:
    """A smooth test, one that ends in NaN, one that falls again after it diverged, none."""
    low = draw.uniform(1e-5, 1e-4)
    rates = low * 2.5 ** np.arange(10)

    def case(losses: list[float], lowest: int, label: str, look: str = "") -> Case:
        jitter = np.round(np.array(losses) + draw.rng.uniform(0, 0.04, len(losses)), 3)
        return call(
            rates[: len(losses)],
            jitter,
            expected=float(rates[lowest] / 10),
            label=label,
            where_to_look=look,
            rtol=1e-6,
            atol=0.0,
        )

    yield case([2.3, 2.2, 2.0, 1.6, 1.1, 0.9, 0.7, 1.3, 2.9, 6.0], 6, "it only becomes bad")
    yield case(
        [2.3, 2.2, 1.9, 1.4, 0.8, 1.0, 2.5, 40.0, np.nan, np.nan],
        4,
        "it ends in NaN",
        "`np.argmin` takes NaN for the smallest number of all.",
    )
    yield case(
        [2.3, 2.2, 2.1, 1.5, 1.2, 1.9, 5.0, 80.0, np.inf, 0.4],
        4,
        "small by accident after it diverged",
        "Nothing counts after the first loss that is four times the first one.",
    )
    yield case(
        [2.3, 2.2, 1.7, 1.3, 1.6, 7.0, 3.0, 1.0, 0.8, 0.6],
        9,
        "seven is still below four times the first loss",
        "Four times the *first* loss is about 9.2; four times the lowest is not asked for.",
    )
    yield call(
        rates[:8],
        np.array([1.5, 1.4, 3.5, 0.8, 3.9, 0.6, 6.0, 0.5]),
        expected=float(rates[5] / 10),
        label="3.9 is still below four times the first loss, 6 is not",
        where_to_look="The test ends at the first loss that is *not below* four times the first.",
        rtol=1e-6,
        atol=0.0,
    )
