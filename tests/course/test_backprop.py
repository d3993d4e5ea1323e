"""Properties of the backprop notebook's own answers and of what its checks ask for."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import notebook, require_refused

from autograder.checks.oracles import keras_gradients
from autograder.submission.prohibitions import StudentCode
from course_lib.checking import CallFunction
from course_lib.gradients import numerical_gradient, relative_error

NOTEBOOK = notebook("a01_layers/backprop")

few = settings(max_examples=15, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sides = st.integers(1, 3)


@st.composite
def layers(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, int]]:
    """A convolution layer that fits its input, in float64."""
    rng = np.random.default_rng(draw(seeds))
    options = {"stride": draw(sides), "padding": draw(st.integers(0, 2))}
    kernel_height, kernel_width = draw(sides), draw(sides)
    height, width = kernel_height + draw(st.integers(0, 4)), kernel_width + draw(st.integers(0, 4))
    x = rng.normal(size=(draw(sides), height, width, draw(sides)))
    w = rng.normal(size=(kernel_height, kernel_width, x.shape[3], draw(sides)))
    return x, w, rng.normal(size=(w.shape[3],)), options


@st.composite
def pools(draw: st.DrawFn) -> tuple[np.ndarray, tuple[int, int], int]:
    """Images without equal values, a window and a stride that fit."""
    rng = np.random.default_rng(draw(seeds))
    size = (draw(sides), draw(sides))
    shape = (draw(sides), size[0] + draw(sides), size[1] + draw(sides), draw(sides))
    x = rng.permutation(np.arange(np.prod(shape)) / 7.0).reshape(shape)
    return x, size, draw(sides)


def keras_convolution(x: Any, w: Any, b: Any, stride: int, padding: int) -> Any:
    from keras import ops

    frame = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    return ops.conv(ops.pad(x, frame), w, strides=stride, padding="valid") + b


@few
@given(layers(), seeds)
def test_convolution_agrees_with_keras(layer: Any, seed: int) -> None:
    x, w, b, options = layer
    names = NOTEBOOK.ours
    z = names.conv_forward(x, w, b, **options)
    np.testing.assert_allclose(z, keras_convolution(x, w, b, **options), atol=1e-9)
    dout = np.random.default_rng(seed).normal(size=z.shape)
    expected = keras_gradients(
        lambda x, w, b: keras_convolution(x, w, b, **options), x, w, b, upstream=dout
    )
    for got, want in zip(names.conv_backward(dout, x, w, **options), expected, strict=True):
        np.testing.assert_allclose(got, want, atol=1e-9)


@few
@given(layers(), seeds)
def test_convolution_backward_is_the_adjoint(layer: Any, seed: int) -> None:
    """<dout, conv(x)> = <dx, x> = <dw, w> without a bias, and <dout, bias> = <db, b>."""
    x, w, b, options = layer
    names = NOTEBOOK.ours
    without = names.conv_forward(x, w, np.zeros_like(b), **options)
    dout = np.random.default_rng(seed).normal(size=without.shape)
    dx, dw, db = names.conv_backward(dout, x, w, **options)
    product = np.sum(dout * without)
    np.testing.assert_allclose([np.sum(dx * x), np.sum(dw * w)], [product] * 2, atol=1e-8)
    np.testing.assert_allclose(np.sum(db * b), np.sum(dout * (np.zeros(without.shape) + b)))


@few
@given(pools(), seeds)
def test_soft_pooling_goes_from_the_mean_to_the_maximum(pool: Any, seed: int) -> None:
    from keras import ops

    x, size, stride = pool
    names = NOTEBOOK.ours
    z = names.soft_pool_forward(x, size, stride, 0.7)
    dout = np.random.default_rng(seed).normal(size=z.shape)
    for sharpness, keras_pool in ((1e4, ops.max_pool), (1e-6, ops.average_pool)):
        dx = names.soft_pool_backward(dout, x, size, stride, sharpness)
        (expected,) = keras_gradients(
            lambda x, pool=keras_pool: pool(x, size, strides=stride, padding="valid"),
            x,
            upstream=dout,
        )
        np.testing.assert_allclose(dx, expected, atol=1e-3)
    measured = numerical_gradient(lambda x: names.soft_pool_forward(x, size, stride, 0.7), x, dout)
    np.testing.assert_allclose(
        names.soft_pool_backward(dout, x, size, stride, 0.7), measured, atol=1e-7
    )


@few
@given(seeds, sides, sides, sides)
def test_linear_layer_agrees_with_differences(seed: int, batch: int, many: int, few: int) -> None:
    rng = np.random.default_rng(seed)
    x, w, b = rng.normal(size=(batch, many)), rng.normal(size=(many, few)), rng.normal(size=few)
    dout = rng.normal(size=(batch, few))
    names = NOTEBOOK.ours
    dx, dw, db = names.linear_backward(dout, x, w)
    for index, got in enumerate((dx, dw, db)):

        def moved(value: np.ndarray, index: int = index) -> np.ndarray:
            parts = [x, w, b]
            parts[index] = value
            return names.linear_forward(*parts)

        measured = numerical_gradient(moved, (x, w, b)[index], dout)
        np.testing.assert_allclose(got, measured, atol=1e-8)


@few
@given(seeds, st.integers(1, 5), st.integers(2, 5), st.floats(-2000, 2000))
def test_laws_of_the_softmax_loss(seed: int, batch: int, classes: int, shift: float) -> None:
    """Its gradient is measured; it adds up to 0; a common shift of the scores changes nothing."""
    rng = np.random.default_rng(seed)
    scores, labels = 3 * rng.normal(size=(batch, classes)), rng.integers(classes, size=batch)
    loss, dscores = NOTEBOOK.ours.softmax_nll(scores, labels)
    measured = numerical_gradient(
        lambda scores: NOTEBOOK.ours.softmax_nll(scores, labels)[0], scores
    )
    np.testing.assert_allclose(dscores, measured, atol=1e-8)
    np.testing.assert_allclose(dscores.sum(axis=1), 0, atol=1e-12)
    shifted_loss, shifted = NOTEBOOK.ours.softmax_nll(scores + shift, labels)
    np.testing.assert_allclose(shifted_loss, loss, atol=1e-9)
    np.testing.assert_allclose(shifted, dscores, atol=1e-9)


@few
@given(seeds, st.integers(1, 5), st.integers(2, 5))
def test_the_svm_loss_agrees_with_differences(seed: int, batch: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    scores = 0.37 * rng.permutation(batch * classes).reshape(batch, classes)
    labels = rng.integers(classes, size=batch)
    loss, dscores = NOTEBOOK.ours.svm_loss(scores, labels)
    measured = numerical_gradient(lambda scores: NOTEBOOK.ours.svm_loss(scores, labels)[0], scores)
    assert relative_error(dscores, measured) < 1e-6
    assert (loss == 0) == (not dscores.any())


@few
@given(seeds, st.booleans(), st.integers(1, 6))
def test_backward_pass_multiplies_with_the_product_of_jacobians(
    seed: int, residual: bool, depth: int
) -> None:
    """g(z_0) = g(z_n) J_n ... J_1: two answers of the notebook that must fit together."""
    rng = np.random.default_rng(seed)
    names = NOTEBOOK.ours
    branches = [names.LinearTanh(rng.normal(size=(3, 3)), rng.normal(size=3)) for _ in range(depth)]
    chain = [names.Residual(branch) if residual else branch for branch in branches]
    names.forward_pass(chain, rng.normal(size=(1, 3)))
    jacobians = [(1 - b.y[0, :, None] ** 2) * b.weights["w"].T for b in branches]
    dout = rng.normal(size=(1, 3))
    gradients, _ = names.backward_pass(chain, dout)
    product = names.jacobian_product(jacobians, residual)
    np.testing.assert_allclose(gradients[0], dout @ product, atol=1e-9)
    assert len(gradients) == depth + 1


def first_weights(ours: SimpleNamespace, rng: np.random.Generator) -> list[np.ndarray]:
    """First weights of the digit network for 28 x 28 images, as the notebook draws them."""
    shapes = [(5, 5, 1, 8), (8,), (3, 3, 8, 16), (16,), (7 * 7 * 16, 10), (10,)]
    return [
        rng.normal(size=shape) * np.sqrt(2 / np.prod(shape[:-1]))
        if len(shape) == 4
        else np.zeros(shape)
        for shape in shapes
    ]


def test_the_network_of_the_notebook_learns_digits(ours: SimpleNamespace) -> None:
    from course_lib import data

    mnist = data.load("mnist")
    rng = np.random.default_rng(0)
    modules = ours.digit_network(first_weights(ours, rng))
    losses = []
    for start in range(0, 3000, 50):
        images = mnist.train.images[start : start + 50].astype(float)
        labels = mnist.train.labels[start : start + 50]
        losses.append(ours.training_step(modules, ours.softmax_nll, images, labels, 0.2))
    assert losses[0] == pytest.approx(np.log(10))
    images, labels = mnist.validation.images[:200].astype(float), mnist.validation.labels[:200]
    scores = ours.forward_pass(modules, images)[-1]
    assert np.mean(scores.argmax(axis=1) == labels) > 0.7


def test_the_same_images_twice_make_the_same_step(ours: SimpleNamespace) -> None:
    rng = np.random.default_rng(0)
    images, labels = rng.normal(size=(2, 8, 9, 2)), np.array([1, 0])
    shapes = [(3, 4, 2, 3), (3,), (3, 3, 3, 2), (2,), (8, 3), (3,)]
    weights = [rng.normal(size=shape) for shape in shapes]
    once = ours.one_step(images, labels, weights, 0.3)
    twice = ours.one_step(np.tile(images, (2, 1, 1, 1)), np.tile(labels, 2), weights, 0.3)
    for a, b in zip(once, twice, strict=True):
        np.testing.assert_allclose(a, b, atol=1e-12)


def test_sizes_of_a_layer_are_all_different() -> None:
    for key in range(20):
        cases = NOTEBOOK.cases("conv_backward", bytes([key]))
        for case in cases[1:]:  # the first is a single stamp
            assert isinstance(case.probe, CallFunction)
            dout, x, w = case.probe.args
            sizes = [*x.shape, *w.shape[:2], w.shape[3]]
            assert len(set(sizes)) == len(sizes), sizes
            assert np.unique(dout).size == dout.size


def test_every_answer_has_its_mistakes_and_its_other_styles() -> None:
    mistakes = Counter(found.fails[0] for found in NOTEBOOK.variants if found.is_mistake)
    assert all(mistakes[name] >= 3 for name in NOTEBOOK.checks), mistakes
    functions = {
        "backward_pass",
        "linear_backward",
        "relu_backward",
        "conv_backward",
        "soft_pool_backward",
        "softmax_nll",
        "svm_loss",
        "training_step",
        "jacobian_product",
        "residual_backward",
    }
    styles = Counter(
        name
        for answer in NOTEBOOK.variants
        if not answer.is_mistake
        for name in functions & answer.names
    )
    assert all(styles[name] >= 2 for name in functions), styles


def test_gradients_made_by_others_are_stopped() -> None:
    import tensorflow as tf

    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        z = tf.reduce_sum(x * x)
    check = NOTEBOOK.checks["relu_backward"]
    require_refused(check, [lambda: tape.gradient(z, x)])
    cells = [
        "from course_lib.gradients import numerical_gradient as slope",
        "def relu_backward(dout, x):\n    return slope(lambda x: np.maximum(x, 0), x, dout)",
    ]
    found = StudentCode(cells).forbidden("relu_backward", (), check.allows)
    assert found == "course_lib.gradients.numerical_gradient"
