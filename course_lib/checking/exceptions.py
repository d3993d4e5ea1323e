"""What a student's exception is, in plain text, and what is said of it."""

from __future__ import annotations

import re
import traceback
from types import FrameType, TracebackType
from typing import Any

from course_lib.checking.finding import Finding
from course_lib.checking.shown import without_noise
from course_lib.desk import STUB

_MAX_MESSAGE = 2000
_MAX_TRACEBACK = 20_000
UNWRITTEN = "This is not written yet."

_NOT_THEIRS = ("course_lib", "site-packages", "dist-packages", "__autograph_generated_file")
_IN_USER_CODE = "in user code:"
_USER = re.compile(r'File "[^"]*", line (\d+), in (\S+) +\*\n +(.*)')
_INSIDE_KERAS = re.compile(
    r"\AException encountered when calling (?P<where>.+?)\.\n\n(?P<message>.*?)\s*"
    r"(?:\n\nArguments received by .*)?\Z",
    re.DOTALL,
)
_CALLED_WRONGLY = re.compile(
    r"unexpected keyword argument|missing \d+ required|takes .*positional argument|multiple values"
)
_HINTS = (
    (
        re.compile(r"does not have a `call(?:\(\))?` method"),
        "Keras calls the method `call`: is yours named otherwise, or does it stand outside of the "
        "class?",
    ),
    (
        re.compile(
            r"Cannot convert a symbolic|numpy\(\) is only available when eager|KerasTensor as input"
            r"|symbolic (?:tf\.)?Tensor|SymbolicTensor"
        ),
        "Here tensors have no numbers yet, because Keras or `tf.function` is tracing your code. "
        "Use `keras.ops` in the place of NumPy.",
    ),
    (
        re.compile(r"forgot to call `?super\(\)\.__init__|super\(\).__init__\(\)"),
        "Let `super().__init__(**kwargs)` be the first line of `__init__`.",
    ),
    (
        re.compile(r"is used \d+ times in the model"),
        "Two layers of one network cannot have the same name: where a function makes layers, hand "
        "it another `name` each time.",
    ),
    (
        re.compile(r"`Concatenate` layer requires inputs with matching shapes"),
        "What is joined may differ in the last number of its shape only. Where the maps have other "
        "sizes, look at the stride and the padding of that branch.",
    ),
    (
        re.compile(r"[Ii]nputs have incompatible shapes|operands could not be broadcast"),
        "The shapes do not fit: print those of both sides, and see which axis is another.",
    ),
    (
        re.compile(r"matmul: Input operand 1 has a mismatch|shapes \(.*\) and \(.*\) not aligned"),
        "In a matrix product the columns of the first are the rows of the second: print both "
        "shapes, and see which factor must be transposed or stand first.",
    ),
    (
        re.compile(r"could not broadcast input array from shape"),
        "What is assigned has another shape than the place for it: print both.",
    ),
    (
        re.compile(r"cannot reshape array of size"),
        "The new shape holds another number of values: multiply its sizes.",
    ),
    (
        re.compile(r"list assignment index|list index out of range|is out of bounds for axis"),
        "An index lies outside. Counting starts at 0, so the last one is the size less 1.",
    ),
)


def describe_exception(error: BaseException) -> dict[str, str]:
    """An exception as bounded text.

    Returns:
        Its `type`, its `message`, and the student's own lines as `traceback`; in `kinds` the names
        of its classes; `unwritten`, the function's name, if a released cell's placeholder raised
        it; and `ours` if the check raised it, since it was handed something else.
    """
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not any(part in frame.filename for part in _NOT_THEIRS)
    ]
    lines = [f"line {frame.lineno}, in {frame.name}: {frame.line or ''}" for frame in frames[-4:]]
    message, inside = _message(error)
    lines = lines or inside
    described = {
        "type": type(error).__name__[:200],
        "message": message[:_MAX_MESSAGE],
        "traceback": "\n".join(lines)[:_MAX_TRACEBACK],
        "kinds": " ".join(kind.__name__ for kind in type(error).__mro__)[:_MAX_MESSAGE],
    }
    last = _last(error.__traceback__)
    if last is None:
        return described
    if type(error) is NotImplementedError and not message:
        placeholder = _placeholder(last)
        if placeholder is not None:
            described["unwritten"] = placeholder
    if not lines and "course_lib" in last.tb_frame.f_code.co_filename:
        described["ours"] = "yes"
    return described


def raised(error: dict[str, str]) -> Finding:
    """What is said of an exception.

    Args:
        error: as `describe_exception` has it.
    """
    kind, message = error.get("type", "Exception"), error.get("message", "")
    where = error.get("traceback", "")
    if "unwritten" in error:
        return unwritten(error["unwritten"], where)
    if kind == "NotImplementedError" and not message:
        hint = "It is not the placeholder of the notebook: see who calls that line, and why."
    else:
        hint = next((hint for sign, hint in _HINTS if sign.search(message)), "")
    if kind == "TypeError" and _CALLED_WRONGLY.search(message):
        # Without a line of the student's, it was the check that called.
        hint = (
            "Which arguments does it take? Compare with the call, in the last of these lines."
            if where
            else "A function of the task keeps the names, the order and the defaults of the "
            "parameters that its cell came with; more may follow if they have defaults."
        )
    if "ours" in error:
        sentence = f"{message[:1].upper()}{message[1:].rstrip('.')}."
        return Finding(sentence, observed=kind, hint=hint)
    return Finding(
        f"Your code stopped with {kind}: {message}"
        if message
        else f"Your code stopped with {kind}.",
        observed=kind,
        where=where,
        hint=hint,
    )


def unwritten(name: str, where: str = "") -> Finding:
    """What is said of a placeholder.

    Args:
        name: of the function, or the name, that is still to be written.
        where: the student's lines that led there.
    """
    place = f" in `{name}`" if name.isidentifier() else " in the cell above"
    return Finding(
        UNWRITTEN,
        observed="NotImplementedError",
        where=where,
        hint=f"Replace `{STUB}`{place} by your solution.",
    )


def _message(error: BaseException) -> tuple[str, list[str]]:
    """The message without what others wrap around it, and the places that stand only there."""
    try:
        text = without_noise(str(error)).strip()
    except Exception:
        return "<message could not be read>", []
    inside = _INSIDE_KERAS.match(text)
    places = []
    if inside is not None:
        text, places = inside["message"].strip(), [f"in {inside['where']}"]
    if text.startswith(_IN_USER_CODE):
        # A function that `tf.function` has rewritten.
        places = [f"line {line}, in {name}: {code}" for line, name, code in _USER.findall(text)]
        text = text.rpartition("\n\n")[2].strip().partition(": ")[2]
    return text, places[-4:]


def _last(step: TracebackType | None) -> TracebackType | None:
    """Where an exception was raised."""
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return step


def _placeholder(step: TracebackType) -> str | None:
    """The function whose released placeholder raised an exception; `None` if another line did.

    A method that a class of the student's leaves to its heirs may look the same; but there the
    object is of another class than the one that the method is written in.
    """
    frame = step.tb_frame
    if any(part in frame.f_code.co_filename for part in _NOT_THEIRS):
        return None
    line = traceback.extract_tb(step, limit=1)[0].line
    if (line and line != STUB) or _is_abstract(frame):
        return None
    return frame.f_code.co_name


def _is_abstract(frame: FrameType) -> bool:
    owner = frame.f_code.co_qualname.split(".")[-2:-1]
    subject: Any = frame.f_locals.get("self")
    return bool(owner) and subject is not None and type(subject).__name__ not in owner
