"""Questions with one answer: the public cases recognise it, and nobody can read it there."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from courses.fixture import ASSIGNMENT, NOTEBOOK, make_course

from autograder.grading.judging import check_record
from autograder.grading.plan import make_plan
from autograder.grading.transcript import CheckTranscript
from autograder.records.for_students import check_for_student
from autograder.release.write import write_release
from autograder.source.course import Course
from course_lib.checking import CheckFailed, Equal, Observation, check
from course_lib.checking.sealed import Sealed
from course_lib.checking.store import contents

ANSWER = {
    "maps": 96,
    "ratio": 7.389056,
    "size": (55, 55),
    "layer": "conv3_3",
    "same": False,
    "costs": {"macs": 1605696, "memory": 0.0},
}
EXPECTS = Equal(ANSWER, rtol=0.01, atol=1e-6)
SEALED = Sealed.of(EXPECTS, "here")


def changed(**entries: Any) -> dict[str, Any]:
    return ANSWER | entries


@pytest.mark.parametrize(
    "value",
    [
        ANSWER,
        changed(maps=96.0, size=[55, 55]),
        changed(size=np.array([55, 55]), layer=" Conv3_3 ", same=0),
        changed(ratio=7.32),
        changed(ratio=7.46),
        changed(costs={"macs": 1605696.0, "memory": 0}),
    ],
)
def test_what_the_grader_accepts_is_right(value: dict[str, Any]) -> None:
    assert EXPECTS.difference(value) is None
    assert SEALED.difference(value) is None


@pytest.mark.parametrize(
    ("expected", "right", "wrong"),
    [
        (Fraction(1), 1, 2),
        (Fraction(137, 1152), 137 / 1152, 137 / 1150),
        (Decimal("0.5"), 0.5, 0.6),
        ([Fraction(1, 2), Fraction(3)], [0.5, 3.0], [0.5, 4.0]),
    ],
)
def test_an_exact_number_is_a_number(expected: Any, right: Any, wrong: Any) -> None:
    """As the ledger computes them: of another type than a student's."""
    expects = Equal({"stride": expected}, rtol=1e-4)
    for which in (expects, Sealed.of(expects, "here")):
        assert which.difference({"stride": right}) is None
        assert which.difference({"stride": wrong}) is not None


@pytest.mark.parametrize(
    ("entries", "place"),
    [
        ({"maps": 94}, "['maps']"),
        ({"maps": None}, "['maps']"),
        ({"maps": True}, "['maps']"),
        ({"maps": [96]}, "['maps']"),
        ({"ratio": 7.2}, "['ratio']"),
        ({"ratio": -7.389056}, "['ratio']"),
        ({"ratio": float("nan")}, "['ratio']"),
        ({"size": (55, 54)}, "['size']"),
        ({"size": 55}, "['size']"),
        ({"layer": "conv3_2"}, "['layer']"),
        ({"layer": 3}, "['layer']"),
        ({"same": True}, "['same']"),
        ({"costs": {"macs": 1605696, "memory": 1.0}}, "['costs']['memory']"),
    ],
)
def test_what_is_wrong_is_named_and_the_right_one_is_not(
    entries: dict[str, Any], place: str
) -> None:
    assert EXPECTS.difference(changed(**entries)) is not None
    found = SEALED.difference(changed(**entries))
    assert found is not None
    assert found.where == place
    for told in (found.message, found.expected, found.hint):
        assert not any(secret in told for secret in ("96", "7.38", "55", "conv3", "False"))


def test_nothing_of_an_answer_is_kept() -> None:
    kept = json.dumps(SEALED.to_value()["seal"])
    assert list(SEALED.seal) == list(ANSWER)
    for secret in ("96", "7.3", "55,", "conv3", "alse", "1605696"):
        assert secret not in kept.replace('"', " ").replace(":", " ").split()
    other = Sealed.of(EXPECTS, "there")
    assert SEALED.seal["maps"] != other.seal["maps"]


def test_a_mistake_is_recognised_and_another_one_is_not() -> None:
    mark = SEALED.mark_of(changed(maps=64))
    assert SEALED.is_marked(mark, changed(maps=64))
    assert not SEALED.is_marked(mark, changed(maps=65))
    assert not SEALED.is_marked(mark, ANSWER)


@pytest.mark.parametrize("guess", [{"maps": 64}, {"ratio": 3.5}, {"layer": "conv3_2"}], ids=str)
def test_every_guess_is_slow(monkeypatch: pytest.MonkeyPatch, guess: dict[str, Any]) -> None:
    """Scrypt goes through 16 MiB for each: on a laptop's core some 50 ms, as the page says."""
    real, asked = hashlib.scrypt, []

    def scrypt(text: bytes, **options: Any) -> bytes:
        asked.append(options)
        return real(text, **options)

    monkeypatch.setattr(hashlib, "scrypt", scrypt)
    salted = Sealed.of(EXPECTS, f"a guess at {guess}")
    asked.clear()
    assert salted.difference(changed(**guess)) is not None
    assert asked
    for options in asked:
        assert 128 * options["r"] * options["n"] >= 16 << 20
        assert salted.salt in options["salt"].decode()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    made = make_course(tmp_path_factory.mktemp("sealed"))
    write_release(made, [ASSIGNMENT])
    return made


def test_a_desk_tells_right_from_wrong(
    course: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = course.cases(ASSIGNMENT, NOTEBOOK)
    tree, arrays = contents(path.read_bytes())["tiny_guess"]
    assert "12" not in json.dumps(tree).replace('"', " ").split()
    assert not arrays
    monkeypatch.chdir(path.parent)
    check("tiny_guess", 12)
    with pytest.raises(CheckFailed):
        check("tiny_guess", 13)
    told = capsys.readouterr().out
    assert "got: 13" in told
    assert "expected" not in told


def test_no_page_tells_an_answer_that_is_asked_again(course: Course) -> None:
    (notebook,) = make_plan(course, ASSIGNMENT, 1, bytes(32)).notebooks
    plan = notebook.checks["tiny_guess"]
    wrong = CheckTranscript("", [Observation("returned", 13)], started=True, ended=True)
    record = check_record(plan, wrong, course.limits)
    assert record.score == 0
    (kept,), (shown,) = record.findings, check_for_student(record).findings
    assert (kept.expected, kept.observed) == ("12", "13")
    assert (shown.expected, shown.observed) == ("", "13")
    right = CheckTranscript("", [Observation("returned", 12)], started=True, ended=True)
    assert check_record(plan, right, course.limits).score == plan.points
