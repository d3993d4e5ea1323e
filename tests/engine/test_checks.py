"""What the author of a check relies on: its parameters, and the draws of its inputs."""

from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace

import numpy as np
import pytest

from autograder._exceptions import CourseError
from autograder.checks import Check, Draw, checks_of
from autograder.source.course import find_course

KEY = b"a round's key"


def draw_from(seed: int) -> Draw:
    return Draw(np.random.default_rng(seed))


def checks_in(folder: Path, code: str) -> dict[str, Check]:
    """The checks of a course whose one `checks.py` has this code."""
    path = folder / "solutions" / "a00_checks" / "checks" / "checks.py"
    path.parent.mkdir(parents=True)
    path.write_text(f"from autograder.checks import answer, call, check\n\n{dedent(code)}")
    (folder / "course.toml").touch()
    return checks_of(find_course(folder), "a00_checks", "checks")


def test_a_check_is_given_what_it_names(tmp_path: Path) -> None:
    registered = checks_in(
        tmp_path,
        """
        @check("both")
        def both(reference, draw):
            x = draw.integer(2, 9)
            yield call(x, expected=reference.double(x), label="a number")

        @check("neither")
        def neither():
            yield answer(expected=12, label="the months")
        """,
    )
    reference = SimpleNamespace(double=lambda x: 2 * x)
    (case,) = registered["both"].cases(KEY, reference)
    assert case.expects.value == 2 * case.probe.args[0]
    assert registered["both"].public_cases(KEY, reference)[0].probe.args == case.probe.args
    assert registered["neither"].cases(KEY, reference)[0].expects.value == 12


def test_other_parameters_are_refused_when_the_check_is_registered(tmp_path: Path) -> None:
    code = """
    @check("old")
    def old(rng, reference):
        yield answer(expected=rng, label="never asked")
    """
    message = r"draw, reference\. 'old' in .*checks\.py also has: rng"
    with pytest.raises(CourseError, match=message):
        checks_in(tmp_path / "one", code)
    code = """
    def old(rng, reference):
        yield answer(expected=rng, label="never asked")

    @check("new", public=old)
    def new():
        yield answer(expected=12, label="the months")
    """
    with pytest.raises(CourseError, match=message):
        checks_in(tmp_path / "two", code)


def test_draws_repeat_with_their_seed() -> None:
    one, same, other = draw_from(1), draw_from(1), draw_from(2)
    first = one.normal(3, 4)
    assert first.dtype == np.float32
    np.testing.assert_array_equal(first, same.normal(3, 4))
    assert not np.array_equal(first, other.normal(3, 4))


def test_draws_keep_their_limits() -> None:
    draw = draw_from(3)
    assert {draw.integer(2, 4) for _ in range(100)} == {2, 3, 4}
    assert sorted(draw.different(3, 2, 4)) == sorted(draw.shuffled([2, 3, 4])) == [2, 3, 4]
    assert all(0.5 <= draw.uniform(0.5, 0.6) <= 0.6 for _ in range(100))
    values = draw.away_from_zero(100, 2, low=0.2, high=0.3)
    assert values.shape == (100, 2)
    assert set(np.sign(values.flat)) == {-1.0, 1.0}
    assert np.abs(values).min() >= 0.2
    assert np.abs(values).max() <= 0.3
    assert draw.bias(7).shape == (7,)
    assert draw.bias(7).dtype == np.float32
