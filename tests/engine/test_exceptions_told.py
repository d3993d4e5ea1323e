"""A student's exception is told as what it is, with the student's own line."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from course_lib.checking import CallFunction, Case, Equal, Finding, Raises, judge_case, run_probe

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
X = np.ones((2, 3), np.float32)
UNWRITTEN = "This is not written yet."


def told(subject: Any, expects: Any = None) -> Finding:
    case = Case(
        CallFunction((X,)), expects or Equal(X + 1.5), "a case", where_to_look="Print the values."
    )
    finding = judge_case(case, run_probe(case.probe, subject), "asked").finding
    assert finding is not None
    return finding


class Stub(keras.layers.Layer):
    def call(self, x: Any) -> Any:
        raise NotImplementedError()


class Forward(keras.layers.Layer):
    def forward(self, x: Any) -> Any:
        return x


class Numpy(keras.layers.Layer):
    def call(self, x: Any) -> Any:
        return np.asarray(x)


class WithoutSuper(keras.layers.Layer):
    def __init__(self) -> None:
        pass


class WrongShape(keras.layers.Layer):
    def call(self, x: Any) -> Any:
        return keras.ops.matmul(x, keras.ops.ones((7, 7)))


class Base(keras.layers.Layer):
    def call(self, x: Any) -> Any:
        return self.weights_of(x)

    def weights_of(self, x: Any) -> Any:
        raise NotImplementedError()


class Heir(Base):
    pass


def unwritten(x: Any) -> Any:
    raise NotImplementedError()


def builds_on_it(x: Any) -> Any:
    return unwritten(x) + 1


def own(x: Any) -> Any:
    raise NotImplementedError("only squares")


@tf.function
def traced_numpy(x: Any) -> Any:
    return np.array(x)


def symbolic(x: Any) -> Any:
    inputs = keras.Input((3,))
    return keras.Model(inputs, Numpy()(inputs))(x)


@pytest.mark.parametrize(
    ("subject", "name"),
    [(unwritten, "unwritten"), (builds_on_it, "unwritten"), (lambda x: Stub()(x), "call")],
)
def test_the_released_placeholder_is_not_written_yet(subject: Any, name: str) -> None:
    finding = told(subject)
    assert finding.message == UNWRITTEN
    assert f"in `{name}`" in finding.hint


def joined(x: Any) -> Any:
    return keras.layers.Concatenate()([np.zeros((1, 2, 2, 1)), np.zeros((1, 3, 3, 1))])


def twice(x: Any) -> Any:
    layers = [keras.layers.Dense(2, name="one"), keras.layers.Dense(2, name="one")]
    images = keras.Input((2,))
    return keras.Model(images, layers[1](layers[0](images)))


@pytest.mark.parametrize(
    ("subject", "message", "hint", "line"),
    [
        (lambda x: Forward()(x), "does not have a `call` method", "Keras calls the method", ""),
        (symbolic, "symbolic", "`keras.ops`", "np.asarray(x)"),
        (traced_numpy, "symbolic", "`keras.ops`", "np.array(x)"),
        (lambda x: WithoutSuper()(x), "super().__init__()", "first line", ""),
        (lambda x: Heir()(x), "NotImplementedError.", "not the placeholder", "weights_of"),
        (own, "NotImplementedError: only squares", "", "only squares"),
        (lambda x: WrongShape()(x), "ize-incompatible", "", "keras.ops.matmul"),
        (lambda x: np.zeros((2, 3)) @ np.zeros((2, 3)), "mismatch", "columns of the first", ""),
        (lambda x: np.zeros(3)[3], "out of bounds", "the size less 1", ""),
        (lambda x: np.zeros(6).reshape(4), "reshape", "another number of values", ""),
        (lambda x: np.zeros(3) + np.zeros(2), "broadcast", "which axis", ""),
        (joined, "matching shapes", "the stride and the padding", "Concatenate"),
        (twice, "is used 2 times", "another `name`", "keras.Model"),
    ],
)
def test_every_other_exception_is_told_as_it_is(
    subject: Any, message: str, hint: str, line: str
) -> None:
    finding = told(subject)
    assert message in finding.message
    assert hint in finding.hint
    assert line in finding.where
    assert finding.message != UNWRITTEN
    assert "Print the values" not in finding.hint  # It is about values; there are none.
    for noise in ("\x1b", "Exception encountered", "Arguments received", "function_node", "[Op:"):
        assert noise not in finding.message


def test_what_the_check_cannot_use_is_not_told_as_a_crash() -> None:
    assert told(3).message == "Expected a function, got int."


class TooLarge(ValueError):
    pass


def refuses(x: Any) -> Any:
    raise TooLarge("no")


def refuses_otherwise(x: Any) -> Any:
    raise TypeError("no")


def test_a_refusal_by_a_kind_of_the_exception_counts() -> None:
    case = Case(CallFunction((X,)), Raises(), "refused")
    assert judge_case(case, run_probe(case.probe, refuses), "asked").outcome == "passed"
    finding = told(refuses_otherwise, Raises())
    assert "must be refused with ValueError" in finding.message
    assert "TypeError: no" in finding.message
    assert told(unwritten, Raises()).message == UNWRITTEN
