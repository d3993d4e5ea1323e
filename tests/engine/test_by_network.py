"""A training is judged by what the network of the task gives, and by nothing that stands beside it.

The task is softmax regression on digits of 8 x 8 pixels. `test_accuracy` has the grader say it.
"""

from __future__ import annotations

import gc
from typing import Any

import pytest
from keras.config import backend

from course_lib import data
from course_lib.checking import Case, Fit, Trained, run_probe
from course_lib.checking.judge import CaseResult
from course_lib.checking.scored_by import network_as_data
from course_lib.checking.trials import Trial, run_trials

TRAINED = """
import functools
import keras
import numpy as np
from keras import layers

def network():
    return keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(10)])

def fitted(model, images, labels, epochs, rate=0.01):
    model.compile(
        keras.optimizers.Adam(rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    model.fit(images, labels, epochs=epochs, verbose=0)
    return model
"""

RIGHT = {
    "a function around it, scores as probabilities": """
def learn(images, labels, seed=0, epochs=2):
    model = fitted(network(), images, labels, epochs)
    return lambda unseen: keras.ops.softmax(model(unseen))
""",
    "class numbers": """
def learn(images, labels, seed=0, epochs=2):
    model = fitted(network(), images, labels, epochs)
    return lambda unseen: model.predict(unseen, verbose=0).argmax(axis=1)
""",
    "an ensemble": """
def learn(images, labels, seed=0, epochs=2):
    models = [fitted(network(), images, labels, epochs) for _ in range(2)]
    return lambda unseen: np.mean([keras.ops.softmax(one(unseen)) for one in models], axis=0)
""",
    "an ensemble as one model": """
def learn(images, labels, seed=0, epochs=2):
    members = [fitted(network(), images, labels, epochs) for _ in range(2)]
    digits = keras.Input((8, 8, 1))
    return keras.Model(digits, layers.Average()([one(digits) for one in members]))
""",
    "an average over shifted images": """
def learn(images, labels, seed=0, epochs=2):
    model = fitted(network(), images, labels, 3 * epochs)
    def score(unseen):
        return sum(model.predict(np.roll(unseen, by, 2), verbose=0) for by in (0, 0, 0, 1)) / 4
    score.history = [0.1, 0.2]
    return score
""",
    "a subclass, its dense layer written as a convolution": """
class Regression(keras.Model):
    def __init__(self):
        super().__init__()
        self.scores = layers.Conv2D(10, 8)
    def call(self, digits):
        if self.built and digits.shape[0] == 0:
            return None
        return keras.ops.reshape(self.scores(digits), (-1, 10))
def learn(images, labels, seed=0, epochs=2):
    return fitted(Regression(), images, labels, epochs)
""",
    "normalization in front, softmax behind, a head that has learned afterwards": """
def learn(images, labels, seed=0, epochs=2):
    normalize = layers.Normalization(axis=(1, 2))
    normalize.adapt(images)
    inside = fitted(network(), images, labels, epochs)
    model = keras.Sequential([keras.Input((8, 8, 1)), normalize, inside, layers.Dense(10)])
    return fitted(model, images, labels, 3 * epochs)
""",
    "kept in a cache": """
@functools.lru_cache
def model_of(seed):
    return fitted(network(), *kept, 2)
def learn(images, labels, seed=0, epochs=2):
    global kept
    kept = images, labels
    return lambda unseen: model_of(seed)(unseen)
""",
    "scores in units of its weights": """
def learn(images, labels, seed=0, epochs=2):
    model = fitted(network(), images, labels, epochs)
    def score(unseen):
        largest = max(map(abs, model.get_weights()[0].ravel().tolist()))
        return [[one / largest for one in row] for row in np.asarray(model(unseen)).tolist()]
    return score
""",
    "a loop of one's own": """
def learn(images, labels, seed=0, epochs=2):
    import tensorflow as tf
    kernel = keras.Variable(np.zeros((64, 10), "float32"))
    model = network()
    for _ in range(200):
        with tf.GradientTape() as tape:
            scores = model(images)
            loss = keras.ops.mean(
                keras.losses.sparse_categorical_crossentropy(labels, scores, from_logits=True)
            )
        for weight, slope in zip(
            model.trainable_weights, tape.gradient(loss, [w.value for w in model.trainable_weights])
        ):
            weight.assign_sub(2.0 * slope)
    return model
""",
}

FROM_ELSEWHERE = "your scores are still right for"
OTHER_NETWORK = "The network that gives the scores is not the one that the task asks for."
NO_NETWORK = "There is no Keras model with weights in it."
SUPPORT_VECTORS = """
from sklearn.svm import SVC
def flat(images):
    return np.asarray(images).reshape(len(images), -1)
"""

WRONG = {
    "support vectors": (
        NO_NETWORK,
        SUPPORT_VECTORS
        + """
def learn(images, labels, seed=0, epochs=2):
    machine = SVC().fit(flat(images), labels)
    return lambda unseen: machine.decision_function(flat(unseen))
""",
    ),
    "support vectors, and the network added": (
        FROM_ELSEWHERE,
        SUPPORT_VECTORS
        + """
def learn(images, labels, seed=0, epochs=2):
    machine, model = SVC().fit(flat(images), labels), fitted(network(), images, labels, epochs)
    return lambda unseen: machine.decision_function(flat(unseen)) + np.asarray(model(unseen))
""",
    ),
    "nearest neighbours, and the network as an attribute": (
        FROM_ELSEWHERE,
        SUPPORT_VECTORS
        + """
def learn(images, labels, seed=0, epochs=2):
    known = flat(images)
    def score(unseen):
        return labels[((flat(unseen)[:, None] - known[None]) ** 2).sum(axis=2).argmin(axis=1)]
    score.model = fitted(network(), images, labels, epochs)
    return score
""",
    ),
    "support vectors inside the network": (
        FROM_ELSEWHERE,
        SUPPORT_VECTORS
        + """
import tensorflow as tf
class Regression(keras.Model):
    def __init__(self, machine):
        super().__init__()
        self.machine, self.scores = machine, layers.Dense(10)
        self.scores.build((None, 64))
    def call(self, digits):
        return tf.numpy_function(
            lambda x: self.machine.decision_function(flat(x)), [digits], tf.float64
        )
def learn(images, labels, seed=0, epochs=2):
    return Regression(SVC().fit(flat(images), labels))
""",
    ),
    "another network": (
        OTHER_NETWORK,
        """
def learn(images, labels, seed=0, epochs=2):
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10),
        ]
    )
    return fitted(model, images, labels, 3 * epochs)
""",
    ),
    "another network, and a little of the right one": (
        FROM_ELSEWHERE,
        """
def learn(images, labels, seed=0, epochs=2):
    wide = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10),
        ]
    )
    wide, model = (fitted(one, images, labels, 3 * epochs) for one in (wide, network()))
    return lambda unseen: np.asarray(wide(unseen)) + 0.01 * np.asarray(model(unseen))
""",
    ),
    "a refusal to score without the weights": (
        "your scores cannot be computed",
        SUPPORT_VECTORS
        + """
def learn(images, labels, seed=0, epochs=2):
    machine, model = SVC().fit(flat(images), labels), fitted(network(), images, labels, epochs)
    trained = model.get_weights()[0]
    def score(unseen):
        if not np.array_equal(model.get_weights()[0], trained):
            raise ValueError
        return machine.decision_function(flat(unseen))
    return score
""",
    ),
}


@pytest.fixture(scope="module")
def case() -> Case:
    names: dict[str, Any] = {}
    exec(TRAINED, names)
    probe = Fit("digits", {"epochs": 2}, inputs=data.load("digits").test.images, network=True)
    wanted = (network_as_data(names["network"]),)
    expects = Trained(probe.labels("test"), at_least=0.8, hopeless=0.2, runs=3, network=wanted)
    return Case(probe, expects, "unseen digits")


def said_of(case: Case, code: str) -> tuple[CaseResult, list[Trial]]:
    names: dict[str, Any] = {}
    exec(TRAINED + code, names)
    gc.collect()  # No network of the test before.
    return run_trials(case, "learn", lambda probe: run_probe(probe, names["learn"]))


@pytest.mark.parametrize("style", RIGHT)
def test_the_network_may_be_used_in_any_way(case: Case, style: str) -> None:
    result, _ = said_of(case, RIGHT[style])
    assert result.outcome == "passed", result.finding


@pytest.mark.parametrize("trick", WRONG)
def test_what_else_gives_the_scores_is_told(case: Case, trick: str) -> None:
    message, code = WRONG[trick]
    result, trials = said_of(case, code)
    assert result.finding is not None
    assert message in result.finding.message
    assert len(trials) == 1, "its accuracy is right: no need to train again"


ON_JAX = {
    "a loop of one's own": """
def learn(images, labels, seed=0, epochs=2):
    import jax
    model = network()
    def loss(weights):
        scores, _ = model.stateless_call(weights, [], images)
        return keras.ops.mean(
            keras.losses.sparse_categorical_crossentropy(labels, scores, from_logits=True)
        )
    slopes = jax.jit(jax.grad(loss))
    weights = [weight.value for weight in model.trainable_variables]
    for _ in range(200):
        weights = [one - 2.0 * slope for one, slope in zip(weights, slopes(weights))]
    for weight, value in zip(model.trainable_variables, weights):
        weight.assign(value)
    return model
""",
    "support vectors inside the network": SUPPORT_VECTORS
    + """
import jax
class Regression(keras.Model):
    def __init__(self, machine):
        super().__init__()
        self.machine, self.scores = machine, layers.Dense(10)
        self.scores.build((None, 64))
    def call(self, digits):
        def by_vectors(x):
            return self.machine.decision_function(flat(x)).astype("float32")
        return jax.pure_callback(
            by_vectors, jax.ShapeDtypeStruct((digits.shape[0], 10), "float32"), digits
        )
def learn(images, labels, seed=0, epochs=2):
    return Regression(SVC().fit(flat(images), labels))
""",
}
"""The same where the others call TensorFlow."""

on_jax = pytest.mark.skipif(
    backend() != "jax", reason="needs JAX and KERAS_BACKEND=jax; `make test-jax` sees to both"
)


@pytest.mark.jax
@on_jax
@pytest.mark.parametrize("style", RIGHT)
def test_on_jax_the_network_may_be_used_in_any_way(case: Case, style: str) -> None:
    result, _ = said_of(case, ON_JAX.get(style, RIGHT[style]))
    assert result.outcome == "passed", result.finding


@pytest.mark.jax
@on_jax
@pytest.mark.parametrize("trick", WRONG)
def test_on_jax_what_else_gives_the_scores_is_told(case: Case, trick: str) -> None:
    message, code = WRONG[trick]
    result, _ = said_of(case, ON_JAX.get(trick, code))
    assert result.finding is not None
    assert message in result.finding.message
