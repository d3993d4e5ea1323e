"""What a few steps show of a training: every honest way to write it passes, and slips are named."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from autograder.checks import recipe
from course_lib import training
from course_lib.checking.judge import judge_case
from course_lib.checking.probes import Observation, run_probe

ADAM = recipe("mnist", optimizer="Adam", rates=[(0, 0.002)], batch_size=64, label="steps")
DECAY = recipe(
    "mnist",
    optimizer="SGD",
    momentum=0.9,
    rates=[(0, 0.1), (1 / 2, 0.01), (3 / 4, 0.001)],
    batch_size=64,
    label="steps",
)


def network():
    return keras.Sequential(
        [keras.Input((28, 28, 1)), keras.layers.Flatten(), keras.layers.Dense(10)]
    )


def loss():
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def trained_with(optimizer, batch_size=64, epochs=None, **compiled):
    def train(images, labels, seed=0, **kwargs):
        asked = kwargs["epochs"] if epochs is None else epochs
        steps = kwargs["epochs"] * -(-len(images) // batch_size)
        model = network()
        model.compile(optimizer(steps), loss(), **compiled)
        training.fit(model, (images, labels), epochs=asked, batch_size=batch_size, seed=seed)
        return model

    return train


def decay(steps):
    return keras.optimizers.schedules.PiecewiseConstantDecay(
        [steps // 2, 3 * steps // 4], [0.1, 0.01, 0.001]
    )


def judged(case, subject):
    observed = run_probe(case.probe, subject, room=case.expects.room)
    return judge_case(case, observed, "trained")


def by_hand(images, labels, seed=0, epochs=4):
    """A loop of one's own, compiled, that leaves out what does not fill a batch."""
    model, optimizer = network(), keras.optimizers.Adam(learning_rate=0.002)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            value = loss()(y, model(x, training=True))
        gradients = tape.gradient(value, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

    for _ in range(epochs):
        for start in range(0, len(images) - 63, 64):
            step(images[start : start + 64], labels[start : start + 64])
    return model


def by_batches(images, labels, seed=0, epochs=4):
    model = network()
    model.compile(keras.optimizers.Adam(2e-3), loss(), jit_compile=True)
    for _ in range(epochs):
        for start in range(0, len(images), 64):
            model.train_on_batch(images[start : start + 64], labels[start : start + 64])
    return model


def set_from_outside(images, labels, seed=0, epochs=4):
    """The rate is set before each step, without a schedule."""
    model = network()
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), loss())
    steps, done = epochs * -(-len(images) // 64), 0
    for _ in range(epochs):
        for start in range(0, len(images), 64):
            share = done / steps
            model.optimizer.learning_rate = 0.1 if share < 0.5 else 0.01 if share < 0.75 else 0.001
            model.train_on_batch(images[start : start + 64], labels[start : start + 64])
            done += 1
    return lambda images: model(images)


def by_epochs(images, labels, seed=0, epochs=4):
    """The rate of each epoch is set by a callback of Keras."""

    def rate(epoch, before):
        return 0.1 if epoch < epochs / 2 else 0.01 if epoch < 3 * epochs / 4 else 0.001

    model = network()
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), loss())
    model.fit(
        images, labels, batch_size=64, epochs=epochs, verbose=0,
        callbacks=[keras.callbacks.LearningRateScheduler(rate)],
    )  # fmt: skip
    return model


class OwnAdam(keras.optimizers.Adam):
    pass


HONEST = {
    "fit": (ADAM, trained_with(lambda steps: keras.optimizers.Adam(0.002))),
    "fit, compiled": (
        ADAM, trained_with(lambda steps: keras.optimizers.Adam(0.002), jit_compile=True),
    ),
    "a subclass": (ADAM, trained_with(lambda steps: OwnAdam(0.002))),
    "a loss that is scaled": (
        ADAM, trained_with(
            lambda steps: keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam(0.002))
        ),
    ),
    "weights that decay": (ADAM, trained_with(lambda steps: keras.optimizers.AdamW(0.002))),
    "a loop of one's own": (ADAM, by_hand),
    "batch by batch": (ADAM, by_batches),
    "a schedule": (DECAY, trained_with(lambda n: keras.optimizers.SGD(decay(n), momentum=0.9))),
    "Nesterov": (
        DECAY, trained_with(lambda n: keras.optimizers.SGD(decay(n), 0.9, nesterov=True)),
    ),
    "a rate for each epoch": (DECAY, by_epochs),
    "one step later": (
        DECAY, trained_with(lambda n: keras.optimizers.SGD(decay(n + 1), momentum=0.9)),
    ),
    "the rate set by hand": (DECAY, set_from_outside),
}  # fmt: skip

SLIPS = {
    "SGD": (
        ADAM, trained_with(lambda steps: keras.optimizers.SGD(0.002)),
        "trains with `SGD`, the task asks for `Adam`",
    ),
    "rate": (
        ADAM, trained_with(lambda steps: keras.optimizers.Adam()),
        "step 1 of 16 your learning rate is 0.001, the task asks for 0.002",
    ),
    "batches": (
        ADAM, trained_with(lambda steps: keras.optimizers.Adam(0.002), batch_size=32),
        "Batches of 32 would give so many, and so would 8 epochs",
    ),
    "one by one": (
        ADAM, trained_with(lambda steps: keras.optimizers.Adam(0.002), batch_size=1),
        "took 1024 steps on 256 images",
    ),
    "epochs": (
        ADAM, trained_with(lambda steps: keras.optimizers.Adam(0.002), epochs=1),
        "That is one epoch",
    ),
    "momentum": (
        DECAY, trained_with(lambda n: keras.optimizers.SGD(decay(n))),
        "momentum of your optimizer is 0, the task asks for 0.9",
    ),
    "constant": (
        DECAY, trained_with(lambda n: keras.optimizers.SGD(0.1, momentum=0.9)),
        "It stays the same in all steps",
    ),
    "boundaries in epochs": (
        DECAY, trained_with(lambda n: keras.optimizers.SGD(decay(4), momentum=0.9)),
        "In step 4 of 16 your learning rate is 0.01, the task asks for 0.1",
    ),
    "nothing": (ADAM, lambda images, labels, seed, epochs: network(), "took no step"),
}  # fmt: skip


@pytest.mark.parametrize("style", HONEST)
def test_an_honest_training_follows_the_recipe(style):
    case, subject = HONEST[style]
    result = judged(case, subject)
    assert result.outcome == "passed", result.finding


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_the_recipe_is_named(slip):
    case, subject, told = SLIPS[slip]
    result = judged(case, subject)
    assert result.outcome == "failed"
    assert told in f"{result.finding.message} {result.finding.hint}"


def test_what_cannot_be_read_is_refused():
    for value in (None, 3, {}, {"images": 1, "optimizers": [3], "momentum": 0, "rates": 0}):
        assert judge_case(ADAM, Observation("returned", value), "trained").outcome == "failed"


def test_nothing_is_left_of_the_watching():
    before = keras.optimizers.Optimizer.apply
    judged(*HONEST["fit"])
    judged(ADAM, lambda *args, **kwargs: 1 / 0)
    assert keras.optimizers.Optimizer.apply is before
    assert not tf.config.functions_run_eagerly()


def test_the_steps_do_what_they_do_without_being_watched():
    """What is written down changes nothing: the same weights come out."""
    found = []

    def train(images, labels, seed=0, epochs=4):
        found.append(trained_with(lambda n: keras.optimizers.Adam(0.002))(
            images, labels, seed=seed, epochs=epochs
        ).get_weights()[0])  # fmt: skip
        found.append((images, labels))

    judged(ADAM, train)
    images, labels = found[1]
    training.set_seed(0)
    train(images, labels)
    np.testing.assert_allclose(found[0], found[2], rtol=1e-3, atol=1e-5)
