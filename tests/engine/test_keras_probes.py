"""Layers and optimizers, exercised the way Keras exercises them."""

from __future__ import annotations

import keras
import numpy as np
import pytest

import autograder.checks as checks
from course_lib.checking import Case, judge_case, run_probe

pytestmark = pytest.mark.filterwarnings("ignore:.*build.*:UserWarning")
C = 4
RNG = np.random.default_rng(7)
WEIGHTS = {
    "gamma": RNG.uniform(0.5, 2, C).astype(np.float32),
    "beta": RNG.normal(size=C).astype(np.float32),
    "moving_mean": RNG.normal(size=C).astype(np.float32),
    "moving_variance": RNG.uniform(0.5, 2, C).astype(np.float32),
}


class BatchNorm(keras.layers.Layer):
    """A student's layer, right in every respect."""

    def __init__(self, momentum=0.99, epsilon=1e-3, **kwargs):
        super().__init__(**kwargs)
        self.momentum, self.epsilon = momentum, epsilon

    def build(self, shape):
        c = (shape[-1],)
        self.gamma = self.add_weight(shape=c, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=c, initializer="zeros", name="beta")
        self.moving_mean = self.add_weight(shape=c, initializer="zeros", trainable=False)
        self.moving_variance = self.add_weight(shape=c, initializer="ones", trainable=False)

    def call(self, x, training=False):
        mean, variance = self.moving_mean, self.moving_variance
        if training:
            mean, variance = self.statistics(x)
            keep = self.momentum
            self.moving_mean.assign(keep * self.moving_mean + (1 - keep) * mean)
            self.moving_variance.assign(keep * self.moving_variance + (1 - keep) * variance)
        return self.gamma * (x - mean) / keras.ops.sqrt(variance + self.epsilon) + self.beta

    def statistics(self, x):
        axes = list(range(len(x.shape) - 1))
        return keras.ops.mean(x, axis=axes), keras.ops.var(x, axis=axes)

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


class WrongSide(BatchNorm):
    def __init__(self, momentum=0.99, **kwargs):
        super().__init__(1 - momentum, **kwargs)


class Forgetful(BatchNorm):
    def get_config(self):
        return keras.layers.Layer.get_config(self)


class Parentless(BatchNorm):
    """Its configuration has its own arguments, and not those of the parent class."""

    def get_config(self):
        return {"momentum": self.momentum, "epsilon": self.epsilon}


class Deaf(BatchNorm):
    def call(self, x, training=False):
        return super().call(x, training=True)


class Stiff(BatchNorm):
    def call(self, x, training=False):
        return keras.ops.stop_gradient(self.gamma) * (super().call(x, training) * 1.0)


class Unbuilt(BatchNorm):
    def build(self, shape):
        super().build(shape)
        del self.beta


class Overwriting(BatchNorm):
    def call(self, x, training=False):
        if training:
            self.moving_mean = 0.8 * self.moving_mean + 0.2 * self.statistics(x)[0]
        return super().call(x, False)


def case() -> Case:
    x = RNG.normal(2, 3, size=(3, 5, 6, C)).astype(np.float32)
    return checks.layer(
        momentum=0.8,
        epsilon=0.01,
        like=keras.layers.BatchNormalization,
        weights=WEIGHTS,
        calls=[(x, True), (x + 1, False), (x, True)],
        targets=RNG.normal(size=x.shape).astype(np.float32),
        label="batch normalization",
    )


def lines_of(case: Case, subject: object) -> dict[str, str]:
    result = judge_case(case, run_probe(case.probe, subject), "BatchNorm")
    assert result.finding is not None
    rows = [line.split("  ") for line in result.finding.details.splitlines()]
    return {row[0].strip(): next(part for part in row[1:] if part.strip()).strip() for row in rows}


def test_a_right_layer_agrees_with_keras_in_all_that_is_looked_at():
    example = case()
    result = judge_case(example, run_probe(example.probe, BatchNorm), "BatchNorm")
    assert result.outcome == "passed", result.finding


@pytest.mark.parametrize(
    ("subject", "wrong", "right"),
    [
        (WrongSide, "moving_mean after the calls", "output 1 (training)"),
        (Forgetful, "made again from its configuration", "output 2 (inference)"),
        (Parentless, "name kept in its configuration", "made again from its configuration"),
        (Deaf, "output 2 (inference)", "output 1 (training)"),
        (Stiff, "gamma after a training step", "trainable weights"),
    ],
)
def test_each_line_says_which_part_is_wrong(subject, wrong, right):
    lines = lines_of(case(), subject)
    assert lines[wrong] == "wrong"
    assert lines[right] in ("close", "exact")


@pytest.mark.parametrize(
    ("initializer", "how"),
    [
        ("glorot_uniform", "random numbers, as far apart as by default"),
        ("random_normal", "random numbers, closer together than by default"),
        ("zeros", "zeros"),
    ],
)
def test_what_a_weight_begins_with_counts_where_it_is_asked_for(initializer, how):
    x = RNG.normal(size=(1, 5, 5, 3)).astype(np.float32)
    example = checks.layer(
        filters=8,
        kernel_size=3,
        like=keras.layers.Conv2D,
        weights={"kernel": np.ones((3, 3, 3, 8), np.float32)},
        starts=("kernel",),
        calls=[(x, False)],
        label="a convolution",
    )

    def begins(**options):
        return keras.layers.Conv2D(kernel_initializer=initializer, **options)

    result = judge_case(example, run_probe(example.probe, begins), "begins")
    assert (result.outcome == "passed") == (initializer == "glorot_uniform")
    assert run_probe(example.probe, begins).value["kernel: once it is built"] == how


def test_a_weight_that_is_overwritten_is_named():
    example = case()
    result = judge_case(example, run_probe(example.probe, Overwriting), "BatchNorm")
    assert "`self.moving_mean.assign(...)`" in result.finding.message
    assert "Your code stopped" not in result.finding.message


def test_a_weight_that_is_missing_is_named():
    example = case()
    result = judge_case(example, run_probe(example.probe, Unbuilt), "BatchNorm")
    assert result.outcome == "error"
    assert "`beta`" in result.finding.message
    assert "add_weight" in result.finding.message


class Momentum(keras.optimizers.Optimizer):
    """A student's optimizer: v = m v - lr g; w = w + v."""

    def __init__(self, learning_rate=0.01, momentum=0.9, **kwargs):
        super().__init__(learning_rate=learning_rate, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        if self.built:
            return
        super().build(variables)
        self.velocities = [self.add_variable_from_reference(v, "velocity") for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        velocity = self.velocities[self._get_variable_index(variable)]
        rate = keras.ops.cast(learning_rate, variable.dtype)
        self.assign(velocity, self.momentum * velocity - rate * gradient)
        self.assign_add(variable, velocity)

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum}


class NoMemory(Momentum):
    def update_step(self, gradient, variable, learning_rate):
        self.assign_add(variable, -keras.ops.cast(learning_rate, variable.dtype) * gradient)


class ForgetfulMomentum(Momentum):
    def get_config(self):
        return keras.optimizers.Optimizer.get_config(self)


def optimizer_case() -> Case:
    shapes = [(3, 2), (4,)]
    draw = [[RNG.normal(size=s).astype(np.float32) for s in shapes] for _ in range(4)]
    return checks.optimizer(
        learning_rate=0.05,
        momentum=0.7,
        like=keras.optimizers.SGD,
        variables=draw[0],
        gradients=draw[1:],
        inputs=RNG.normal(size=(6, 3)).astype(np.float32),
        targets=RNG.normal(size=(6, 2)).astype(np.float32),
        label="three steps with momentum",
    )


def test_a_right_optimizer_agrees_with_keras():
    example = optimizer_case()
    result = judge_case(example, run_probe(example.probe, Momentum), "Momentum")
    assert result.outcome == "passed", result.finding


def test_a_wrong_optimizer_is_right_up_to_the_step_where_it_goes_wrong():
    lines = lines_of(optimizer_case(), NoMemory)
    assert lines["variable 0 after step 1"] in ("close", "exact")
    assert lines["variable 0 after step 2"] == "wrong"


def test_an_optimizer_must_come_back_from_its_configuration():
    lines = lines_of(optimizer_case(), ForgetfulMomentum)
    assert lines["variable 1 after step 3"] in ("close", "exact")
    assert lines["kernel after compiled training"] == "wrong"
