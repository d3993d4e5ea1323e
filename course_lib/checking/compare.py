"""Compare an observation with what was expected, and say what the difference is.

Observations are data, so nothing here runs a student's code; they may still be hostile, so every
shape and type is looked at before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.checking.cases import Accuracy, Case, Equal, Expectation, Mistake, Network, Raises
from course_lib.checking.probes import Observation


@dataclass(frozen=True)
class Finding:
    """One explained difference.

    Attributes:
        message: what is wrong, in a sentence.
        expected: what was expected, short.
        observed: what came, short.
        where: the place of the first difference (`"[0, 2, 1, 3]"`), or the student's line.
        hint: the likely cause, or where to look.
        case: what the case looked at.
        call: how the student's object was exercised.
        slide: where the course says so.
        recognised: whether `hint` is the sentence of a known mistake that agrees with the answer.
    """

    message: str
    expected: str = ""
    observed: str = ""
    where: str = ""
    hint: str = ""
    case: str = ""
    call: str = ""
    slide: str = ""
    recognised: bool = False


@dataclass(frozen=True)
class CaseResult:
    """Whether a case passed, and why not.

    Attributes:
        outcome: `"passed"`, `"failed"` (a wrong answer) or `"error"` (the student's exception).
    """

    outcome: str
    finding: Finding | None = None


# Name, class name, output shape and parameters of a layer.
_Row = tuple[str, str, tuple[int | None, ...], int]


@dataclass(frozen=True)
class _Difference:
    message: str
    expected: str = ""
    observed: str = ""
    where: str = ""
    hint: str = ""


def judge_case(
    case: Case,
    observation: Observation,
    name: str,
    mistakes: Callable[[], Sequence[Mistake]] | None = None,
) -> CaseResult:
    """Judge one observation.

    Args:
        case: the case whose probe was run.
        observation: what came back.
        name: the check's name, as the student wrote it.
        mistakes: gives the known mistakes for this case; by default those frozen into it. Called
            only when the answer is wrong.
    """
    difference = _difference(case, observation)
    if difference is None:
        return CaseResult("passed")
    cause = None
    if observation.outcome != "forbidden" and not observation.changed_inputs:
        known = case.mistakes if mistakes is None else mistakes()
        cause = _recognise(case.expects, observation, known)
    finding = Finding(
        message=difference.message,
        expected=difference.expected,
        observed=difference.observed,
        where=difference.where,
        hint=cause or difference.hint or case.where_to_look,
        case=case.label,
        call=case.probe.describe(name),
        slide=case.slide,
        recognised=cause is not None,
    )
    return CaseResult("error" if observation.outcome == "raised" else "failed", finding)


def error_text(observation: Observation) -> str:
    """Type and message of the exception that an observation ended with."""
    return f"{observation.error.get('type')}: {observation.error.get('message')}"


def _recognise(
    expects: Expectation, observation: Observation, mistakes: Sequence[Mistake]
) -> str | None:
    """The sentence of the first known mistake that gives this very answer or exception."""
    if not isinstance(expects, Equal):
        return None
    if observation.outcome == "raised":
        raised = error_text(observation)
        return next((m.sentence for m in mistakes if m.error and m.error == raised), None)
    for mistake in mistakes:
        if mistake.error:
            continue
        if _compare(mistake.value, observation.value, expects.rtol, expects.atol) is None:
            return mistake.sentence
    return None


def _difference(case: Case, observation: Observation) -> _Difference | None:
    expects = case.expects
    if observation.outcome == "forbidden":
        called = observation.error.get("name", "a forbidden function")
        return _Difference(
            f"Your code calls `{called}`, which is what you are asked to write yourself.",
            hint="Compute it from array arithmetic: products, sums, slices and loops.",
        )
    if isinstance(expects, Raises):
        return _raises_difference(expects, observation)
    if observation.outcome == "raised":
        return _raised_difference(observation)
    if observation.changed_inputs:
        names = ", ".join(f"`{name}`" for name in observation.changed_inputs)
        return _Difference(
            f"Your code changed its input {names} in place.",
            expected="inputs left as they were",
            observed=f"{names} was written to",
            hint="Work on a copy (`x = x.copy()`), or use operations that return a new array.",
        )
    if isinstance(expects, Equal):
        return _compare(expects.value, observation.value, expects.rtol, expects.atol)
    if isinstance(expects, Accuracy):
        return _accuracy_difference(expects, observation.value)
    if isinstance(expects, Network):
        return _network_difference(expects, observation.value)
    raise TypeError(f"no comparison for {type(expects).__name__}")


def _raised_difference(observation: Observation) -> _Difference:
    error = observation.error
    kind, message = error.get("type", "Exception"), error.get("message", "")
    if kind == "NotImplementedError":
        return _Difference(
            "This is not written yet.",
            observed="NotImplementedError",
            where=error.get("traceback", ""),
            hint="Replace `raise NotImplementedError()` in the cell above by your solution.",
        )
    return _Difference(
        f"Your code stopped with {kind}: {message}"
        if message
        else f"Your code stopped with {kind}.",
        observed=kind,
        where=error.get("traceback", ""),
    )


def _raises_difference(expects: Raises, observation: Observation) -> _Difference | None:
    wanted = " or ".join(expects.types)
    if observation.outcome == "raised":
        kind = observation.error.get("type", "Exception")
        if kind in expects.types:
            return None
        if kind == "NotImplementedError":
            return _raised_difference(observation)
        return _Difference("These arguments must be refused.", wanted, kind)
    return _Difference(
        "These arguments make no sense and must be refused.", wanted, _short(observation.value)
    )


def _accuracy_difference(expects: Accuracy, value: Any) -> _Difference | None:
    count = len(expects.labels)
    wanted = f"accuracy of at least {expects.at_least:.1%} on {count} examples"
    if not isinstance(value, np.ndarray) or value.shape[:1] != (count,) or value.ndim not in (1, 2):
        return _Difference(
            "The predictions have the wrong shape.", f"({count}, classes)", _short(value)
        )
    if value.ndim == 2 and not np.isfinite(value).all():
        return _Difference("The predictions contain NaN or infinity.", wanted, _short(value))
    predicted = value.argmax(axis=1) if value.ndim == 2 else value
    accuracy = float(np.mean(predicted == expects.labels)) if count else 0.0
    if accuracy >= expects.at_least:
        return None
    return _Difference(
        "The accuracy on unseen examples is too low.",
        wanted,
        f"{accuracy:.1%} ({round(accuracy * count)} of {count})",
        hint=expects.basis,
    )


def _network_difference(expects: Network, value: Any) -> _Difference | None:
    from course_lib.blueprints import Blueprint

    try:
        observed = Blueprint.from_dict(value)
    except (ValueError, TypeError, KeyError) as error:
        return _Difference("The network could not be read.", observed=str(error)[:200])
    rows = [
        (layer.name, layer.class_name, layer.output_shapes[0], layer.parameters)
        for layer in observed.layers
        if layer.output_shapes
        and (layer.parameters or layer.input_shapes[:1] != layer.output_shapes[:1])
        and layer.class_name != "InputLayer"
    ]
    total = f"{expects.parameters:,} parameters in all"
    paired = list(rows) if expects.ordered else _paired(expects.layers, rows)
    for index, (slide_name, class_name, shape, parameters) in enumerate(expects.layers):
        row = paired[index] if index < len(paired) else None
        if row is None:
            lacks = "ends before" if expects.ordered else "has no"
            return _Difference(
                f"The network {lacks} {slide_name} ({class_name}).",
                f"{len(expects.layers)} layers, {total}",
                f"{len(rows)} layers, {observed.parameters:,} parameters",
                where=slide_name,
            )
        name, got_class, got_shape, got_parameters = row
        wanted = f"{class_name} giving {tuple(shape)} with {parameters:,} parameters"
        got = f"{got_class} giving {tuple(got_shape)} with {got_parameters:,} parameters"
        if got_class != class_name:
            message = f"{slide_name} should be {class_name}, but layer `{name}` is {got_class}."
        elif tuple(got_shape) != tuple(shape):
            message = f"{slide_name} gives the wrong shape (your layer `{name}`)."
        elif got_parameters != parameters:
            short = parameters - got_parameters
            message = (
                f"{slide_name} has {abs(short):,} parameters too {'few' if short > 0 else 'many'} "
                f"(your layer `{name}`)."
            )
        else:
            continue
        hint = ""
        if got_class == class_name and parameters - got_parameters == shape[-1]:
            hint = (
                f"{shape[-1]} is one bias for each of the {shape[-1]} outputs: is `use_bias` off?"
            )
        return _Difference(message, wanted, got, where=slide_name, hint=hint)
    if len(paired) > len(expects.layers):
        name, got_class, _, _ = paired[len(expects.layers)]
        return _Difference(
            f"There is a layer too many: `{name}` ({got_class}).",
            f"{len(expects.layers)} layers, {total}",
            f"{len(rows)} layers, {observed.parameters:,} parameters",
        )
    if observed.parameters != expects.parameters:
        return _Difference(
            "The number of parameters is wrong.", total, f"{observed.parameters:,} parameters"
        )
    return None


def _paired(expected: Sequence[_Row], rows: Sequence[_Row]) -> list[Any]:
    """The rows in the order of what is expected, `None` where none fits, then those left over."""
    left = list(rows)
    pairs: list[_Row | None] = [None] * len(expected)
    alike: list[Callable[[_Row, _Row], bool]] = [
        lambda want, row: tuple(want) == tuple(row),
        lambda want, row: (want[1], tuple(want[2]), want[3]) == (row[1], tuple(row[2]), row[3]),
        lambda want, row: want[0] == row[0],
        lambda want, row: want[1] == row[1],
    ]
    for fits in alike:
        for index, want in enumerate(expected):
            found = next((row for row in left if fits(want, row)), None)
            if pairs[index] is None and found is not None:
                pairs[index] = found
                left.remove(found)
    return [*pairs, *left]


def _compare(
    expected: Any, observed: Any, rtol: float, atol: float, path: str = ""
) -> _Difference | None:
    """The first difference between two plain values, or `None`."""
    if isinstance(expected, (list, tuple)) and _is_ragged(expected):
        return _compare_sequences(expected, observed, rtol, atol, path)
    if isinstance(expected, dict):
        return _compare_dicts(expected, observed, rtol, atol, path)
    if expected is None or isinstance(expected, str):
        if type(observed) is type(expected) and observed == expected:
            return None
        return _Difference(_wrong("value", path), _short(expected), _short(observed), path)
    return _compare_numbers(expected, observed, rtol, atol, path)


def _is_ragged(value: Sequence[Any]) -> bool:
    """Whether a sequence is more than a plain vector of numbers."""
    return not all(isinstance(v, (bool, int, float)) for v in value)


def _compare_sequences(
    expected: Sequence[Any], observed: Any, rtol: float, atol: float, path: str
) -> _Difference | None:
    if not isinstance(observed, (list, tuple)) or len(observed) != len(expected):
        got = len(observed) if isinstance(observed, (list, tuple)) else _short(observed)
        return _Difference(_wrong("number of results", path), str(len(expected)), str(got), path)
    for index, (want, got) in enumerate(zip(expected, observed, strict=True)):
        found = _compare(want, got, rtol, atol, f"{path}[{index}]")
        if found:
            return found
    return None


def _compare_dicts(
    expected: dict[str, Any], observed: Any, rtol: float, atol: float, path: str
) -> _Difference | None:
    if not isinstance(observed, dict):
        return _Difference(_wrong("type", path), "a dictionary", _short(observed), path)
    for key, want in expected.items():
        if key not in observed:
            return _Difference(
                f"The entry {key!r} is missing.", key, _short(sorted(observed)), path
            )
        found = _compare(want, observed[key], rtol, atol, f"{path}[{key!r}]")
        if found:
            return found
    return None


def _compare_numbers(
    expected: Any, observed: Any, rtol: float, atol: float, path: str
) -> _Difference | None:
    want = np.asarray(expected)
    numeric = isinstance(observed, (bool, int, float, np.ndarray)) or (
        isinstance(observed, (list, tuple)) and not _is_ragged(observed)
    )
    if not numeric:
        nothing = "Nothing was returned: is there a `return`?" if observed is None else ""
        return _Difference(_wrong("type", path), _kind(want), _short(observed), path, hint=nothing)
    got = np.asarray(observed)
    if got.shape != want.shape:
        return _Difference(
            _wrong("shape", path), str(want.shape), str(got.shape), path, _shape_hint(want, got)
        )
    wide_want, wide_got = want.astype(np.float64), got.astype(np.float64)
    finite = np.isfinite(wide_want)
    if not np.isfinite(wide_got[finite]).all():
        index = _first(finite & ~np.isfinite(wide_got))
        return _Difference(
            "The result contains NaN or infinity.",
            _number(want[index]),
            _number(got[index]),
            path + _place(index),
        )
    with np.errstate(invalid="ignore"):
        off = np.abs(wide_got - wide_want)
        bad = finite & (off > atol + rtol * np.abs(wide_want))
    bad |= ~finite & ~((wide_got == wide_want) | (np.isnan(wide_got) & np.isnan(wide_want)))
    if not bad.any():
        return None
    index = _first(bad)
    if want.ndim == 0:
        return _Difference(_wrong("value", path), _number(want[()]), _number(got[()]), path)
    largest = float(off[finite].max()) if finite.any() else float("nan")
    return _Difference(
        f"{int(bad.sum())} of {bad.size} values are wrong, by up to {largest:.3g}.",
        _number(want[index]),
        _number(got[index]),
        path + _place(index),
    )


def _shape_hint(want: np.ndarray, got: np.ndarray) -> str:
    if sorted(want.shape) == sorted(got.shape) and want.ndim > 1:
        return "The right sizes in another order: check which axis is which."
    if got.size == want.size:
        return "The right number of values in another shape: is a `reshape` missing?"
    return ""


def _first(mask: np.ndarray) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(mask)), mask.shape))


def _place(index: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, index))}]" if index else ""


def _wrong(what: str, path: str) -> str:
    return f"The {what} of result{path} is wrong." if path else f"The {what} is wrong."


def _kind(want: np.ndarray) -> str:
    return f"an array of shape {want.shape}" if want.ndim else "a number"


def _number(value: Any) -> str:
    return f"{value.item():.6g}" if value.dtype.kind == "f" else str(value.item())


def _short(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
