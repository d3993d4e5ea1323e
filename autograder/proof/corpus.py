"""The corpus of attacks: one file each, read as text and built into submissions.

A file is Python in sections. Its docstring says in a sentence what the attack tries, and in lines
below

    Covers: A2, beyond        which of the known attacks it is, or that it is none of them
    Ends: NameError           exceptions that it is meant to end with, if any
    Judged by: fresh cases    that what is the same in every draw does not count: it is no secret
    Verdict: out_of_memory    what it comes to where a check calls it: one of these, if several
    Holds: 1800 MB            what the sandbox may hold meanwhile, as seen from outside

Sections begin with a line `# %% <name>`:

    attack             cells put before the student's part of the untouched release. If they define
                       `answer(name)`, what it returns is bound to each checked name.
    honest             cells put before the solution: the same kind of code, innocent. If they
                       define `honest(thing)`, it is put in the place of each checked thing.
    attack: hand in    code that the runner itself runs over what is handed in: `folder`, the file
    honest: hand in    `notebook` in it; `course`, and `plan`, the notebook's checks, lie at hand.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder._exceptions import CourseError
from autograder.records.outcomes import Verdict
from autograder.source.notebook import (
    checked_expression,
    defined_names,
    is_graded,
    parse,
)

_SECTION = re.compile(r"^# %% *(.*?) *$", re.MULTILINE)
_SECTIONS = ("attack", "attack: hand in", "honest", "honest: hand in")
_LINE = re.compile(r"^(Covers|Ends|Judged by|Verdict|Holds): *(.+?)\.?$", re.MULTILINE)


@dataclass(frozen=True)
class Attack:
    """One attack and its look-alike.

    Attributes:
        name: the file's stem.
        sentence: what it tries.
        covers: `"A1"` to `"A18"` of the known attacks on graders, or `"beyond"`.
        ends: exceptions that its code may end with.
        fresh_only: whether it is judged only by cases that differ from draw to draw.
        verdicts: one of its checks must get one of these, if it is called; anything if empty.
        holds_mb: what the sandbox may hold meanwhile; 0 if that is not measured.
        sections: code by section, each a list of cells.
    """

    name: str
    sentence: str
    covers: tuple[str, ...]
    ends: tuple[str, ...]
    fresh_only: bool
    verdicts: tuple[str, ...]
    holds_mb: int
    sections: dict[str, tuple[str, ...]]

    def hand_in(self, hostile: bool, **names: object) -> None:
        """Do to what is handed in what this attack, or its look-alike, does to it.

        The corpus is the course's own: this code runs here, with these names.
        """
        side = "attack" if hostile else "honest"
        for code in self.sections[f"{side}: hand in"]:
            exec(compile(code, f"<{self.name}>", "exec"), dict(names))


def read_attacks(folder: Path) -> list[Attack]:
    """All attacks of a corpus, by name.

    Raises:
        CourseError: if there are none, or one is not written as it must be.
    """
    paths = sorted(folder.glob("*.py"))
    if not paths:
        raise CourseError(
            f"No attacks in {folder}: a Python file for each was expected. They come with the "
            "autograder's repository, in tests/attacks. Name that folder with --corpus, or copy it "
            "and set `attacks` in [proof] of course.toml."
        )
    return [read_attack(path) for path in paths]


def read_attack(path: Path) -> Attack:
    """Read one attack.

    Raises:
        CourseError: if it lacks a part, or has one that is not known.
    """
    text = path.read_text()
    docstring = ast.get_docstring(parse(text, str(path))) or ""
    lines = dict(_LINE.findall(docstring))
    _, *parts = _SECTION.split(text)
    sections: dict[str, tuple[str, ...]] = dict.fromkeys(_SECTIONS, ())
    for title, code in zip(parts[::2], parts[1::2], strict=True):
        if title not in sections:
            raise CourseError(
                f"{path.name}: a section is one of {', '.join(_SECTIONS)}. Received: {title!r}."
            )
        sections[title] += (code.strip(),)
    sentence = " ".join(docstring.split("\n\n")[0].split())
    covers = _items(lines.get("Covers", ""))
    if not sentence or not covers or not all(re.fullmatch(r"A\d+|beyond", c) for c in covers):
        raise CourseError(
            f"{path.name}: an attack needs a docstring, a sentence and a line `Covers: A1, A2` or "
            f"`Covers: beyond`. Received: {docstring!r}."
        )
    for side in ("attack", "honest"):
        if not sections[side] and not sections[f"{side}: hand in"]:
            raise CourseError(f"{path.name}: it needs a section `# %% {side}`.")
    judged_by = lines.get("Judged by", "all cases")
    if judged_by not in ("all cases", "fresh cases"):
        raise CourseError(f"{path.name}: it is judged by all or by fresh cases, not {judged_by}.")
    verdicts, holds = _items(lines.get("Verdict", "")), lines.get("Holds", "0 MB")
    if set(verdicts) - set(Verdict) or not re.fullmatch(r"\d+ MB", holds):
        raise CourseError(
            f"{path.name}: `Verdict` names some of {', '.join(Verdict)}, and `Holds` a size such "
            f"as `1800 MB`. Received: {', '.join(verdicts)!r} and {holds!r}."
        )
    return Attack(
        path.stem,
        sentence,
        covers,
        _items(lines.get("Ends", "")),
        judged_by == "fresh cases",
        verdicts,
        int(holds.removesuffix(" MB")),
        sections,
    )


def _items(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(",") if item.strip())


def attacking(release: NotebookNode, attack: Attack) -> NotebookNode:
    """The untouched release with the attack's cells."""
    return _built(release, attack.sections["attack"], "answer", "{name} = answer({name!r})")


def honest(solution: NotebookNode, attack: Attack) -> NotebookNode:
    """The solution with the look-alike's cells."""
    return _built(solution, attack.sections["honest"], "honest", "{name} = honest({name})")


def _built(notebook: NotebookNode, code: tuple[str, ...], maker: str, line: str) -> NotebookNode:
    built: NotebookNode = nbformat.from_dict(notebook)
    binds = any(maker in defined_names(cell) for cell in code)
    cells = [_cell(source) for source in code]
    for cell in built.cells:
        if binds and is_graded(cell):
            names = _subjects(checked_expression(cell.source))
            cells.append(_cell("\n".join(line.format(name=name) for name in names)))
        cells.append(cell)
    built.cells = cells
    return built


def _cell(source: str) -> NotebookNode:
    cell: NotebookNode = nbformat.v4.new_code_cell(source)
    del cell["id"]
    return cell


def _subjects(expression: ast.expr) -> list[str]:
    """The names that a check looks at; in `family(sigmoid, tanh)` not the helper `family`."""
    helpers = {id(node.func) for node in ast.walk(expression) if isinstance(node, ast.Call)}
    names = (
        node.id
        for node in ast.walk(expression)
        if isinstance(node, ast.Name) and id(node) not in helpers
    )
    return list(dict.fromkeys(names))
