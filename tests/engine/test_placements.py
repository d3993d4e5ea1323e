"""No secret is read in the sandbox, wherever course, submissions, results and environment lie."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from courses import tiny

from autograder._exceptions import SandboxUnavailable
from autograder.sandbox import Sandbox, namespaces_problem, places
from autograder.sandbox.bwrap import find_bwrap

pytestmark = pytest.mark.skipif(
    namespaces_problem() is not None, reason=f"no namespaces here: {namespaces_problem()}"
)

SECRET = "nobody-inside-may-see-4711"
# Everything that can be read from inside; what is found comes back in the notebook.
LOOK = f"""
import os
for folder, _, files in os.walk("/"):
    if folder.startswith("/proc/self"):
        continue
    for name in files:
        if "4711" in name or name in ("1.key", "a00_tiny.json"):
            print("found", os.path.join(folder, name))
for name in ("mountinfo", "mounts", "cgroup"):
    print("told", open("/proc/self/" + name).read(), end="")
open("/tmp/of-mine", "w").write("kept")
print("\\nwritten", open("/tmp/of-mine").read())
{SECRET!r}
"""


def filled(root: Path) -> Path:
    """A course, submissions and an output folder in a folder, each with a secret beside."""
    tiny.hand_in(root / "in", "eve", tiny.submission(tiny.make_course(root), before=LOOK))
    for place in (root, root / "solutions", root / "in", root / "out", root / "lib"):
        place.mkdir(exist_ok=True)
        (place / SECRET).write_text(SECRET)
    return root


def seen(root: Path, out: Path, *python: object) -> list[str]:
    """What the submission printed."""
    command = [*python, "-m", "autograder", "--course", root, "grade", "a00_tiny"]
    command += ["--submissions", root / "in", "--out", root / "out"]
    environment = os.environ | {"PYTHONPATH": str(Path(places.__file__).parents[2])}
    ran = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, env=environment
    )
    assert ran.returncode == 0, ran.stderr
    assert "5 / 5" in ran.stdout
    path = out / "autograded" / "eve" / "a00_tiny" / "tiny.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    text = "".join(o.get("text", "") for cell in cells for o in cell.get("outputs", []))
    return [line for line in text.splitlines() if line.startswith(("found", "told", "written"))]


NOTHING = ["told told told ", "written kept"]


@pytest.mark.parametrize("place", ["/usr/src", "/usr/local/lib"])
def test_below_a_system_folder(tmp_path: Path, place: str) -> None:
    """The class is put there in a mount of its own, so that nothing is written to this machine."""
    if not Path(place).is_dir() or Path(sys.base_prefix) == Path("/usr/local"):
        pytest.skip(f"no {place} here that could be covered")
    root = filled(tmp_path / "app")
    # What lies there otherwise (time zones, certificates) stays: a folder beside it is added.
    layers = ["--tmpfs", place, "--bind", root, f"{place}/app"]
    for entry in sorted(Path(place).iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            layers += ["--ro-bind", entry, f"{place}/{entry.name}"]
    outer = [find_bwrap(), "--dev-bind", "/", "/", *layers, "--", sys.executable]
    assert seen(Path(place, "app"), root / "out", *outer) == NOTHING


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Path]:
    """A course with an environment in it, which takes its packages from that of the tests."""
    root = filled(tmp_path / "course")
    venv.create(root / ".venv", symlinks=True)
    packages = next((root / ".venv" / "lib").glob("python*/site-packages"))
    (packages / "more.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return root


def test_an_environment_in_the_course(environment: Path) -> None:
    """By a path that is not plain, as a script may have it, and below /tmp."""
    python = environment / "in" / ".." / ".venv" / "bin" / "python"
    assert seen(environment, environment / "out", python) == NOTHING


def test_the_course_is_the_environment(tmp_path: Path) -> None:
    root = filled(tmp_path / "course")
    venv.create(root, symlinks=True)
    packages = next((root / "lib").glob("python*/site-packages"))
    (packages / "more.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    (root / "lib" / SECRET).unlink()
    assert seen(root, root / "out", root / "bin" / "python") == NOTHING


def test_what_cannot_be_hidden_is_refused_in_a_line() -> None:
    packages = Path(sysconfig.get_paths()["purelib"])
    lib = next(one.source for one in places.interpreter() if packages.is_relative_to(one.source))
    with pytest.raises(SandboxUnavailable, match="cannot be hidden from submissions"):
        Sandbox(private=(lib,))
    with tempfile.TemporaryDirectory(dir=packages) as folder:
        ((place, inside),) = places.covers([Path(folder)])
        assert (place, inside) == (Path(folder).resolve(), [])
    assert shutil.which("sh")
