"""What was found by fuzzing, and one well-formed input of each kind, read again (`tests/fuzz`)."""

from __future__ import annotations

import random

import pytest
from fuzz.targets import CORPUS, TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_hostile_bytes_are_read_or_refused(target: str) -> None:
    """Each file as it is, cut off, and with some of its bytes changed: the same ones every time."""
    files = sorted((CORPUS / target).iterdir())
    assert files
    for file in files:
        raw, chance = file.read_bytes(), random.Random(file.name)
        TARGETS[target](raw)
        for _ in range(30):
            changed = bytearray(
                raw[: chance.randrange(len(raw) + 1)] if chance.random() < 0.3 else raw
            )
            for _ in range(min(len(changed), chance.randrange(1, 4))):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            TARGETS[target](bytes(changed))
