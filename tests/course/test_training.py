"""Training: real digits, a small network, and a history that tells what happened."""

from pathlib import Path

import keras
import numpy as np
import pytest

from autograder.checks import checks_of
from autograder.checks.calibration import read_calibration
from autograder.source.course import find_course
from autograder.source.notebook import read_source
from autograder.source.reference import Reference
from course_lib import data, desk, training


def small_network(metrics=("accuracy",)):
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(0.01),
        loss="sparse_categorical_crossentropy",
        metrics=list(metrics),
    )
    return model


@pytest.fixture(scope="module")
def digits():
    return data.load("digits")


def test_it_learns_and_tells(digits, capsys):
    training.set_seed(3)
    model = small_network()
    history = training.fit(model, digits.train, digits.validation, epochs=4, batch_size=32)
    assert history.epochs == 4
    lengths = {len(values) for values in vars(history).values()}
    assert lengths == {4}
    assert history.loss[-1] < history.loss[0] / 2
    assert history.validation_accuracy[-1] > 0.85
    # What the history says of the last epoch is what the model does now.
    loss, accuracy = model.evaluate(digits.validation.images, digits.validation.labels, verbose=0)
    assert history.validation_loss[-1] == pytest.approx(loss, abs=1e-4)
    assert history.validation_accuracy[-1] == pytest.approx(accuracy, abs=1e-6)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [f"epoch {k}/4" for k in (1, 2, 3, 4)]
    assert "left" in lines[0]
    assert "in all" in lines[-1]


def test_the_same_seed_gives_the_same_run(digits):
    def run(seed):
        training.set_seed(seed)
        model = small_network()
        few = digits.train.take(200)
        history = training.fit(model, few, epochs=2, seed=seed)
        return history.loss, model.get_weights()

    (loss, weights), (again, same_weights), (other, _) = run(5), run(5), run(6)
    assert loss == pytest.approx(again, rel=1e-5)
    for first, second in zip(weights, same_weights, strict=True):
        np.testing.assert_allclose(first, second, rtol=1e-4, atol=1e-6)
    assert loss != pytest.approx(other, rel=1e-5)


def test_without_validation_and_metrics_nothing_is_invented(digits, capsys):
    few = digits.train.take(64)
    history = training.fit(small_network(metrics=()), (few.images, few.labels), epochs=1)
    assert len(history.loss) == len(history.seconds) == 1
    assert history.accuracy == history.validation_loss == history.validation_accuracy == ()
    assert "accuracy" not in capsys.readouterr().out


def test_a_second_call_goes_on(digits):
    training.set_seed(0)
    model = small_network()
    first = training.fit(model, digits.train, epochs=2)
    second = training.fit(model, digits.train, epochs=1)
    assert second.epochs == 1
    assert second.loss[0] < first.loss[-1]


def test_a_step_is_traced_once(digits):
    class Traced(keras.layers.Layer):
        times = 0

        def call(self, x, training=False):
            self.times += bool(training)
            return x

    model = small_network()
    traced = Traced()
    model.add(traced)
    training.fit(model, digits.train.take(200), epochs=2)
    assert traced.times == 1


def test_a_step_of_its_own_is_left_alone(digits):
    class Own(keras.Model):
        def call(self, x):
            raise AssertionError("Only the step knows what to call.")

        def train_step(self, batch):
            return {"loss": 0.0}

    model = Own()
    model.compile(keras.optimizers.SGD())
    assert training.fit(model, digits.train.take(64), epochs=1).epochs == 1


def test_an_uncompiled_model_is_refused(digits):
    model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Flatten()])
    with pytest.raises(ValueError, match=r"must be compiled.*model\.compile"):
        training.fit(model, digits.train)
    with pytest.raises(ValueError, match=r"must be compiled.*model\.compile"):
        training.by_heart(model, digits.train.images[:20], digits.train.labels[:20])


@pytest.mark.parametrize("arguments", [{"epochs": 0}, {"batch_size": -1}])
def test_senseless_numbers_are_refused(digits, arguments):
    with pytest.raises(ValueError, match="positive integer"):
        training.fit(small_network(), digits.train, **arguments)


def test_the_time_left_is_extrapolated():
    assert training._remaining(10.0, 0.25) == "about 30 s left"
    assert training._remaining(60.0, 0.1) == "about 9 min left"
    assert training._remaining(12.4, 1.0) == "12 s in all"


def test_a_notebook_shows_two_displays_that_grow(digits, monkeypatch):
    import IPython.display

    shown = []

    class Handle:
        def __init__(self, first):
            self.values = [first]

        def update(self, value):
            self.values.append(value)

    def display(value, display_id=None):
        shown.append(Handle(value))
        return shown[-1]

    monkeypatch.setattr(IPython.display, "display", display)
    monkeypatch.setattr(desk, "notebook_shell", object)
    training.fit(small_network(), digits.train.take(100), digits.validation, epochs=3)
    line, curves = shown
    assert "epoch 3 of 3" in line.values[-1].data
    assert len(curves.values) == 3
    assert all(picture.data.startswith(b"\x89PNG") for picture in curves.values)


def test_the_accuracy_bound_of_the_first_notebook_follows_from_its_runs():
    course = find_course(Path(__file__))
    check = checks_of(course, "a00_first_light", "first_light")["digits_accuracy"]
    measured = read_calibration(check.calibration_file, check.name)
    source = read_source(course.source("a00_first_light", "first_light"))
    names = Reference(source, "first_light").namespace
    (case,) = check.cases(b"any key", names)
    (public,) = check.public_cases(b"any key", names)
    right = measured.accuracies("solution")
    assert len(right) >= 20
    assert 0.9 < case.expects.at_least == measured.bound(runs=1) < min(right)
    assert f"{min(right):.1%}" in case.expects.basis
    # Luck counts for more on a hundred digits.
    assert 0.8 < public.expects.at_least < measured.bound("validation", runs=1)
