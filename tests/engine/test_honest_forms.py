"""A right value passes in every honest form, or the message names the form and what mends it.

Values and forms are drawn, and go the way of every answer: exercised, packed, judged.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
from collections import OrderedDict, deque, namedtuple
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib.checking import (
    Accuracy,
    CallFunction,
    Case,
    CaseResult,
    Equal,
    Predict,
    ReadAnswer,
    judge_case,
    run_probe,
)

pytestmark = pytest.mark.filterwarnings("ignore:the matrix subclass:PendingDeprecationWarning")
QUICK = settings(max_examples=60, deadline=None)
FORMS_OF_A_NUMBER = {
    "itself": lambda x: x,
    "float": float,
    "fraction": Fraction,
    "decimal": Decimal,
    "0-d array": np.array,
    "float64": np.float64,
    "float32": np.float32,
    "long double": np.longdouble,
    "object": lambda x: np.array(Fraction(x), dtype=object),
}
FORMS_OF_A_MATRIX = {
    "itself": lambda x: x,
    "lists": lambda x: x.tolist(),
    "tuples": lambda x: tuple(map(tuple, x.tolist())),
    "list of arrays": list,
    "generator of rows": lambda x: (row for row in x),
    "map": lambda x: map(list, x),
    "zip of columns": lambda x: zip(*x.T.tolist(), strict=True),
    "deque": lambda x: deque(x.tolist()),
    "fractions": lambda x: [[Fraction(v) for v in row] for row in x.tolist()],
    "matrix": lambda x: np.asmatrix(x),
    "masked, nothing masked": np.ma.array,
    "big-endian": lambda x: x.astype(">f8"),
    "not contiguous": lambda x: np.repeat(x, 2, axis=1)[:, ::2],
    "Fortran's order": np.asfortranarray,
    "float32": lambda x: x.astype(np.float32),
    "float16": lambda x: x.astype(np.float16),
    "objects": lambda x: x.astype(object),
    "negative zeros": lambda x: np.where(x == 0, -0.0, x),
}
numbers = st.floats(-100, 100, width=32) | st.integers(-1000, 1000)
matrices = st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(0, 999)).map(
    lambda drawn: np.random.default_rng(drawn[2]).normal(size=drawn[:2]).round(3)
)
Pair = namedtuple("Pair", "a b")


@dataclasses.dataclass
class Record:
    a: int = 1
    b: int = 2


class Letter(enum.Enum):
    B = "b"


def judged(expected: Any, answer: Any, **how: Any) -> CaseResult:
    case = Case(ReadAnswer(), Equal(expected, **how), "an answer")
    return judge_case(case, run_probe(case.probe, answer), "asked")


@QUICK
@given(numbers, st.sampled_from(sorted(FORMS_OF_A_NUMBER)))
def test_a_right_number_passes_in_every_form(number: float, form: str) -> None:
    assert judged(number, FORMS_OF_A_NUMBER[form](number)).outcome == "passed"


@QUICK
@given(matrices, st.sampled_from(sorted(FORMS_OF_A_MATRIX)), st.booleans())
def test_a_right_matrix_passes_in_every_form(matrix: np.ndarray, form: str, nested: bool) -> None:
    expected = matrix.tolist() if nested else matrix
    result = judged(expected, FORMS_OF_A_MATRIX[form](matrix))
    assert result.outcome == "passed", result.finding


@QUICK
@given(matrices, st.sampled_from(sorted(FORMS_OF_A_MATRIX)))
def test_no_form_makes_a_wrong_matrix_right(matrix: np.ndarray, form: str) -> None:
    wrong = matrix + 0.25
    assert judged(matrix, FORMS_OF_A_MATRIX[form](wrong)).outcome == "failed"


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ("b", "B"),
        ("b", "  b\n"),
        ("b", "(b)"),
        ("max pool", "Max_Pool"),
        ((1, 2), range(1, 3)),
        ((1, 2), {1: "x", 2: "y"}.keys()),
        ((1, 2), Pair(1, 2)),
        (np.ones(3) / 3, (np.ones(3) / 3).astype(np.float32)),
        ((1, 2), np.array([1.0, 2.0])),
        ({"a": 1, "b": 2}, OrderedDict(b=2, a=1.0)),
        ([True, False], [1, 0]),
        (np.eye(2), np.eye(2, dtype=bool)),
        (np.eye(2), (np.eye(2) > 0).tolist()),
        (True, np.bool_(True)),
        ((2, 3), [2, 3]),
        ([("conv", 3), ("pool", 2)], [["conv", 3], ["pool", 2.0]]),
    ],
)
def test_other_right_forms_pass(expected: Any, answer: Any) -> None:
    for names in ((), ("first", "second")):
        result = judged(expected, answer, names=names, rtol=1e-9, atol=0.0)
        assert result.outcome == "passed", result.finding


@pytest.mark.parametrize(
    ("expected", "answer", "mend"),
    [
        (1, True, "int(True)"),
        ([1, 2], [True, 2], "int(True)"),
        ([[3, 1], [2, 0]], [[3, 1], [2, np.False_]], "int(False)"),
        ({"a": [1, 2]}, {"a": (np.array(True), 2)}, "int(True)"),
        (7, "7", "without quotes"),
        (7, np.array([7]), ".item()"),
        (7, (7,), "comma"),
        (7, 7 + 0j, ".real"),
        (np.ones(3), np.fft.ifft(np.fft.fft(np.ones(3))), ".real"),
        (np.ones(3), np.ones(3) + 1j, "imaginary part comes from"),
        (np.ones((3, 1)), np.ones((1, 3)), ".T"),
        (np.ones(3), np.ones((3, 1)), "keepdims"),
        (np.ones(3), np.ma.array(np.ones(3), mask=[True, False, False]), ".filled"),
        ((1, 2), {1, 2}, "sorted"),
        ({"a": 1, "b": 2}, Record(), "dataclasses.asdict"),
        ({"a": 1, "b": 2}, Pair(1, 2), "._asdict()"),
        ({"a": 1}, {1: 1}, "in quotes"),
        ("b", Letter.B, ".value"),
        ("b", ["b"], "[0]"),
        ("b", b"b", ".decode()"),
        (7, lambda: 7, "f()"),
        (7, None, "`return`"),
        (np.array([0.5, 1.5, 2.5]), np.array([0, 1, 2]), "whole numbers only"),
        (138_357_544, np.float32(138_357_552), "float32"),
        (np.ones((2, 2)), [[1.0], [1.0, 1.0]], "different lengths: 1, 2"),
    ],
)
def test_a_form_that_does_not_pass_is_named(expected: Any, answer: Any, mend: str) -> None:
    tolerance = {"rtol": 0} if isinstance(expected, int) else {}
    result = judged(expected, answer, **tolerance)
    assert result.outcome == "failed"
    assert mend in result.finding.hint


@pytest.mark.parametrize(
    "form",
    [
        lambda x: x,
        lambda x: x.tolist(),
        lambda x: x[:, None],
        lambda x: np.eye(3)[x],
        lambda x: np.eye(3, dtype=np.float16)[x],
        lambda x: np.eye(3)[x].astype(ml_dtypes.bfloat16),
    ],
)
def test_predictions_are_classes_or_scores(form: Any) -> None:
    labels = np.array([0, 2, 1, 1])
    case = Case(Predict(np.zeros((4, 5))), Accuracy(labels), "four images")
    result = judge_case(case, run_probe(case.probe, lambda images: form(labels)), "model")
    assert result.outcome == "passed", result.finding


def test_numbers_that_differ_are_shown_with_the_digits_that_differ() -> None:
    finding = judged(1.0000001, 1.0000002, rtol=0, atol=0).finding
    assert (finding.expected, finding.observed) == ("1.0000001", "1.0000002")
    finding = judged([1, 2], (np.float64(3.0), np.float64(1 / 3))).finding
    assert (finding.expected, finding.observed) == ("1", "3")
    noisy = {"a": np.float64(3.0), 1: np.arange(2)}
    assert "np.float64" not in judged({"a": 3.0}, noisy).finding.observed


class Doubling:
    def __call__(self, x: Any) -> Any:
        return 2 * x

    def method(self, x: Any, scale: int = 2) -> Any:
        return scale * x


def traced(function: Any) -> Any:
    @functools.wraps(function)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    return wrapper


@pytest.mark.parametrize(
    "function",
    [
        lambda x: 2 * x,
        functools.partial(np.multiply, 2),
        Doubling(),
        Doubling().method,
        traced(lambda x: 2 * x),
        np.vectorize(lambda x: 2 * x),
    ],
)
def test_every_kind_of_function_is_called(function: Any) -> None:
    case = Case(CallFunction((np.arange(3.0),)), Equal(2 * np.arange(3.0)), "doubled")
    assert judge_case(case, run_probe(case.probe, function), "double").outcome == "passed"


def test_a_parameter_of_another_name_is_told() -> None:
    case = Case(CallFunction((2,), {"stride": 1}), Equal(2), "by keyword")
    finding = judge_case(case, run_probe(case.probe, lambda x, s: x), "pool").finding
    assert "unexpected keyword argument 'stride'" in finding.message
    assert "keeps the names" in finding.hint
    assert not finding.where


def test_a_library_called_with_other_arguments_is_not_taken_for_a_function_of_the_task() -> None:
    def pool(x: Any) -> Any:
        return np.mean()  # type: ignore[call-overload]

    case = Case(CallFunction((2,)), Equal(2), "one number")
    finding = judge_case(case, run_probe(case.probe, pool), "pool").finding
    assert "required positional argument" in finding.message
    assert "keeps the names" not in finding.hint
    assert "the last of these lines" in finding.hint
    assert "np.mean()" in finding.where


def told_of(expected: Any, observed: Any) -> Any:
    case = Case(CallFunction(()), Equal(expected), "a value", where_to_look="How large are they?")
    return judge_case(case, run_probe(case.probe, lambda: observed), "value").finding


def test_a_truth_value_in_quotes_is_named() -> None:
    finding = told_of({"same": False}, {"same": "False"})
    assert finding.expected == "`True` or `False`"
    assert finding.hint == "It is text. Write `True` or `False` without quotes."


@pytest.mark.parametrize("observed", [1.85e9, 1_850_000_000])
def test_a_whole_number_that_was_rounded_is_told_so(observed: float) -> None:
    assert "rounded" in told_of(1_849_688_064, observed).hint


@pytest.mark.parametrize("observed", [1.9e9, 1.84e9, 1_849_000_000, 1.86e9])
def test_another_number_is_not_called_rounded(observed: float) -> None:
    assert told_of(1_849_688_064, observed).hint == "How large are they?"
