"""The solutions' own answers pass in every honest form, whatever kind of value a check asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from notebooks import notebook

from course_lib.checking import CallFunction, Equal, ReadAnswer, judge_case, run_probe

NOTEBOOKS = ("a01_layers/convolution", "a01_layers/backprop", "a03_costs/slide_calculator")


def in_leaves(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Change the numbers and arrays inside of a value."""

    def changed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: changed(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(changed(item) for item in value)
        return value if isinstance(value, (bool, str)) or value is None else change(value)

    return changed


def in_rows(change: Callable[[Iterator[Any]], Any]) -> Callable[[Any], Any]:
    return in_leaves(lambda value: change(iter(value)) if np.ndim(value) else value)


def shouted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: shouted(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(shouted, value))
    return f" {value.upper()} " if isinstance(value, str) else value


FORMS: dict[str, Callable[[Any], Any]] = {
    "lists": in_leaves(lambda value: np.asarray(value).tolist()),
    "lists of arrays": in_rows(list),
    "generators": in_rows(lambda rows: (row for row in rows)),
    "objects": in_leaves(lambda value: np.asarray(value).astype(object)),
    "float64": in_leaves(np.float64),
    "big-endian": in_leaves(lambda value: np.asarray(value).astype(">f8")),
    "fractions": in_leaves(lambda value: value if np.ndim(value) else Fraction(float(value))),
    "lists for tuples": lambda value: list(value) if isinstance(value, tuple) else value,
    "capitals": shouted,
}


def in_another_form(function: Callable[..., Any], change: Callable[[Any], Any]) -> Any:
    return lambda *args, **kwargs: change(function(*args, **kwargs))


@pytest.mark.parametrize("place", NOTEBOOKS)
def test_a_right_answer_passes_in_every_form(place: str) -> None:
    ours = notebook(place)
    for name in ours.checks:
        subject = ours.subject(name)
        for case in ours.cases(name, b"forms")[:2]:
            if not isinstance(case.expects, Equal):
                continue
            for form, change in FORMS.items():
                if isinstance(case.probe, CallFunction):
                    answer = in_another_form(subject, change)
                elif isinstance(case.probe, ReadAnswer):
                    answer = change(subject)
                else:
                    continue
                result = judge_case(case, run_probe(case.probe, answer), name)
                assert result.outcome == "passed", (name, case.label, form, result.finding)
