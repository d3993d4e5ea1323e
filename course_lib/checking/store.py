"""Public cases on disk: for every check one JSON file and one safetensors file, no code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course_lib.checking import wire
from course_lib.checking.cases import Case

PUBLIC_CASES = Path(__file__).resolve().parent.parent / "cases"


@dataclass(frozen=True)
class PublicCheck:
    """The frozen cases of one check."""

    name: str
    points: float
    cases: tuple[Case, ...]


def freeze(check: PublicCheck) -> dict[str, bytes]:
    """The files of a check, by suffix (`.json`, `.safetensors`); the same bytes every time."""
    value = {
        "name": check.name,
        "points": check.points,
        "cases": tuple(case.to_value() for case in check.cases),
    }
    text, block = wire.encode(value)
    files = {".json": text + b"\n"}
    return files | {".safetensors": block} if block else files


def thaw(name: str, root: Path = PUBLIC_CASES) -> PublicCheck | None:
    """Read a check's public cases; `None` if there is no such check."""
    found = sorted(root.glob(f"*/*/{name}.json")) if name.isidentifier() else []
    if not found:
        return None
    tensors = found[0].with_suffix(".safetensors")
    block = tensors.read_bytes() if tensors.exists() else b""
    value = wire.decode(found[0].read_bytes(), block)
    cases = tuple(Case.from_value(case) for case in value["cases"])
    return PublicCheck(value["name"], value["points"], cases)


def known_checks(root: Path = PUBLIC_CASES) -> list[str]:
    """The names of all checks that have public cases."""
    return sorted(path.stem for path in root.glob("*/*/*.json"))
