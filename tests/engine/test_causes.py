"""A known mistake is told as the cause only if no case speaks against it.

The cases are as a student has them: frozen, with what each known mistake returns.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.checking import CallFunction, Case, Equal, Mistake, ReadAnswer, run_probe
from course_lib.checking.causes import frozen
from course_lib.checking.judge import judge_cases
from course_lib.checking.probes import Probe

SAID = "You forgot the square."
X = np.array([1.5, 2.5])


def case(right: Any, *mistakes: Mistake, probe: Probe | None = None) -> Case:
    return Case(probe or CallFunction((len(mistakes),)), Equal(right), "a case", mistakes=mistakes)


def returns(answer: Any) -> Any:
    return lambda *arguments: answer


def causes_of(cases: list[Case], answers: list[Any]) -> list[str]:
    """The causes that are told of wrong answers, case by case."""
    seen = [
        run_probe(case.probe, answer if isinstance(case.probe, ReadAnswer) else returns(answer))
        for case, answer in zip(cases, answers, strict=True)
    ]
    results = judge_cases(cases, seen, "asked", lambda: frozen(cases))
    return [
        result.finding.hint if result.finding and result.finding.recognised else ""
        for result in results
    ]


def test_a_mistake_that_explains_every_wrong_case_is_told() -> None:
    cases = [case(X**2, Mistake(SAID, X)), case(2 * X, Mistake(SAID, 3 * X)), case(X)]
    assert causes_of(cases, [X, 3 * X, X]) == [SAID, SAID, ""]


@pytest.mark.parametrize(
    "answers",
    [
        [X, 5 * X, X],  # Wrong in another way, where the mistake is wrong, too.
        [X, 3 * X, 7 * X],  # Wrong where the mistake is right.
        [X, 2 * X, X],  # Right where the mistake is wrong.
    ],
)
def test_one_that_a_case_speaks_against_is_not(answers: list[np.ndarray]) -> None:
    cases = [case(X**2, Mistake(SAID, X)), case(2 * X, Mistake(SAID, 3 * X)), case(X)]
    assert causes_of(cases, answers) == ["", "", ""]


@pytest.mark.parametrize(
    ("right", "constant"),
    [
        (2.5, 0),
        (2.5, 1.0),
        (2 * np.ones(3), np.zeros(3)),
        ([4.0], []),
        ((2 * X, 3.0), (np.ones(2), 1)),
    ],
)
def test_an_answer_that_many_would_give_is_no_evidence(right: Any, constant: Any) -> None:
    lone = case(right, Mistake(SAID, constant))
    assert causes_of([lone], [constant]) == [""]
    assert causes_of([lone, case(np.ones(2))], [constant, np.ones(2)]) == ["", ""]
    # Beside another answer, wrong or right, it belongs to the picture.
    assert causes_of([lone, case(X**2, Mistake(SAID, X))], [constant, X]) == [SAID, SAID]
    assert causes_of([lone, case(X)], [constant, X]) == [SAID, ""]


def test_where_a_mistake_is_another_one_on_every_machine_it_says_nothing() -> None:
    cases = [case(X**2, Mistake(SAID, X)), case(2 * X, Mistake(SAID, is_open=True))]
    assert causes_of(cases, [X, 8 * X]) == [SAID, ""]
    assert causes_of(cases, [X, 2 * X]) == [SAID, ""]


def test_two_mistakes_in_two_functions_of_one_check_are_both_told() -> None:
    other = "The slope is missing."
    one = case(X**2, Mistake(SAID, X, number=0), probe=CallFunction(("forward",)))
    two = case(2 * X, Mistake(other, 3 * X, number=1), probe=CallFunction(("backward",)))
    assert causes_of([one, two], [X, 3 * X]) == [SAID, other]
    # In one and the same function each of them leaves a case unexplained.
    one = case(X**2, Mistake(SAID, X, number=0), probe=CallFunction(("forward",)))
    two = case(2 * X, Mistake(other, 3 * X, number=1), probe=CallFunction(("forward",)))
    assert causes_of([one, two], [X, 3 * X]) == ["", ""]


def test_each_entry_of_an_answer_has_its_own_cause() -> None:
    bias, image = "The bias counts, too.", "It is one image."
    cases = [
        case({"weights": 26}, Mistake(bias, {"weights": 25}, number=0), probe=ReadAnswer()),
        case({"outputs": 784}, Mistake(image, {"outputs": 1}, number=1), probe=ReadAnswer()),
        case({"inputs": 9}, probe=ReadAnswer()),
    ]
    answer = {"weights": 25, "outputs": 1, "inputs": 8}
    assert causes_of(cases, [answer] * 3) == [bias, image, ""]


def test_what_is_returned_beside_what_is_asked_for_has_no_tolerance_of_its_own() -> None:
    """Another processor rounds it otherwise; what is far from it is another mistake."""
    asked = Case(
        CallFunction(), Equal({"weights": 26}, rtol=0), "a case",
        mistakes=(Mistake(SAID, {"weights": 25, "scores": X}),),
    )  # fmt: skip
    assert causes_of([asked], [{"weights": 25, "scores": X * (1 + 1e-5)}]) == [SAID]
    assert causes_of([asked], [{"weights": 25, "scores": 2 * X}]) == [""]
    assert causes_of([asked], [{"weights": 24, "scores": X}]) == [""]


def test_two_mistakes_with_one_sentence_are_two() -> None:
    cases = [
        case(X**2, Mistake(SAID, X, number=0), Mistake(SAID, 4 * X, number=1)),
        case(2 * X, Mistake(SAID, 3 * X, number=1)),
    ]
    assert causes_of(cases, [X, 2 * X]) == [SAID, ""]
    assert causes_of(cases, [4 * X, 3 * X]) == [SAID, SAID]


def test_what_is_told_of_itself_needs_no_cause() -> None:
    def writes(x: np.ndarray) -> np.ndarray:
        x[...] = 0
        return X

    cases = [case(X**2, Mistake(SAID, X), probe=CallFunction((np.ones(2),)))]
    seen = [run_probe(cases[0].probe, writes)]
    results = judge_cases(cases, seen, "asked", lambda: frozen(cases))
    assert results[0].finding is not None
    assert "in place" in results[0].finding.message
    assert not results[0].finding.recognised


def test_an_entry_of_an_answer_is_recognised_whatever_stands_beside_it() -> None:
    asked = case({"first": 1225}, Mistake(SAID, {"first": 1227, "all": 2000}), probe=ReadAnswer())
    assert causes_of([asked], [{"first": 1227, "all": 2002}]) == [SAID]


def test_a_mistake_that_leaves_an_entry_out_is_not_one_that_has_it_wrong() -> None:
    asked = case({"edges": 625}, Mistake(SAID, {"parameters": 26}))
    assert causes_of([asked], [{"edges": 620, "parameters": 26}]) == [""]
