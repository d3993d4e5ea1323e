"""What a wrong answer has to do with the right one is said beside the first difference."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course_lib.checking import Case, Equal, ReadAnswer, judge_case, run_probe

RNG = np.random.default_rng(3)
VALUES = RNG.normal(size=(3, 4, 5))
SQUARE = RNG.normal(size=(4, 4))


def message(expected: Any, answer: Any, **how: Any) -> str:
    case = Case(ReadAnswer(), Equal(expected, **how), "an answer")
    finding = judge_case(case, run_probe(case.probe, answer), "asked").finding
    assert finding is not None
    return finding.message


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        (lambda x: -x, "All have the wrong sign."),
        (lambda x: 2 * x, "Each is 2 times the right one."),
        (lambda x: x / 12, "Each is the right one divided by 12."),
        (lambda x: 0.37 * x, "Each is 0.37 times the right one."),
        (lambda x: 1.0002 * x, "Each is 1.0002 times the right one."),
        (
            lambda x: x * np.linspace(1.0001, 1.0004, 4)[:, None],
            "axis 1 is off by a factor of its own: 1.0001, 1.0002, 1.0003, 1.0004.",
        ),
        (lambda x: x - 1, "Each is 1 too small."),
        (lambda x: x[::-1], "in reverse order along axis 0."),
        (lambda x: x[:, ::-1, ::-1][::-1], "in reverse order along all axes."),
        (
            lambda x: x[:, [2, 0, 1, 3]],
            "The parts along axis 1 are the right ones in another order.",
        ),
        (lambda x: np.roll(x, 1, axis=2), "one place too late along axis 2."),
        (lambda x: np.roll(x, -1, axis=1), "one place too early along axis 1."),
        (lambda x: x.transpose(0, 2, 1).reshape(x.shape), "the right numbers in other places."),
        (np.abs, "Only signs are wrong."),
        (np.square, "Each is the square of the right one."),
        (np.reciprocal, "Each is the reciprocal of the right one."),
        (
            lambda x: x * np.arange(1, 6),
            "axis 2 is off by a factor of its own: 1, 2, 3, 4 and so on.",
        ),
        (lambda x: x + np.arange(4)[:, None], "axis 1 is off by a number of its own: 0, 1, 2, 3."),
        (lambda x: np.where(x > 1, 0, x), "Those that are wrong are 0, and should not be."),
        (lambda x: np.where(x > 0, 3 * x, x), "Each that is wrong is 3 times the right one."),
        (
            lambda x: np.where(np.isin(np.arange(5), [1, 2]), np.sin(x), x),
            "Only places 1 to 2 of 5 along axis 2 are wrong, counted from 0.",
        ),
        (np.zeros_like, "Yours are all 0."),
        (lambda x: x[:, 1:], "Axis 1 is 1 too short; the other axes are right."),
    ],
)
@pytest.mark.parametrize("kind", ["float64", "float32"])
def test_a_slip_shows_in_the_numbers(
    slip: Callable[[np.ndarray], Any], words: str, kind: str
) -> None:
    assert message(VALUES, slip(VALUES.astype(kind))).endswith(words)


@pytest.mark.parametrize(
    ("expected", "answer", "words"),
    [
        (SQUARE, SQUARE.T, "Rows and columns are exchanged."),
        (np.eye(3), 1 - np.eye(3), "0 and 1 are exchanged everywhere."),
        ([1, 2, 3, 4, 9], [0, 1, 2, 3, 4], "one place too late."),
        (0.3, -0.3, "It has the wrong sign."),
        (25, 26, "It is 1 too large."),
        (0.93, 93.0, "It is 100 times the right one."),
        ({"conv1": 520, "conv2": 25_050}, {"conv1": 25_050, "conv2": 520}, "belongs to 'conv2'."),
        ((SQUARE, SQUARE + 1), (SQUARE + 1, SQUARE), "It is what belongs to dw."),
    ],
)
def test_small_answers_and_several(expected: Any, answer: Any, words: str) -> None:
    names = ("dx", "dw") if isinstance(expected, tuple) else ()
    assert message(expected, answer, names=names).endswith(words)


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        (VALUES, VALUES + RNG.normal(size=VALUES.shape)),
        (VALUES, VALUES * (1 + 1e-2 * RNG.normal(size=VALUES.shape))),
        (5, 10),
        (7, 3),
        (1e-300, 3e300),
        ([1, 1, 1], [2, 2, 2]),
        (VALUES, np.full(VALUES.shape, np.nan)),
    ],
)
def test_nothing_is_said_of_what_may_be_an_accident(expected: Any, answer: Any) -> None:
    assert "right" not in message(expected, answer)


@pytest.mark.parametrize("shape", [(1,), (4,), (1, 1), (3, 10), (10, 3), (2, 2), (2, 3, 4), (0, 3)])
@pytest.mark.parametrize("scale", [1.0, 0.0, 1e-30, 1e30])
def test_any_two_answers_can_be_compared(shape: tuple[int, ...], scale: float) -> None:
    for kind in (float, int, bool):
        want = np.round(3 * RNG.normal(size=shape)).astype(kind)
        for got in (scale * RNG.normal(size=shape), np.ones(shape, bool), want + 1, want[..., :1]):
            case = Case(ReadAnswer(), Equal((want, want.tolist())), "two answers")
            judge_case(case, run_probe(case.probe, (got, got.tolist())), "asked")
            judge_case(case, run_probe(case.probe, (got, 10**30)), "asked")
