"""Whose work lies where in a folder of submissions, and what in it was not used.

Expected is nbgrader's layout, `<student>/<assignment>/<notebook>.ipynb`. What is as clear in
another one is taken, too: the assignment's name written otherwise, notebooks directly in the
student's folder, a clone of the student's repository with the assignment's folder in it or below
`assignments`, Moodle's folders, and Canvas's flat files. Everything else is named with the reason.
"""

from __future__ import annotations

import itertools
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
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".tgz", ".gz", ".bz2", ".xz")
MAY_HOLD_WORK = (*_ARCHIVES, ".pdf", ".html", ".htm", ".doc", ".docx", ".odt", ".pages", ".ipynb")
"""How files end that a person must look at where a notebook is missing."""
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
        student: the key of whose folder it is in, or whose it is; empty if nobody knows.
    """

    path: str
    reason: str
    may_be_work: bool = True
    student: str = ""


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
        notes: what was taken from elsewhere than expected, in a sentence, by the student's key.
        unused: what was not taken.
    """

    places: dict[str, Place]
    absent: list[str]
    notes: dict[str, str]
    unused: list[Unused]

    def only(self, students: Collection[str]) -> Inbox:
        """What is these students' alone, named by their keys or folders; all if none is named.

        Raises:
            AutograderError: if nothing can be graded of one of them.
        """
        if not students:
            return self
        keys = {name if name in self.places else key_of(name): name for name in students}
        unused = [one for one in self.unused if one.student in keys]
        if missing := [name for key, name in keys.items() if key not in self.places]:
            also = _told(one for one in unused if one.student not in self.places)
            raise AutograderError(
                f"No submission by {', '.join(missing)}. Found: {', '.join(self.places)}.{also}"
            )
        notes = {key: note for key, note in self.notes.items() if key in keys}
        return Inbox({key: self.places[key] for key in sorted(keys)}, [], notes, unused)


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
        raise AutograderError(
            f"No submissions of {assignment} in {folder}. {expected}{_told(inbox.unused)}"
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
        self._notes: dict[str, str] = {}
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
                files = flat.setdefault(key_of(f"{canvas['who']}_{canvas['user']}"), {})
                original = self._original(canvas["file"])
                # Two attempts at one notebook: both are looked at, by the names that they have.
                files[name] = canvas["file"] if original in files.values() else original
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
                reason = f"{names} are one name. Put this student's work into one folder."
                self._leave(name, reason, student=key)
        looked_at = {one.student for one in self._unused if one.may_be_work}
        absent = sorted(self._seen - self._claims.keys() - looked_at)
        return Inbox(places, absent, self._notes, self._unused)

    def _claim(self, key: str, name: str, place: Place) -> None:
        self._claims.setdefault(key, []).append((name, place))

    def _leave(
        self, name: str, reason: str, *, may_be_work: bool = True, student: str = ""
    ) -> None:
        self._unused.append(Unused(shown_name(name), reason, may_be_work, student))

    def _original(self, name: str) -> str:
        """What a file in Canvas's folder was called, without the number of the attempt."""
        first = _RESUBMITTED.sub("", name)
        return first if _simple(Path(first).stem) in self._notebooks else name

    def _file(self, name: str) -> None:
        """A file beside the students' folders."""
        suffix = Path(name).suffix.lower()
        if suffix in _ARCHIVES:
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
            reason = "what was typed into Moodle is no notebook."
            self._leave(name, reason, may_be_work=False, student=key)
            return
        self._seen.add(key)
        try:
            entries = [e for e in _listed(self._root / name) if not _DROPPINGS.fullmatch(e.name)]
        except OSError as error:
            reason = f"it cannot be read ({error.strerror}). Change its permissions."
            self._leave(name, reason, student=key)
            return
        folders = [e.name for e in entries if e.is_dir() and not e.name.startswith(".")]
        files = [e.name for e in entries if not e.is_dir()]
        alike = [f for f in folders if _simple(f) == _simple(self._assignment)]
        if not alike:
            alike = self._in_a_repository(Path(entry.path) for entry in entries)
        named = [f for f in files if self._is_notebook(f)]
        taken = self._assignment if self._assignment in alike else "".join(alike[:1])
        weights = [f for f in files if f.lower().endswith(".safetensors")]
        if taken != self._assignment and len(alike) > 1:
            for one in alike:
                reason = f"each of {len(alike)} may be {self._assignment}."
                self._leave(f"{name}/{one}", reason, student=key)
            return
        if taken:
            self._claim(key, name, Place(self._root / name / taken))
            if taken != self._assignment:
                self._notes[key] = (
                    f"the folder {shown_name(taken)} was taken for {self._assignment}."
                )
            for one in [*(f for f in alike if f != taken), *named, *weights]:
                reason = f"{taken} beside it was taken."
                is_lost = one in files and not (self._root / name / taken / one).exists()
                if is_lost:
                    reason += " Put it in there."
                self._leave(f"{name}/{one}", reason, may_be_work=is_lost, student=key)
        elif named or (moodle and files):
            self._claim(key, name, Place(self._root / name))
            if not moodle:
                self._notes[key] = (
                    f"{', '.join(map(shown_name, named))} was taken from the student's folder; "
                    f"there is no {self._assignment} in it."
                )
        else:
            for entry in entries:
                if reason := self._why_not(entry):
                    is_work = self._may_be_work(entry)
                    path = f"{name}/{entry.name}"
                    self._leave(path, reason, may_be_work=is_work, student=key)

    def _in_a_repository(self, paths: Iterable[Path]) -> list[str]:
        """The assignment's folders below a folder `assignments`, as in the course's repository."""
        return [
            f"{path.name}/{entry.name}"
            for path in paths
            if _simple(path.name) == "assignments" and path.is_dir() and not path.is_symlink()
            for entry in _listed(path)
            if entry.is_dir() and _simple(entry.name) == _simple(self._assignment)
        ]

    def _why_not(self, entry: os.DirEntry[str]) -> str:
        """Why something in the folder of a student of whom nothing was taken was not taken.

        Empty for the folder of another assignment.
        """
        suffix = Path(entry.name).suffix.lower()
        if entry.name.startswith("."):
            return "its name begins with a dot."
        if entry.is_dir():
            is_other = _simple(entry.name) in self._assignments
            return "" if is_other else f"it is not called {self._assignment}."
        if suffix in _ARCHIVES:
            return "it is an archive. Unpack it."
        if suffix == ".ipynb":
            return f"no notebook of {self._assignment} is called like it."
        return "it is no notebook."

    def _may_be_work(self, entry: os.DirEntry[str]) -> bool:
        if entry.is_dir():
            return _has_notebooks(Path(entry.path))
        called_like_it = _simple(entry.name) == _simple(self._assignment)
        return called_like_it or entry.name.lower().endswith(MAY_HOLD_WORK)

    def _is_notebook(self, name: str) -> bool:
        """Whether a file is called like a notebook of the assignment, or like a copy of one."""
        stem, dot, suffix = name.lower().partition(".ipynb")
        return bool(dot) and any(known in _simple(stem + suffix) for known in self._notebooks)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: os.fsencode(entry.name))


def _told(unused: Iterable[Unused]) -> str:
    """What lay there, at the end of an error's line; empty if there was nothing."""
    found = " ".join(f"{one.path}: {one.reason}" for one in itertools.islice(unused, 3))
    return f" What was found: {found}" if found else ""


def _simple(name: str) -> str:
    """A name without its case, separators and signs."""
    return re.sub(r"[\W_]+", "", name_of(key_of(name)).casefold())


def _has_notebooks(folder: Path) -> bool:
    return any(
        file.lower().endswith(".ipynb") for _, _, files in os.walk(folder) for file in files[:1000]
    )
