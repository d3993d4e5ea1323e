"""Activations, optimizers, normalization, softmax and losses, evaluated in float64."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from course_lib.slides._polynomial import Polynomial, symbols
from course_lib.slides._value import Value, plus, show
from course_lib.slides.computations._registry import computation

Array = np.ndarray[Any, np.dtype[Any]]

GELU_CUBIC = 0.044715
GRID = np.linspace(-6, 6, 12_001)
HELLO_LOGITS = (
    (1.0, 2.2, -3.0, 4.1),
    (0.5, 0.3, -1.0, 1.2),
    (0.1, 0.5, 1.9, -1.1),
    (0.2, -1.5, -0.1, 2.2),
)
HELLO_ORDER = "helo"
HELLO_TARGETS = "ello"


def _normal_cdf(x: float) -> float:
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def _gelu(x: Array) -> Array:
    exact: Array = x * np.vectorize(_normal_cdf)(x)
    return exact


def _gelu_tanh(x: Array) -> Array:
    close: Array = 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + GELU_CUBIC * x**3)))
    return close


@computation
def gelu_tanh_error() -> Value:
    """Largest distance of the tanh form of GELU from x·Φ(x) on [−6, 6]."""
    return Value(float(np.abs(_gelu_tanh(GRID) - _gelu(GRID)).max()), "max |tanh form − x·Φ(x)|")


@computation
def swish_gelu_error() -> Value:
    """Largest distance of Swish with β = 1.702 from GELU on [−6, 6]."""
    swish = GRID / (1 + np.exp(-1.702 * GRID))
    return Value(float(np.abs(swish - _gelu(GRID)).max()), "max |x·sigmoid(1.702·x) − x·Φ(x)|")


@computation
def gelu_derivative(x: int) -> Value:
    """Derivative of the tanh form by central differences."""
    step = 1e-5
    ends = _gelu_tanh(np.array([x + step, x - step], dtype=float))
    return Value(round(float(ends[0] - ends[1]) / (2 * step), 6), f"(f({x} + h) − f({x} − h))/2h")


@computation
def gelu_derivative_as_printed(x: int) -> Value:
    """The printed derivative, whose third term lacks the factor √(2/π)."""
    tanh = math.tanh(math.sqrt(2 / math.pi) * (x + GELU_CUBIC * x**3))
    value = 0.5 + 0.5 * tanh + 0.5 * x * (1 - tanh**2) * (1 + 3 * GELU_CUBIC * x**2)
    return Value(value, "0.5 + 0.5·t + 0.5·x·(1 − t²)·(1 + 3·0.044715·x²)")


def _descend(step: Callable[[float, float], float], steps: int) -> float:
    """Runs the deck's momentum p ← 0.9 p − 0.1 g on w²/2 from w = 1."""
    weight, momentum = 1.0, 0.0
    for _ in range(steps):
        momentum = 0.9 * momentum - 0.1 * weight
        weight = step(weight, momentum)
    return weight


@computation
def momentum_step(steps: int) -> Value:
    """Which sign of the step descends with p ← (1 − μ)p − μg, on w²/2 with μ = λ = 0.1."""
    ends = {
        "w - λp": _descend(lambda w, p: w - 0.1 * p, steps),
        "w + λp": _descend(lambda w, p: w + 0.1 * p, steps),
    }
    falling = [text for text, end in ends.items() if abs(end) < 1]
    shown = ", ".join(f"{text} ends at w = {show(round(end, 2))}" for text, end in ends.items())
    return Value(" or ".join(falling), f"{steps} steps on w²/2 from w = 1: {shown}")


@computation
def weight_decay_sign() -> Value:
    """Which term, added to the gradient, shrinks w under w ← w − λ·gradient."""
    ends = {text: 1.0 * (1 - 0.1 * sign * 0.1) for text, sign in (("-aw", -1), ("+aw", 1))}
    shrinking = [text for text, end in ends.items() if end < 1]
    shown = ", ".join(f"{text} takes w = 1 to {show(end)}" for text, end in ends.items())
    return Value(" or ".join(shrinking), f"one step with a = λ = 0.1: {shown}")


@computation
def terms_of_loss() -> Value:
    """Terms of a sum over the examples 1, ..., |D|."""
    examples, *_ = symbols("D")
    return Value(examples, "examples 1, …, |D|")


@computation
def terms_as_printed() -> Value:
    """Terms of the printed sum over i = 0, ..., |D|."""
    examples, *_ = symbols("D")
    return Value(examples + 1, "i = 0, …, |D|")


@computation
def parsing_form(fact_id: str) -> Value:
    """A printed statement with its parentheses balanced at the end; unchanged if it parses."""
    from course_lib.slides._ledger import fact

    printed = fact(fact_id).printed
    missing = printed.count("(") - printed.count(")")
    mended = printed + ")" * missing if missing >= 0 else printed[:missing]
    ast.parse(mended)
    problem = "parses"
    try:
        ast.parse(printed)
    except SyntaxError:
        problem = "does not parse"
    return Value(
        mended, f"as printed it {problem}: {printed.count('(')} '(' and {printed.count(')')} ')'"
    )


@computation
def running_mean(steps: int) -> Value:
    """Running mean after batches of mean 1, from 0 with momentum 0.99."""
    estimate = Fraction(0)
    for _ in range(steps):
        estimate = estimate * Fraction(99, 100) + Fraction(1, 100)
    return Value(float(estimate), f"1 − 0.99^{steps}")


@computation
def running_mean_weights() -> Value:
    """Sum of the weights of the old estimate and of the new batch."""
    momentum = Fraction(99, 100)
    complement = 1 - momentum
    return Value(momentum + complement, f"{show(momentum)} + {show(complement)}")


@computation
def running_mean_momentum() -> Value:
    """What remains for the old estimate if a batch has weight 0.01."""
    return Value(1 - Fraction(1, 100), "1 − 0.01")


def _batch() -> Array:
    return np.random.default_rng(0).normal(size=(4, 6, 3, 5)) * 2 + 1


def _standardize(x: Array, axes: tuple[int, ...], epsilon: float = 0.0) -> Array:
    mean, variance = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    result: Array = (x - mean) / np.sqrt(variance + epsilon)
    return result


@computation
def group_norm_limits() -> Value:
    """Largest difference of GroupNorm with 1 and C groups from LayerNorm and InstanceNorm."""
    x = _batch()  # (N, C, H, W)

    def group_norm(groups: int) -> Array:
        n, c, h, w = x.shape
        return _standardize(x.reshape(n, groups, c // groups, h, w), (2, 3, 4)).reshape(x.shape)

    layer = np.abs(group_norm(1) - _standardize(x, (1, 2, 3))).max()
    instance = np.abs(group_norm(x.shape[1]) - _standardize(x, (2, 3))).max()
    largest = max(float(layer), float(instance))
    return Value(0 if largest < 1e-12 else largest, "max |difference| on a random batch")


@computation
def batch_norm_identity(epsilon: Fraction | int = 0) -> Value:
    """Largest change of a batch when γ = √Var and β = mean."""
    x = _batch()
    axes = (0, 2, 3)
    gamma, beta = np.sqrt(x.var(axes, keepdims=True)), x.mean(axes, keepdims=True)
    error = float(np.abs(gamma * _standardize(x, axes, float(epsilon)) + beta - x).max())
    return Value(0 if error < 1e-12 else error, f"max |y − x| with ε = {show(Fraction(epsilon))}")


@computation
def dropout_expectation() -> Value:
    """Factor of w₁x + w₂y in the mean over the four equally likely masks."""
    masks = list(product((0, 1), repeat=2))
    factor = Fraction(sum(mask[0] for mask in masks), len(masks))
    return Value(factor, f"input x is kept in {sum(m[0] for m in masks)} of {len(masks)} masks")


@computation
def dropout_scale() -> Value:
    """Factor that makes test outputs match training, for a drop probability p."""
    p, *_ = symbols("p")
    return Value(Polynomial.of(1) - p, "probability of keeping a unit")


@computation
def log10_of_masks(units: int) -> Value:
    """Decimal logarithm of the number of dropout masks."""
    return Value(units * math.log10(2), f"{units}·log₁₀ 2")


@computation
def he_std(kernel: int, channels: int) -> Value:
    """Standard deviation of the initialization N(0, 2/fan-in)."""
    fan_in = kernel * kernel * channels
    return Value(math.sqrt(2 / fan_in), f"√(2/({kernel}·{kernel}·{channels}))")


@computation
def first_adam_moment() -> Value:
    """Bias-corrected first moment after one step, as a multiple of the gradient."""
    beta = Fraction(9, 10)
    return Value((1 - beta) / (1 - beta), "(1 − 0.9)/(1 − 0.9¹)")


@computation
def separable_ratio(filters: int, kernel: int) -> Value:
    """Cost of a depthwise-separable convolution relative to a standard one."""
    return Value(Fraction(1, filters) + Fraction(1, kernel * kernel), f"1/{filters} + 1/{kernel}²")


def _softmax(step: int) -> Array:
    logits = np.array(HELLO_LOGITS[step - 1])
    shifted = np.exp(logits - logits.max())
    result: Array = shifted / shifted.sum()
    return result


@computation
def hello_probability(step: int, letter: str) -> Value:
    """Softmax probability of a letter at one step of the "hello" example."""
    logits = HELLO_LOGITS[step - 1]
    index = HELLO_ORDER.index(letter)
    value = float(_softmax(step)[index])
    below = plus(f"e^{show(z)}" for z in logits)
    return Value(value, f"e^{show(logits[index])} / ({below})")


@computation
def hello_argmax(step: int) -> Value:
    """Most probable letter at one step of the "hello" example."""
    probabilities = _softmax(step)
    best = int(probabilities.argmax())
    return Value(
        HELLO_ORDER[best], f"largest of {show(tuple(round(float(p), 3) for p in probabilities))}"
    )


@computation
def hello_loss() -> Value:
    """Mean cross-entropy of the targets in the "hello" example."""
    losses = [
        -math.log(float(_softmax(step)[HELLO_ORDER.index(letter)]))
        for step, letter in enumerate(HELLO_TARGETS, start=1)
    ]
    return Value(sum(losses) / len(losses), f"({plus(show(round(loss, 4)) for loss in losses)})/4")


@computation
def rnn_parameters(vocabulary: int, hidden: int) -> Value:
    """Weights of a character RNN without biases."""
    value = vocabulary * hidden + hidden * hidden + hidden * vocabulary
    return Value(value, f"{hidden}·{vocabulary} + {hidden}·{hidden} + {vocabulary}·{hidden}")


@computation
def lstm_parameters(hidden: int, inputs: int, biases: bool = False) -> Value:
    """Weights of an LSTM cell with one matrix for its four gates."""
    extra = 4 * hidden if biases else 0
    text = f"4·{hidden}·({hidden} + {inputs})" + (f" + {extra}" if biases else "")
    return Value(4 * hidden * (hidden + inputs) + extra, text)


@computation
def gan_equilibrium_loss() -> Value:
    """Discriminator loss when it answers one half everywhere."""
    return Value(-2 * math.log(0.5), "−ln ½ − ln ½")


@computation
def training_memory(elements_per_value: int) -> Value:
    """Memory of training relative to a forward pass: one gradient for every activation."""
    return Value(1 + elements_per_value, f"1 activation + {elements_per_value} gradient each")
