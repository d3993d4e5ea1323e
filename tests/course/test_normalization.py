"""Properties of the normalization notebook's own answers, which are what its checks expect."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notebooks import judged, notebook, require_refused

from autograder.checks.oracles import keras_gradients
from course_lib import gradients
from course_lib.checking import CallFunction, run_probe
from course_lib.gradients import numerical_gradient, relative_error

NOTEBOOK = notebook("a02_normalization/normalization")

few = settings(max_examples=25, deadline=None)
sides = st.integers(2, 4)


@st.composite
def batches(draw: st.DrawFn, images: bool | None = None) -> SimpleNamespace:
    """Inputs of any shape with scale, shift, upstream gradient and epsilon."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    is_image = draw(st.booleans()) if images is None else images
    shape = tuple(draw(sides) for _ in range(4 if is_image else 2))
    return SimpleNamespace(
        x=rng.normal(rng.normal(), rng.uniform(0.5, 3), size=shape),
        gamma=rng.normal(size=shape[-1]),
        beta=rng.normal(size=shape[-1]),
        dout=rng.normal(size=shape),
        epsilon=draw(st.sampled_from([1e-3, 0.05])),
        rng=rng,
    )


@few
@given(batches())
def test_the_closed_form_is_the_graph_is_the_derivative(batch: Any) -> None:
    ours, (x, gamma, dout) = NOTEBOOK.ours, (batch.x, batch.gamma, batch.dout)
    *_, dx, dgamma, dbeta = ours.batchnorm_backward(dout, x, gamma, batch.epsilon)

    x_hat, _, variance = ours.batchnorm_forward(x, 1.0, 0.0, batch.epsilon)
    short = ours.batchnorm_backward_simplified(
        dout, x_hat, gamma, 1 / np.sqrt(variance + batch.epsilon)
    )
    for one, other in zip((dx, dgamma, dbeta), short, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-10)

    made = keras.layers.BatchNormalization(epsilon=batch.epsilon, dtype="float64")
    made.build(x.shape)
    made.gamma.assign(gamma)
    (automatic,) = keras_gradients(lambda x: made(x, training=True), x, upstream=dout)
    np.testing.assert_allclose(dx, automatic, rtol=1e-6, atol=1e-8)


def test_every_node_of_the_graph_has_the_derivative_of_its_number(ours: SimpleNamespace) -> None:
    rng = np.random.default_rng(5)
    x, gamma, beta = rng.normal(1, 2, size=(4, 3, 2, 5)), rng.normal(size=5), rng.normal(size=5)
    dout = rng.normal(size=x.shape)
    dx_hat, dvariance, dmean, dx, dgamma, dbeta = ours.batchnorm_backward(dout, x, gamma)
    mean, variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))

    def from_mean(mean: np.ndarray) -> np.ndarray:
        spread = np.mean((x - mean) ** 2, axis=(0, 1, 2))
        return gamma * (x - mean) / np.sqrt(spread + 1e-3)

    for found, at, function in [
        (dx_hat, x, lambda x_hat: gamma * x_hat),
        (dvariance, variance, lambda v: gamma * (x - mean) / np.sqrt(v + 1e-3)),
        (dmean, mean, from_mean),
        (dx, x, lambda x: ours.batchnorm_forward(x, gamma, beta)[0]),
        (dgamma, gamma, lambda gamma: ours.batchnorm_forward(x, gamma, beta)[0]),
        (dbeta, beta, lambda beta: ours.batchnorm_forward(x, gamma, beta)[0]),
    ]:
        assert relative_error(found, numerical_gradient(function, at, upstream=dout)) < 1e-4


@few
@given(batches())
def test_the_layer_ignores_the_scale_of_its_input_and_can_undo_itself(batch: Any) -> None:
    ours, x = NOTEBOOK.ours, batch.x
    y, mean, variance = ours.batchnorm_forward(x, batch.gamma, batch.beta, 1e-12)
    scaled, _, _ = ours.batchnorm_forward(-7 * x + 3, -batch.gamma, batch.beta, 1e-12)
    np.testing.assert_allclose(scaled, y, rtol=1e-5, atol=1e-6)
    identity, _, _ = ours.batchnorm_forward(x, np.sqrt(variance + 0.1), mean, 0.1)
    np.testing.assert_allclose(identity, x, rtol=1e-9, atol=1e-9)


def test_after_a_hundred_batches_of_mean_one(ours: SimpleNamespace) -> None:
    """The slide's momentum 0.99 leaves 1 - 0.99**100 = 0.634; within 1 % after 459 steps."""
    batch = np.array([[2.0], [0.0], [3.0], [-1.0]])
    mean, variance, history = np.zeros(1), np.ones(1), []
    for _ in range(500):
        mean, variance = ours.update_moving(mean, variance, batch)
        history.append(float(mean[0]))
    assert history[99] == pytest.approx(0.633968, abs=1e-6)
    assert ours.predictions["moving_mean"] == pytest.approx(history[99])
    assert next(step for step, value in enumerate(history, 1) if value > 0.99) == 459
    assert ours.without_bias(history[9], 0.0, 10) == pytest.approx(1.0)


@few
@given(batches(images=False))
def test_layer_normalization_backward_is_batch_normalization_turned(batch: Any) -> None:
    """With the examples as features, and gamma where each value takes its own along."""
    ours, (x, gamma, dout) = NOTEBOOK.ours, (batch.x, batch.gamma, batch.dout)
    dx, dgamma, dbeta = ours.layer_norm_backward(dout, x, gamma, batch.epsilon)
    turned = ours.batchnorm_backward((gamma * dout).T, x.T, np.ones(len(x)), batch.epsilon)[3]
    np.testing.assert_allclose(dx, turned.T, rtol=1e-9, atol=1e-10)
    x_hat = ours.layer_norm(x, 1.0, 0.0, batch.epsilon)
    np.testing.assert_allclose(dgamma, np.sum(dout * x_hat, axis=0), atol=1e-10)
    np.testing.assert_allclose(dbeta, np.sum(dout, axis=0), atol=1e-10)


@few
@given(batches(images=True))
def test_the_ends_of_group_normalization(batch: Any) -> None:
    ours, arrays = NOTEBOOK.ours, (batch.gamma, batch.beta, batch.epsilon)
    channels = batch.x.shape[-1]
    one, all_apart = (ours.group_norm(batch.x, groups, *arrays) for groups in (1, channels))
    np.testing.assert_allclose(one, ours.layer_norm(batch.x, *arrays), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(all_apart, ours.instance_norm(batch.x, *arrays), atol=1e-12)
    made = keras.layers.GroupNormalization(-1, epsilon=batch.epsilon, dtype="float64")
    made.build(batch.x.shape)
    made.gamma.assign(batch.gamma)
    made.beta.assign(batch.beta)
    np.testing.assert_allclose(all_apart, np.asarray(made(batch.x)), rtol=1e-6, atol=1e-8)


@few
@given(batches(images=True), st.integers(0, 4))
def test_local_response_agrees_with_tensorflow(batch: Any, half: int) -> None:
    """TensorFlow takes the half width and, like the paper, does not divide alpha by n."""
    import tensorflow as tf

    x = (100 * batch.x).astype("float32")
    expected = tf.nn.local_response_normalization(
        x, depth_radius=half, bias=2.0, alpha=1e-4, beta=0.75
    )
    result = NOTEBOOK.ours.local_response_norm(x, n=2 * half + 1)
    np.testing.assert_allclose(result, np.asarray(expected), rtol=1e-4)


@few
@given(st.integers(0, 2**32 - 1), st.integers(2, 6))
def test_whitened_features_are_uncorrelated_and_stay_themselves(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(40, count)) @ (np.eye(count) + rng.uniform(0, 0.5, size=(count, count)))
    white = NOTEBOOK.ours.whiten(x + 5, epsilon=1e-12)
    np.testing.assert_allclose(white.T @ white / len(x), np.eye(count), atol=1e-6)
    # ZCA: the map is symmetric and positive, so that no feature is turned away from itself.
    centred = x - x.mean(axis=0)
    transform = np.linalg.lstsq(centred, white, rcond=None)[0]
    np.testing.assert_allclose(transform, transform.T, atol=1e-6)
    assert np.linalg.eigvalsh(transform).min() > 0


@pytest.mark.parametrize("shape", [(2, 3, 3, 5), (3, 1, 4, 4)])
def test_a_folded_convolution_does_the_work_of_both(
    ours: SimpleNamespace, shape: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(sum(shape))
    kernel, bias = rng.normal(size=shape), rng.normal(size=shape[-1])
    statistics = rng.normal(size=(3, shape[-1]))
    variance = rng.uniform(0.5, 2, size=shape[-1])
    x = rng.normal(size=(2, 7, 8, shape[2]))
    convolved = np.asarray(keras.ops.conv(x, kernel)) + bias
    separate = ours.batchnorm_inference(convolved, *statistics, variance)
    folded_kernel, folded_bias = ours.fold_batchnorm(kernel, bias, *statistics, variance)
    together = np.asarray(keras.ops.conv(x, folded_kernel)) + folded_bias
    np.testing.assert_allclose(together, separate, rtol=1e-6, atol=1e-9)


def test_the_layer_is_saved_and_comes_back(ours: SimpleNamespace) -> None:
    layer = ours.BatchNorm(momentum=0.8, epsilon=0.02, name="bn")
    again = ours.BatchNorm.from_config(layer.get_config())
    assert (again.momentum, again.epsilon, again.name) == (0.8, 0.02, "bn")


@pytest.mark.parametrize("name", sorted(NOTEBOOK.checks))
def test_fresh_cases_accept_the_solution_and_tell_axes_apart(
    ours: SimpleNamespace, name: str
) -> None:
    subject = NOTEBOOK.subject(name)
    for key in (b"one", b"two", b"three"):
        for case in NOTEBOOK.cases(name, key):
            if name != "BatchNorm":  # Its compiled step would warn of retracing here.
                result = judged(case, subject, name)
                assert result.outcome == "passed", (case.label, result.finding)
            if isinstance(case.probe, CallFunction):
                images = [a for a in case.probe.args if getattr(a, "ndim", 0) == 4]
                kernels = name == "fold_batchnorm"
                for image in images[:1] if not kernels else []:
                    sizes = [n for n in image.shape if n > 1]
                    assert len(set(sizes)) == len(sizes), (case.label, image.shape)


@pytest.mark.parametrize("variant", ["batchnorm_backward/by_differences", "BatchNorm/subclassed"])
def test_what_is_to_be_written_must_not_be_called(ours: SimpleNamespace, variant: str) -> None:
    name, _ = variant.split("/")
    subject = NOTEBOOK.with_variant(variant).subject(name)
    case = NOTEBOOK.cases(name, b"key")[0]
    assert run_probe(case.probe, subject, allows=case.allows).outcome == "forbidden"


def test_names_taken_before_the_check_are_blocked_too() -> None:
    import tensorflow as tf
    from keras.layers import BatchNormalization, GroupNormalization, LayerNormalization

    x = np.ones((2, 3, 4, 6), "float32")
    layers = [BatchNormalization(), GroupNormalization(2), LayerNormalization()]
    tape = tf.GradientTape
    for made in layers:
        made.build(x.shape)

    def differentiate() -> Any:
        with tape() as recorder:
            value = tf.constant(1.0)
            recorder.watch(value)
        return recorder.gradient(value, value)

    shortcuts: list[Any] = [lambda made=made: made(x) for made in layers]
    shortcuts += [
        lambda: tf.nn.local_response_normalization(x),
        lambda: keras.ops.batch_normalization(x, np.ones(6), np.ones(6), axis=-1),
        lambda: gradients.numerical_gradient(np.sin, x[0, 0, 0]),
        differentiate,
    ]
    require_refused(NOTEBOOK.checks["batchnorm_backward"], shortcuts)
