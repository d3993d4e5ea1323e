"""Whose work lies where in a folder of submissions, and what in it was not used.

Expected is nbgrader's layout, `<student>/<assignment>/<notebook>.ipynb`. What is as clear in
another one is taken, too: the assignment's name written otherwise, notebooks directly in the
student's folder, Moodle's folders, and Canvas's flat files. Everything else is named with the
reason.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder._exceptions import AutograderError
from autograder.records.keys import key_of, name_of, shown_name

_CANVAS = re.compile(r"(?P<who>[^_]+)(?:_LATE)?_(?P<user>\d+)_\d+_(?P<file>.+)", re.DOTALL)
_MOODLE = re.compile(r"(?P<who>.+_\d+)_assignsubmission_(?P<kind>[a-z]+)_?", re.DOTALL)
_RESUBMITTED = re.compile(r"-\d+(?=\.\w+$)")  # Canvas tells the files of later attempts apart.
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz")
_DROPPINGS = re.compile(
    r"\.DS_Store|\._.*|\.git|\.git(?:ignore|keep|attributes)|\.ipynb_checkpoints|\.vscode|\.idea"
    r"|\.directory|\.Trash.*|__MACOSX|__pycache__|Thumbs\.db|desktop\.ini",
    re.IGNORECASE,
)
"""What systems and editors leave behind; nobody handed it in."""


@dataclass(frozen=True)
class Unused:
    """Something in the folder of submissions that was not taken.

    Attributes:
        path: where it lies below that folder.
        reason: why it was not taken, and what can be done.
        may_be_work: whether it may be somebody's work, so that a person must look.
    """

    path: str
    reason: str
    may_be_work: bool = True


@dataclass(frozen=True)
class Place:
    """Where a student's work lies.

    Attributes:
        folder: the folder.
        files: of a flat folder that holds everybody's, this student's files by the names that they
            had; empty if the whole folder is the student's.
    """

    folder: Path
    files: Mapping[str, str] = field(default_factory=dict)

    def opened(self, scratch: Path) -> Path:
        """A folder with these files alone; they are copied to `scratch` if need be."""
        if not self.files:
            return self.folder
        scratch.mkdir(parents=True, exist_ok=True)
        for name, original in self.files.items():
            if not (self.folder / name).is_symlink():
                shutil.copyfile(self.folder / name, scratch / original)
        return scratch


@dataclass(frozen=True)
class Inbox:
    """What a folder of submissions holds of an assignment.

    Attributes:
        places: where each student's work lies, by the student's key.
        absent: keys of those who handed in nothing of it.
        notes: what was taken from elsewhere than expected, in sentences.
        unused: what was not taken.
    """

    places: dict[str, Place]
    absent: list[str]
    notes: list[str]
    unused: list[Unused]

    def only(self, students: Collection[str]) -> Inbox:
        """The same with these students only, named by their keys or folders; all if none.

        Raises:
            AutograderError: if one of them handed in nothing.
        """
        if not students:
            return self
        keys = {name if name in self.places else key_of(name): name for name in students}
        if missing := [name for key, name in keys.items() if key not in self.places]:
            raise AutograderError(
                f"No submission by {', '.join(missing)}. Found: {', '.join(self.places) or 'none'}."
            )
        return Inbox({key: self.places[key] for key in sorted(keys)}, [], self.notes, self.unused)


def look_into(
    folder: Path, assignment: str, notebooks: Collection[str], assignments: Collection[str]
) -> Inbox:
    """Find the submissions of an assignment.

    Args:
        folder: the folder of all students' submissions.
        assignment: the assignment's name.
        notebooks: the names of its notebooks.
        assignments: the names of all assignments of the course.

    Raises:
        AutograderError: if there is no such folder, or nothing of the assignment in it.
    """
    expected = f"Expected {folder}/<student>/{assignment}/<notebook>.ipynb."
    if folder.is_file():
        raise AutograderError(f"{folder} is a file, not a folder: unpack it. {expected}")
    if not folder.is_dir():
        raise AutograderError(f"No folder {folder}. {expected}")
    found = _Search(folder, assignment, notebooks, assignments)
    inbox = found.inbox()
    if not inbox.places:
        also = " ".join(f"{one.path}: {one.reason}" for one in inbox.unused[:3])
        raise AutograderError(
            f"No submissions of {assignment} in {folder}. {expected}"
            + (f" What was found: {also}" if also else "")
        )
    return inbox


class _Search:
    def __init__(
        self,
        root: Path,
        assignment: str,
        notebooks: Collection[str],
        assignments: Collection[str],
    ) -> None:
        self._root, self._assignment = root, assignment
        self._notebooks = {_simple(name) for name in notebooks}
        self._assignments = {_simple(name) for name in assignments}
        self._claims: dict[str, list[tuple[str, Place]]] = {}
        self._seen: set[str] = set()
        self._notes: list[str] = []
        self._unused: list[Unused] = []

    def inbox(self) -> Inbox:
        flat: dict[str, dict[str, str]] = {}
        for entry in _listed(self._root):
            name = entry.name
            if _DROPPINGS.fullmatch(name):
                continue
            if name.startswith("."):
                self._leave(name, "its name begins with a dot. Rename it if it is somebody's work.")
            elif entry.is_dir():
                self._folder(name)
            elif canvas := _CANVAS.fullmatch(name):
                key = key_of(f"{canvas['who']}_{canvas['user']}")
                flat.setdefault(key, {})[name] = self._original(canvas["file"])
            else:
                self._file(name)
        for key, files in flat.items():
            self._claim(key, f"{len(files)} files of {key}", Place(self._root, files))
        places = {}
        for key, claims in sorted(self._claims.items()):
            if len(claims) == 1:
                places[key] = claims[0][1]
                continue
            names = " and ".join(repr(shown_name(name)) for name, _ in claims)
            for name, _ in claims:
                self._leave(name, f"{names} are one name. Put this student's work into one folder.")
        absent = sorted(self._seen - self._claims.keys())
        return Inbox(places, absent, self._notes, self._unused)

    def _claim(self, key: str, name: str, place: Place) -> None:
        self._claims.setdefault(key, []).append((name, place))

    def _leave(self, name: str, reason: str, *, may_be_work: bool = True) -> None:
        self._unused.append(Unused(shown_name(name), reason, may_be_work))

    def _original(self, name: str) -> str:
        """What a file in Canvas's folder was called, without the number of the attempt."""
        first = _RESUBMITTED.sub("", name)
        return first if _simple(Path(first).stem) in self._notebooks else name

    def _file(self, name: str) -> None:
        """A file beside the students' folders."""
        suffix = Path(name).suffix.lower()
        if suffix in ARCHIVES:
            self._leave(name, "it is an archive. Unpack it.")
        elif suffix == ".ipynb":
            self._leave(name, "it lies in no student's folder, so nobody knows whose it is.")
        else:
            self._leave(name, "it is no student's folder.", may_be_work=False)

    def _folder(self, name: str) -> None:
        """A folder of a student, as a rule."""
        if _simple(name) == _simple(self._assignment):
            self._leave(
                name,
                "it is an assignment's folder where a student's is expected. To grade what is in "
                f"it, use --submissions {shown_name(str(self._root / name))}.",
            )
            return
        moodle = _MOODLE.fullmatch(name)
        key = key_of(moodle["who"] if moodle else name)
        if moodle and moodle["kind"] != "file":
            self._leave(name, "what was typed into Moodle is no notebook.", may_be_work=False)
            return
        self._seen.add(key)
        try:
            entries = [e for e in _listed(self._root / name) if not _DROPPINGS.fullmatch(e.name)]
        except OSError as error:
            self._leave(name, f"it cannot be read ({error.strerror}). Change its permissions.")
            return
        folders = [e.name for e in entries if e.is_dir() and not e.name.startswith(".")]
        files = [e.name for e in entries if not e.is_dir()]
        alike = [f for f in folders if _simple(f) == _simple(self._assignment)]
        named = [f for f in files if self._is_notebook(f)]
        taken = self._assignment if self._assignment in alike else "".join(alike[:1])
        if taken != self._assignment and len(alike) > 1:
            for one in alike:
                self._leave(f"{name}/{one}", f"each of {len(alike)} may be {self._assignment}.")
            return
        if taken:
            self._claim(key, name, Place(self._root / name / taken))
            if taken != self._assignment:
                self._notes.append(
                    f"{key}: the folder {shown_name(taken)} was taken for {self._assignment}."
                )
            for one in [*(f for f in alike if f != taken), *named]:
                self._leave(f"{name}/{one}", f"{taken} beside it was taken.", may_be_work=False)
        elif named or (moodle and files):
            self._claim(key, name, Place(self._root / name))
            if not moodle:
                self._notes.append(
                    f"{key}: {', '.join(map(shown_name, named))} was taken from the student's "
                    f"folder; there is no {self._assignment} in it."
                )
        else:
            self._others(name, entries)

    def _others(self, name: str, entries: Iterable[os.DirEntry[str]]) -> None:
        """What lies in the folder of a student of whom nothing was taken."""
        for entry in entries:
            path, suffix = f"{name}/{entry.name}", Path(entry.name).suffix.lower()
            if suffix in ARCHIVES:
                self._leave(path, "it is an archive. Unpack it.")
            elif suffix == ".ipynb":
                self._leave(path, f"no notebook of {self._assignment} is called like it.")
            elif entry.name.startswith("."):
                self._leave(path, "its name begins with a dot.")
            elif entry.is_dir() and _simple(entry.name) not in self._assignments:
                if _has_notebooks(Path(entry.path)):
                    self._leave(path, f"it is not called {self._assignment}.")
                else:
                    reason = f"it is not called {self._assignment}, and has no notebooks."
                    self._leave(path, reason, may_be_work=False)
            elif not entry.is_dir():
                self._leave(path, "it is no notebook.", may_be_work=False)

    def _is_notebook(self, name: str) -> bool:
        """Whether a file is called like a notebook of the assignment, or like a copy of one."""
        stem, dot, suffix = name.lower().partition(".ipynb")
        return bool(dot) and any(known in _simple(stem + suffix) for known in self._notebooks)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: os.fsencode(entry.name))


def _simple(name: str) -> str:
    """A name without its case, separators and signs."""
    return re.sub(r"[\W_]+", "", name_of(key_of(name)).casefold())


def _has_notebooks(folder: Path) -> bool:
    return any(
        file.lower().endswith(".ipynb") for _, _, files in os.walk(folder) for file in files[:1000]
    )
