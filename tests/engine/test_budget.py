"""A network may be any that costs no more than its budget; what is over it is told in numbers."""

from __future__ import annotations

from typing import Any

import keras
import pytest
from keras import layers, ops

from autograder._exceptions import CourseError
from autograder.checks import budget, fit
from course_lib import costs
from course_lib.checking import Case, Fit, Trained, judge_case, run_probe
from course_lib.checking.finding import Finding
from course_lib.checking.trials import run_trials

LIMITS = {"parameters": 700, "macs": 12_000, "largest_activation_bytes": 2_048}


def small(filters: int = 8, shared: bool = False) -> keras.Model:
    """Within `LIMITS` in all three: 8 x 8 x 8 numbers of 4 bytes are the largest activation."""
    image = keras.Input((8, 8, 1))
    relu = layers.ReLU(6.0)
    x = relu(layers.Conv2D(filters, 3, padding="same", use_bias=False)(image))
    x = layers.DepthwiseConv2D(3, 2, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = relu(x) if shared else layers.ReLU(6.0)(x)
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(10, activation="softmax")(x))


def verdict(case: Case, builder: Any) -> tuple[str, Finding | None]:
    result = judge_case(case, run_probe(case.probe, builder), "network")
    return result.outcome, result.finding


def test_a_network_within_its_budget_passes_in_any_style() -> None:
    class Own(keras.Model):
        def __init__(self) -> None:
            super().__init__()
            self.convolution = layers.Conv2D(8, 3, padding="same", use_bias=False)
            self.scores = layers.Dense(10, activation="softmax")

        def call(self, x: Any) -> Any:
            x = ops.clip(self.convolution(x), 0, 6)
            return self.scores(ops.mean(x, axis=(1, 2)))

    case = budget(within=LIMITS, output=(10,), label="the budget", input_shape=(8, 8, 1))
    for builder in (small, lambda: small(shared=True), Own):
        assert verdict(case, builder) == ("passed", None)


@pytest.mark.parametrize("number", LIMITS)
def test_each_number_that_is_over_is_told_and_no_other(number: str) -> None:
    table = costs.count(small)
    spent = {key: getattr(table, key) for key in LIMITS}
    limits = spent | {number: spent[number] - 7}
    outcome, finding = verdict(budget(within=limits, label="the budget"), small)
    assert outcome == "failed"
    assert finding is not None
    assert f"{spent[number]:,}" in finding.message
    assert f"7 more than the {limits[number]:,} allowed" in finding.message
    assert finding.message.count("more than") == 1
    assert verdict(budget(within=spent, label="just enough"), small) == ("passed", None)


def test_all_that_is_over_is_told_at_once_with_the_layer_that_has_most() -> None:
    _, finding = verdict(budget(within=LIMITS, label="the budget"), lambda: small(filters=100))
    assert finding is not None
    for word in ("parameters", "multiply-adds", "bytes in the largest activation"):
        assert word in finding.message
    assert "8 × 8 × 100" in finding.hint


def test_another_output_and_what_cannot_be_counted_are_told() -> None:
    case = budget(within=LIMITS, output=(3,), label="the budget")
    _, finding = verdict(case, small)
    assert finding is not None
    assert (finding.expected, finding.observed) == ("(batch, 3)", "(batch, 10)")

    class Hidden(layers.Layer):
        def call(self, x: Any) -> Any:
            return float(ops.sum(x)) * x  # looks at numbers, so nobody can see through it

    def hiding() -> keras.Model:
        image = keras.Input((8,))
        return keras.Model(image, Hidden()(image))

    _, finding = verdict(budget(within=LIMITS, label="the budget"), hiding)
    assert finding is not None


def test_a_layer_that_is_used_twice_writes_each_time_as_much_as_it_writes() -> None:
    table = costs.count(lambda: small(shared=True))
    assert table.largest_activation_bytes == 4 * 8 * 8 * 8
    assert table.activation_bytes == costs.count(small).activation_bytes


def test_only_what_is_counted_can_be_limited() -> None:
    with pytest.raises(CourseError, match="seconds"):
        budget(within={"seconds": 3}, label="the budget")


# Trained networks: the digits of 8 x 8 pixels, and whoever is within the budget.

TRAINED = {"parameters": 700, "macs": 700, "largest_activation_bytes": 256}


def learned(images: Any, labels: Any, seed: int = 0, units: int = 0) -> keras.Model:
    image = keras.Input((8, 8, 1))
    x = layers.Flatten()(image)
    if units:
        x = layers.Dense(units, activation="relu")(x)
    model = keras.Model(image, layers.Dense(10, activation="softmax")(x))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=3, verbose=0)
    return model


def judged(learn: Any) -> tuple[str, Finding | None, float | None]:
    probe = Fit("digits", network=True, counted=True)
    labels = probe.labels("test")
    probe = Fit("digits", inputs=probe.split("test").images, network=True, counted=True)
    expects = Trained(labels, 0.8, "", (), 0.5, 1, TRAINED)
    case = Case(probe, expects, "the training")
    result, trials = run_trials(case, "learn", lambda attempt: run_probe(attempt, learn))
    return result.outcome, result.finding, trials[0].accuracy


def test_a_trained_network_within_the_budget_passes() -> None:
    outcome, finding, reached = judged(learned)
    assert (outcome, finding) == ("passed", None)
    assert reached is not None
    assert reached > 0.8


def test_a_larger_network_that_was_trained_is_over_the_budget_however_accurate() -> None:
    def larger(images: Any, labels: Any, seed: int = 0) -> keras.Model:
        return learned(images, labels, seed, units=32)

    outcome, finding, reached = judged(larger)
    assert outcome == "failed"
    assert reached is not None
    assert reached > 0.8
    assert finding is not None
    assert "2,410 parameters, 1,710 more than the 700 allowed (+244%)" in finding.message


def test_what_stands_around_a_model_is_counted_or_refused() -> None:
    def with_a_function(images: Any, labels: Any, seed: int = 0) -> Any:
        model = learned(images, labels, seed)
        return lambda unseen: model.predict(unseen, verbose=0)

    def twice(images: Any, labels: Any, seed: int = 0) -> Any:
        members = [learned(images, labels, seed + number) for number in range(2)]
        image = keras.Input((8, 8, 1))
        return keras.Model(image, layers.Average()([member(image) for member in members]))

    class Shifting(keras.Model):
        """Averages over shifted images where it predicts, and only there."""

        def __init__(self, inside: keras.Model) -> None:
            super().__init__()
            self.inside = inside

        def call(self, x: Any) -> Any:
            return self.inside(x)

        def predict(self, x: Any, **options: Any) -> Any:
            raise AssertionError("its own `predict` must not be asked")

    def shifted(images: Any, labels: Any, seed: int = 0) -> Any:
        return Shifting(learned(images, labels, seed))

    _, finding, _ = judged(with_a_function)
    assert finding is not None
    assert "the trained Keras model itself" in finding.message
    _, finding, _ = judged(twice)
    assert finding is not None
    assert "1,300 parameters" in finding.message
    assert judged(shifted)[:2] == ("passed", None)


def test_an_untrained_network_within_the_budget_is_not_enough() -> None:
    def untrained(images: Any, labels: Any, seed: int = 0) -> keras.Model:
        image = keras.Input((8, 8, 1))
        x = layers.Dense(10, activation="softmax")(layers.Flatten()(image))
        return keras.Model(image, x)

    outcome, finding, _ = judged(untrained)
    assert outcome == "failed"
    assert finding is not None
    assert "accuracy" in finding.message


def test_who_limits_a_training_asks_for_the_model() -> None:
    case = fit("digits", within=TRAINED, label="the training", epochs=2)
    assert isinstance(case.probe, Fit)
    assert case.probe.counted
    assert case.probe.network
    assert case.expects.within == TRAINED  # type: ignore[attr-defined]
