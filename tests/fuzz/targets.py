"""The functions that are fuzzed. Each takes bytes, and raises nothing but what its kind may."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from autograder._exceptions import UnreadableNotebook
from autograder.grading.transcript import NotebookTranscript
from autograder.records.keys import key_of, name_of
from autograder.submission.file import SubmittedFile, read_file
from autograder.submission.submitted import SubmittedNotebook
from course_lib.checking import store
from course_lib.checking.cases import Case
from course_lib.checking.expectations import Accuracy, Equal, Raises
from course_lib.checking.judge import judge_cases
from course_lib.checking.networks import Structure
from course_lib.checking.probes import Observation, ReadAnswer
from course_lib.checking.wire import Channel, ProtocolError, from_bytes, pack, to_bytes, unpack

CORPUS = Path(__file__).parent / "corpus"

_EXPECTED = (
    Equal(np.arange(12.0).reshape(3, 4)),
    Equal((np.ones(3), np.ones((2, 2))), names=("dx", "dw")),
    Equal({"stride": 2, "padding": "same"}),
    Equal("b"),
    Equal(7),
    Raises(),
    Accuracy(np.arange(5)),
    Structure({"nodes": []}),
)
_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def message(raw: bytes) -> None:
    """Bytes on the channel, up to an observation that is judged."""
    ours, theirs = socket.socketpair()
    with ours, theirs, suppress(ProtocolError, EOFError):
        theirs.send(raw[:100_000])
        theirs.shutdown(socket.SHUT_WR)
        told, arrays = Channel(ours).receive(1, _EXPECTED[0].room)
        _judge(Observation.from_value(unpack(told.get("observation"), arrays)))


def answer(raw: bytes) -> None:
    """A value in the form in which one is kept, judged by every kind of expectation."""
    with suppress(ProtocolError):
        value = from_bytes(raw)
        assert to_bytes(unpack(*pack(value))) == to_bytes(value)
        _judge(Observation("returned", value))
        Observation.from_value(value)


def _judge(observation: Observation) -> None:
    for expected in _EXPECTED:
        judge_cases([Case(ReadAnswer(), expected)], [observation], "asked")


def notebook(raw: bytes) -> None:
    """A file that is handed in as a notebook."""
    file = _handed_in("fuzz.ipynb", raw)
    with suppress(UnreadableNotebook):
        _ = file.cells


def weights(raw: bytes) -> None:
    """A file of weights beside a notebook."""
    file = _handed_in("fuzz.safetensors", raw)
    SubmittedNotebook({}, "", {"fuzz.safetensors": file}).weights_of("fuzz.safetensors", 1 << 20)


def transcript(raw: bytes) -> None:
    """What was kept of a notebook that was graded: readable, or made anew."""
    path = _FOLDER / "fuzz.bin"
    path.write_bytes(raw)
    NotebookTranscript.read(path)


def cases(raw: bytes) -> None:
    """A file of public cases, a zip."""
    with suppress(ProtocolError):
        store.contents(raw)


def name(raw: bytes) -> None:
    """A student's folder: its key is safe, and gives the name back."""
    if not raw or b"/" in raw or b"\0" in raw:
        return
    key = key_of(os.fsdecode(raw))
    assert key.isprintable()
    assert not set(key) & set("/\\<>&\"'`$=")
    assert len(key.encode()) <= 255
    name_of(key)


def _handed_in(name: str, raw: bytes) -> SubmittedFile:
    (_FOLDER / name).write_bytes(raw)
    file = read_file(_FOLDER, name)
    assert file is not None
    return file


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (message, answer, notebook, weights, transcript, cases, name)
}
