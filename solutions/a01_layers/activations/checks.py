"""What the notebook a01_layers/activations requires.

The values of a forward function come from Keras; the gradients, with random upstream gradients,
once from central differences of the forward function and once from Keras' automatic ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import numpy as np

from autograder.checks import Draw, answer, call, check
from course_lib import slides
from course_lib.checking import Case
from course_lib.gradients import numerical_gradient

DECK = "Convolutional Neural Network"


SLIDE_FUNCTIONS = slides.cite("Lecture 7", "Activation Functions")
SLIDE_RELU = slides.cite(DECK, "Rectified Linear Unit (ReLU)")
SLIDE_ELU = slides.cite(DECK, "Exponential Linear Unit (ELU)")
SLIDE_SELU = slides.cite(DECK, "SELU")
SLIDE_GELU = slides.cite(DECK, "Gaussian Error Linear Unit (Gelu)")
SLIDE_SWISH = slides.cite(DECK, "Swish by Google 2017")
SLIDE_MISH = slides.cite(DECK, "Mish")
SLIDE_DICE = slides.cite(DECK, "Data Adaptive Activation Function (Dice)")
SLIDE_INITIAL = slides.cite(DECK, "Careful initialization")
SLIDE_FAN_IN = slides.cite(DECK, "Edge Detector")
SLIDE_SIGMOID = slides.cite(DECK, "Sigmoids cause vanishing gradients")

# Central differences in double precision are good to about nine digits here.
GRADIENTS: dict[str, Any] = {"rtol": 1e-4, "atol": 1e-6}
FAR = np.array([-1000.0, 1000.0])

Reference = SimpleNamespace
Function = Callable[..., Any]


def _values(draw: Draw, *shape: int) -> np.ndarray:
    """Numbers of both signs that keep away from 0, where rectifiers have no derivative."""
    return draw.away_from_zero(*shape, low=0.15, high=2.5)


def _shape(draw: Draw) -> tuple[int, ...]:
    """A batch of small images whose four sizes are all different."""
    return tuple(draw.shuffled([1, 2, 3, 4]))


def _numpy(tensor: Any) -> np.ndarray:
    import keras

    return np.asarray(keras.ops.convert_to_numpy(tensor), dtype=np.float64)


def _gradients(function: Function, *arrays: np.ndarray, upstream: np.ndarray) -> Any:
    """Keras' automatic gradients."""
    from autograder.checks.oracles import keras_gradients

    return keras_gradients(function, *arrays, upstream=upstream)


def _pair_cases(
    draw: Draw,
    reference: Reference,
    name: str,
    keras_function: Function,
    *,
    slide: str = "",
    options: dict[str, Any] | None = None,
) -> Iterator[Case]:
    """A forward function against Keras; its backward function against two independent witnesses."""
    options = options or {}
    forward = partial(getattr(reference, name), **options)
    backward = f"{name}_backward"
    setting = "".join(f", {key} = {value:g}" for key, value in options.items())

    x = _values(draw, *_shape(draw))
    yield call(
        name,
        x=x,
        **options,
        expected=_numpy(keras_function(x)),
        label=f"{name}: a batch of four axes{setting}",
        share=2.0,
        slide=slide,
        where_to_look="Put one negative and one positive number into the formula by hand.",
    )
    x = _values(draw, *_shape(draw))
    dout = draw.rng.normal(size=x.shape)
    yield call(
        backward,
        dout=dout,
        x=x,
        **options,
        expected=numerical_gradient(forward, x, dout),
        label=f"{backward}: as the numerical gradient says{setting}",
        slide=slide,
        where_to_look=f"Compare with `gradients.numerical_gradient({name}, x, dout)`.",
        **GRADIENTS,
    )
    x = _values(draw, *_shape(draw)[:3])
    dout = draw.rng.normal(size=x.shape)
    yield call(
        backward,
        dout=dout,
        x=x,
        **options,
        expected=_gradients(keras_function, x, upstream=dout)[0],
        label=f"{backward}: as Keras says{setting}",
        slide=slide,
        where_to_look=f"Compare with `gradients.numerical_gradient({name}, x, dout)`.",
        **GRADIENTS,
    )


def _far_cases(draw: Draw, name: str, expected: np.ndarray, slopes: np.ndarray) -> Iterator[Case]:
    """Inputs at which a careless exponential overflows, each sign on its own."""
    dout = draw.rng.normal(size=2)
    advice = "Take the exponential only of numbers that are not positive."
    for index, where in enumerate(["far to the left, x = -1000", "far to the right, x = 1000"]):
        one = slice(index, index + 1)
        yield call(
            name,
            x=FAR[one],
            expected=expected[one],
            label=f"{name}: {where}",
            where_to_look=advice,
        )
        yield call(
            f"{name}_backward",
            dout=dout[one],
            x=FAR[one],
            expected=dout[one] * slopes[one],
            label=f"{name}_backward: {where}",
            where_to_look=advice,
        )


@check(
    "sigmoid_and_tanh",
    allows=("arrays", "error function"),
    slide=SLIDE_SIGMOID,
)
def sigmoid_and_tanh(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Values, gradients, inputs that overflow, and the laws of symmetry."""
    import keras

    yield from _pair_cases(draw, reference, "sigmoid", keras.activations.sigmoid)
    yield from _far_cases(draw, "sigmoid", np.array([0.0, 1.0]), np.zeros(2))
    x = _values(draw, 5)
    yield call(
        "sigmoid",
        x=-x,
        expected=1 - _numpy(keras.activations.sigmoid(x)),
        label="sigmoid: a law, sigmoid(-x) = 1 - sigmoid(x)",
    )
    yield from _pair_cases(draw, reference, "tanh", keras.activations.tanh)
    yield from _far_cases(draw, "tanh", np.array([-1.0, 1.0]), np.zeros(2))


@check("softplus", allows=("arrays", "error function"))
def softplus(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Values, gradients, and 1000."""
    import keras

    yield from _pair_cases(draw, reference, "softplus", keras.activations.softplus)
    yield from _far_cases(draw, "softplus", np.array([0.0, 1000.0]), np.array([0.0, 1.0]))
    x = _values(draw, 5)
    yield call(
        "softplus",
        x=-x,
        expected=_numpy(keras.activations.softplus(x)) - x,
        label="softplus: a law, softplus(-x) = softplus(x) - x",
    )


@check("rectifiers", allows=("arrays", "error function"), slide=SLIDE_RELU)
def rectifiers(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Both sides, the corner, the slide's slope and others."""
    import keras

    def leaky(slope: float) -> Function:
        return partial(keras.activations.leaky_relu, negative_slope=slope)

    yield from _pair_cases(draw, reference, "relu", keras.activations.relu)
    yield from _pair_cases(draw, reference, "leaky_relu", leaky(0.1), slide=SLIDE_FUNCTIONS)
    slope = draw.integer(4, 7) / 20 + 0.01
    yield from _pair_cases(
        draw,
        reference,
        "leaky_relu",
        leaky(slope),
        slide=SLIDE_FUNCTIONS,
        options={"slope": slope},
    )
    corner = np.array([0.0, -1.0, 0.0, 2.0])
    for name, left in [("relu_backward", 0.0), ("leaky_relu_backward", 0.1)]:
        # Both signs at the corner: who looks at the sign of dout instead shall be told so.
        dout = np.abs(_values(draw, 4)) * np.array([1, 1, -1, 1])
        yield call(
            name,
            dout=dout,
            x=corner,
            expected=dout * np.where(corner > 0, 1.0, left),
            label=f"{name}: exactly at the corner, x = 0",
            where_to_look="At 0 take the slope of the left side: compare with `x > 0`.",
        )


@check("elu_and_selu", allows=("arrays", "error function"))
def elu_and_selu(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Two values of alpha, SELU, and inputs that overflow."""
    import keras

    yield from _pair_cases(draw, reference, "elu", keras.activations.elu, slide=SLIDE_ELU)
    alpha = draw.integer(25, 39) / 10
    yield from _pair_cases(
        draw,
        reference,
        "elu",
        partial(keras.activations.elu, alpha=alpha),
        slide=SLIDE_ELU,
        options={"alpha": alpha},
    )
    yield from _far_cases(draw, "elu", np.array([-1.0, 1000.0]), np.array([0.0, 1.0]))
    yield from _pair_cases(draw, reference, "selu", keras.activations.selu, slide=SLIDE_SELU)


def _gelu(x: Any) -> Any:
    import keras

    return keras.activations.gelu(x, approximate=True)


@check(
    "gelu",
    allows=("arrays", "error function"),
    slide=SLIDE_GELU,
    where_to_look="Compute u for x = 2 with a calculator: 1.8812.",
)
def gelu(draw: Draw) -> Iterator[Case]:
    """Values, and the law that ties both sides together."""
    x = _values(draw, *_shape(draw))
    yield call(x, expected=_numpy(_gelu(x)), label="a batch of four axes")
    x = draw.rng.uniform(1.5, 4.0, size=6) * np.array([-1, 1, -1, 1, -1, 1])
    yield call(x, expected=_numpy(_gelu(x)), label="larger values of both signs")
    x = _values(draw, 5)
    yield call(-x, expected=_numpy(_gelu(x)) - x, label="a law: gelu(-x) = gelu(x) - x")


@check("gelu_slip", slide=SLIDE_GELU)
def gelu_slip() -> Iterator[Case]:
    """Both slopes at 1, and the constant that the slide forgot."""
    fact = slides.fact("F0348")
    tolerance: dict[str, Any] = {"rtol": 5e-4, "atol": 0}
    yield answer(
        expected={"numerical": float(_gradients(_gelu, np.ones(1), upstream=np.ones(1))[0][0])},
        label="the numerical gradient at x = 1",
        where_to_look="Use `gradients.numerical_gradient(gelu, np.array([1.0]))`.",
        **tolerance,
    )
    yield answer(
        expected={"printed": float(fact.printed)},
        label="what the slide's formula gives at x = 1",
        where_to_look="`printed_gelu_derivative(1.0)` is the formula of the slide.",
        **tolerance,
    )
    yield answer(
        expected={"factor": float(np.sqrt(2 / np.pi))},
        label="the factor that the third term lacks",
        where_to_look="Take the first two terms off both slopes, and divide what is left.",
        rtol=2e-3,
        atol=0,
    )


@check(
    "gelu_backward",
    allows=("arrays", "error function"),
    slide=SLIDE_GELU,
    where_to_look="Compare with `gradients.numerical_gradient(gelu, x, dout)` for a small x.",
)
def gelu_backward(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Central differences, automatic gradients, and a law."""
    x = _values(draw, *_shape(draw))
    dout = draw.rng.normal(size=x.shape)
    yield call(
        dout,
        x,
        expected=numerical_gradient(reference.gelu, x, dout),
        label="as the numerical gradient says",
        **GRADIENTS,
    )
    x = _values(draw, *_shape(draw)[:3])
    dout = draw.rng.normal(size=x.shape)
    yield call(
        dout,
        x,
        expected=_gradients(_gelu, x, upstream=dout)[0],
        label="as Keras says",
        **GRADIENTS,
    )
    x = _values(draw, 5)
    dout = draw.rng.normal(size=5)
    yield call(
        dout,
        -x,
        expected=dout - _gradients(_gelu, x, upstream=dout)[0],
        label="a law: the slopes at x and -x add up to 1",
        **GRADIENTS,
    )


@check("swish_and_mish", allows=("arrays", "error function"))
def swish_and_mish(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Two values of beta, Mish, and inputs that overflow."""
    import keras

    def swish(beta: float) -> Function:
        return lambda x: keras.ops.silu(beta * x) / beta

    yield from _pair_cases(draw, reference, "swish", swish(1.0), slide=SLIDE_SWISH)
    beta = draw.integer(16, 29) / 10
    yield from _pair_cases(
        draw, reference, "swish", swish(beta), slide=SLIDE_SWISH, options={"beta": beta}
    )
    yield from _far_cases(draw, "swish", np.array([0.0, 1000.0]), np.array([0.0, 1.0]))
    yield from _pair_cases(draw, reference, "mish", keras.activations.mish, slide=SLIDE_MISH)
    yield from _far_cases(draw, "mish", np.array([0.0, 1000.0]), np.array([0.0, 1.0]))


def _maxout_layer(draw: Draw, pieces: int) -> tuple[np.ndarray, ...]:
    """Input, weights and biases of a layer whose sizes all differ, without a near tie."""
    batch, inputs, units = draw.shuffled([n for n in (2, 3, 4, 5) if n != pieces])[:3]
    while True:
        x = draw.rng.normal(size=(batch, inputs))
        w = draw.rng.normal(size=(pieces, inputs, units))
        b = _values(draw, pieces, units)
        values = np.sort(np.stack([x @ w[k] + b[k] for k in range(pieces)]), axis=0)
        if (values[-1] - values[-2]).min() > 1e-3:
            return x, w, b


def _maxout(x: Any, w: Any, b: Any) -> Any:
    import keras

    return keras.ops.max(keras.ops.einsum("ni,kiu->knu", x, w) + b[:, None, :], axis=0)


@check(
    "maxout",
    allows=("arrays", "activations"),
    slide=SLIDE_FUNCTIONS,
    where_to_look="Do it for one example and one unit on paper: which piece wins?",
)
def maxout(draw: Draw, reference: Reference) -> Iterator[Case]:
    """The slide's two pieces, more of them, ReLU as a special case, the three gradients."""
    for pieces, label in [(2, "two pieces, as on the slide"), (4, "four pieces")]:
        x, w, b = _maxout_layer(draw, pieces)
        yield call(
            "maxout", x=x, w=w, b=b, expected=_numpy(_maxout(x, w, b)), label=f"maxout: {label}"
        )
    x = _values(draw, 4, 3)
    yield call(
        "maxout",
        x=x,
        w=np.stack([np.eye(3), np.zeros((3, 3))]),
        b=np.zeros((2, 3)),
        expected=np.maximum(x, 0),
        label="maxout: a law, the pieces x and 0 make a ReLU",
    )
    x, w, b = _maxout_layer(draw, 3)
    dout = draw.rng.normal(size=(len(x), w.shape[2]))
    yield call(
        "maxout_backward",
        dout=dout,
        x=x,
        w=w,
        b=b,
        expected=(
            numerical_gradient(lambda z: reference.maxout(z, w, b), x, dout),
            numerical_gradient(lambda z: reference.maxout(x, z, b), w, dout),
            numerical_gradient(lambda z: reference.maxout(x, w, z), b, dout),
        ),
        names=("dx", "dw", "db"),
        label="maxout_backward: three pieces, as the numerical gradient says",
        **GRADIENTS,
    )
    x, w, b = _maxout_layer(draw, 2)
    dout = draw.rng.normal(size=(len(x), w.shape[2]))
    yield call(
        "maxout_backward",
        dout=dout,
        x=x,
        w=w,
        b=b,
        expected=_gradients(_maxout, x, w, b, upstream=dout),
        names=("dx", "dw", "db"),
        label="maxout_backward: two pieces, as Keras says",
        **GRADIENTS,
    )


def _dice(s: Any, alpha: Any, mean: Any = None, variance: Any = None, epsilon: float = 1e-8) -> Any:
    import keras

    if mean is None:
        others = list(range(len(s.shape) - 1))
        mean, variance = keras.ops.moments(s, axes=others)
    p = keras.ops.sigmoid((s - mean) * keras.ops.rsqrt(variance + epsilon))
    return alpha * s + (1 - alpha) * p * s


def _dice_layer(draw: Draw, *shape: int) -> tuple[np.ndarray, ...]:
    """Values whose channels lie in different places, slopes, and statistics kept from training."""
    channels = shape[-1]
    centre, spread = _values(draw, channels), draw.rng.uniform(0.4, 1.2, size=channels)
    s = centre + spread * draw.rng.normal(size=shape)
    alpha = draw.rng.uniform(0.1, 0.6, size=channels)
    return s, alpha, _values(draw, channels), draw.rng.uniform(0.2, 0.9, size=channels)


@check(
    "dice",
    allows=("arrays", "error function"),
    slide=SLIDE_DICE,
)
def dice(draw: Draw, reference: Reference) -> Iterator[Case]:
    """Training and inference, epsilon, the limit without spread, and the gradients of both."""
    sizes = draw.shuffled([2, 3, 4])
    training = [
        ((7, 5), "training, (batch, channels)"),
        ((sizes[0], sizes[1], 1, sizes[2]), "training, (batch, height, width, channels)"),
    ]
    for shape, label in training:
        s, alpha, _, _ = _dice_layer(draw, *shape)
        yield call(
            "dice",
            s=s,
            alpha=alpha,
            expected=_numpy(_dice(s, alpha)),
            label=f"dice: {label}",
            where_to_look="Mean and variance have one value for each channel: print their shapes.",
        )
    s, alpha, mean, variance = _dice_layer(draw, 3, 2, 5, 4)
    kept: dict[str, Any] = {"mean": mean, "variance": variance}
    yield call(
        "dice",
        s=s,
        alpha=alpha,
        **kept,
        expected=_numpy(_dice(s, alpha, **kept)),
        label="dice: inference, with mean and variance kept from training",
        where_to_look="If a mean is given, the batch has no say.",
    )
    s, alpha, _, _ = _dice_layer(draw, 6, 4)
    epsilon = draw.integer(3, 6) / 10
    yield call(
        "dice",
        s=s,
        alpha=alpha,
        epsilon=epsilon,
        expected=_numpy(_dice(s, alpha, epsilon=epsilon)),
        label=f"dice: training, a large epsilon of {epsilon:g}",
        where_to_look="Where does the slide's root end?",
    )
    s = _values(draw, 4, 3)
    alpha = draw.rng.uniform(0.1, 0.6, size=3)
    yield call(
        "dice",
        s=s,
        alpha=alpha,
        mean=np.zeros(3),
        variance=np.zeros(3),
        expected=np.where(s > 0, s, alpha * s),
        label="dice: a law, with mean 0 and variance 0 it is a leaky ReLU",
        where_to_look="The switch p is then 0 or 1, by your own stable sigmoid.",
    )

    advice = "Compare with the numerical gradient of your `dice`, first for one channel."
    s, alpha, mean, variance = _dice_layer(draw, 3, 2, 1, 4)
    kept = {"mean": mean, "variance": variance}
    dout = draw.rng.normal(size=s.shape)
    yield call(
        "dice_backward",
        dout=dout,
        s=s,
        alpha=alpha,
        **kept,
        expected=_gradients(partial(_dice, **kept), s, alpha, upstream=dout),
        names=("ds", "dalpha"),
        label="dice_backward: inference, as Keras says",
        where_to_look=advice,
        **GRADIENTS,
    )
    s, alpha, _, _ = _dice_layer(draw, 5, 3)
    dout = draw.rng.normal(size=s.shape)
    yield call(
        "dice_backward",
        dout=dout,
        s=s,
        alpha=alpha,
        epsilon=epsilon,
        expected=(
            numerical_gradient(lambda z: reference.dice(z, alpha, epsilon=epsilon), s, dout),
            numerical_gradient(lambda z: reference.dice(s, z, epsilon=epsilon), alpha, dout),
        ),
        names=("ds", "dalpha"),
        label="dice_backward: training, as the numerical gradient says",
        where_to_look=advice,
        **GRADIENTS,
    )
    s, alpha, _, _ = _dice_layer(draw, 2, 3, 1, 4)
    dout = draw.rng.normal(size=s.shape)
    yield call(
        "dice_backward",
        dout=dout,
        s=s,
        alpha=alpha,
        expected=_gradients(_dice, s, alpha, upstream=dout),
        names=("ds", "dalpha"),
        label="dice_backward: training, as Keras says",
        where_to_look=advice,
        **GRADIENTS,
    )


def _weights(draw: Draw) -> tuple[tuple[int, int], tuple[int, int, int, int]]:
    """Shapes of a fully connected layer and of a convolution, with sizes that all differ."""
    inputs, units = draw.different(2, 20, 89)
    height, width = draw.shuffled([2, 3, 4, 5])[:2]
    channels, filters = draw.different(2, 6, 39)
    return (inputs, units), (height, width, channels, filters)


@check(
    "initial_weights",
    allows=("arrays", "activations"),
    slide=SLIDE_INITIAL,
)
def initial_weights(draw: Draw) -> Iterator[Case]:
    """The 3 x 3 convolution on 64 channels of the slides, then fresh layers of both kinds."""
    slide_layer = (3, 3, 64, 128)
    dense, convolution = _weights(draw)
    layers = [
        (slide_layer, "3 × 3 on 64 channels, 128 filters"),
        (dense, "a fully connected layer"),
        (convolution, "a convolution whose kernel is not square"),
    ]
    for shape, label in layers:
        taps = int(np.prod(shape[:-2]))
        yield call(
            "fans",
            shape=shape,
            expected=(taps * shape[-2], taps * shape[-1]),
            label=f"fans: {label}",
            slide=SLIDE_FAN_IN,
            where_to_look="How many numbers does one output value add up?",
        )
    for shape, label in layers:
        inputs = int(np.prod(shape[:-1]))
        yield call(
            "msra_std",
            shape=shape,
            expected=float(np.sqrt(2 / inputs)),
            label=f"msra_std: {label}",
            where_to_look="The slide gives the variance.",
        )
    for shape, label in layers:
        taps = int(np.prod(shape[:-2]))
        variance = 2 / (taps * (shape[-2] + shape[-1]))
        yield call(
            "xavier_limit",
            shape=shape,
            # A uniform distribution in [-l, l] has variance l² / 3.
            expected=float(np.sqrt(3 * variance)),
            label=f"xavier_limit: {label}",
            where_to_look="Both fans stand below the 6.",
        )


@check(
    "variance_factor",
    slide=SLIDE_INITIAL,
    where_to_look="Put the numbers into the formula above the cell, one factor at a time.",
)
def variance_factor(draw: Draw) -> Iterator[Case]:
    """MSRA keeps the signal, Xavier halves it, without an activation it does not, and leaky."""
    width = draw.integer(100, 499)
    yield call(
        width,
        float(np.sqrt(2 / width)),
        expected=1.0,
        label="a law: ReLU with MSRA weights keeps it",
    )
    yield call(
        width,
        float(np.sqrt(1 / width)),
        expected=0.5,
        label="a law: ReLU with Xavier weights halves it",
    )
    yield call(
        width,
        float(np.sqrt(1 / width)),
        1.0,
        expected=1.0,
        label="no activation (slope 1), weights of variance 1/n",
    )
    fan_in, std = draw.integer(40, 89), draw.integer(20, 49) / 100
    slope = draw.integer(4, 7) / 10
    # Of the mean square, half comes from each side; the left one is scaled by the slope.
    kept = 0.5 * 1.0 + 0.5 * slope**2
    yield call(
        fan_in,
        std,
        slope=slope,
        expected=fan_in * std * std * kept,
        label=f"leaky ReLU with slope {slope:g}",
        share=2.0,
    )


def _rectified(draw: Draw, shape: tuple[int, ...], dead: int) -> np.ndarray:
    """Outputs of ReLU in which the first `dead` of the shuffled units are 0 for every example.

    Of those that live, one does so for a single value only, and one for all of them.
    """
    units = shape[-1]
    z = draw.rng.normal(size=(int(np.prod(shape[:-1])), units))
    z[np.argmax(z, axis=0), np.arange(units)] = draw.rng.uniform(0.5, 2.0, size=units)
    order = draw.rng.permutation(units)
    z[:, order[:dead]] = -draw.rng.uniform(0.1, 2.0, size=(len(z), dead))
    lone = order[dead]
    z[:, lone] = -np.abs(z[:, lone])
    z[draw.rng.integers(len(z)), lone] = 0.7
    z[:, order[dead + 1]] = 0.1 + np.abs(z[:, order[dead + 1]])
    return np.maximum(z, 0).reshape(shape)


@check(
    "dead_units",
    slide=SLIDE_RELU,
    where_to_look="First make one truth value for each unit: is it zero everywhere?",
)
def dead_units(draw: Draw) -> Iterator[Case]:
    """Vectors, images, none dead, all dead."""
    dead = draw.integer(2, 4)
    yield call(
        _rectified(draw, (6, 9), dead),
        expected=dead / 9,
        label=f"{dead} of 9 units dead",
        share=2.0,
    )
    dead = draw.integer(1, 3)
    yield call(
        _rectified(draw, (2, 3, 4, 7), dead),
        expected=dead / 7,
        label=f"a convolution, {dead} of 7 channels dead",
        share=2.0,
    )
    yield call(
        _rectified(draw, (5, 8), 0), expected=0.0, label="zeros here and there, no unit dead"
    )
    rows = np.insert(_rectified(draw, (5, 8), 3), 2, 0.0, axis=0)
    yield call(rows, expected=3 / 8, label="one example at which every unit is off")
    yield call(np.zeros((3, 4)), expected=1.0, label="every unit dead")
