"""A known mistake's answer is kept as a sketch, and is recognised as if it were kept whole."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.checking.sketch import is_of, sketched

ARRAY = np.random.default_rng(0).normal(size=(4, 9, 9, 3))


def is_it(kept: object, value: object) -> bool:
    return is_of(kept, value, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("form", [np.float64, np.float32, np.float16, list])
def test_an_answer_is_recognised_in_every_form(form: type) -> None:
    kept = sketched({"dx": ARRAY, "db": ARRAY[0, 0, 0]})
    again = ARRAY.tolist() if form is list else ARRAY.astype(form)
    assert is_it(kept, {"dx": again, "db": ARRAY[0, 0, 0]})
    assert not is_it(kept, {"dx": again})
    assert not is_it(kept, again)


def test_a_sequence_of_answers_may_be_one_array() -> None:
    assert is_it(sketched((ARRAY, 2 * ARRAY)), np.stack([ARRAY, 2 * ARRAY]))
    assert not is_it(sketched((ARRAY, 2 * ARRAY)), (ARRAY,))


@pytest.mark.parametrize("place", [(0, 0, 0, 0), (3, 8, 8, 2), (1, 4, 5, 0)])
def test_one_other_number_is_another_answer(place: tuple[int, ...]) -> None:
    other = ARRAY.copy()
    other[place] += 0.01
    assert not is_it(sketched(ARRAY), other)


@pytest.mark.parametrize(
    "other",
    [
        ARRAY[::-1], ARRAY[:, ::-1], ARRAY.swapaxes(1, 2), -ARRAY, ARRAY * 1.001,
        ARRAY.reshape(4, 81, 3), np.zeros_like(ARRAY), None, "text", 3,
        np.where(ARRAY > 3, np.nan, ARRAY),
    ],
)  # fmt: skip
def test_the_same_numbers_elsewhere_are_another_answer(other: object) -> None:
    assert not is_it(sketched(ARRAY), other)


@pytest.mark.parametrize("plain", [np.zeros((9, 9)), np.ones((9, 9)), np.full((9, 9), np.nan)])
def test_what_has_no_sums_or_tells_little_is_kept_whole(plain: np.ndarray) -> None:
    assert sketched(plain) is plain


def test_rounding_is_no_other_answer() -> None:
    noise = np.random.default_rng(1).uniform(-1, 1, ARRAY.shape)
    assert is_it(sketched(ARRAY), ARRAY * (1 + 9e-5 * noise))
    assert is_it(sketched(ARRAY), ARRAY + 9e-7 * noise)
