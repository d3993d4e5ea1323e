"""`autograder audit`."""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.source.course import ISOLATIONS

if TYPE_CHECKING:
    from autograder.proof.attacks import AttackEntry
    from autograder.proof.entries import AuditEntry
    from autograder.source.course import Course


@click.command(name="audit")
@click.argument("assignments", nargs=-1, metavar="ASSIGNMENT...")
@click.option("--workers", type=click.IntRange(min=1), help="Submissions graded side by side.")
@click.option("--isolation", type=click.Choice(ISOLATIONS), default="namespaces", show_default=True)
@click.option("--only", metavar="TEXT", help="Only entries whose name contains TEXT.")
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Repeat with so many draws of cases: is a mistake caught every time?",
)
@click.option("--all", "everything", is_flag=True, help="Run even what a change cannot reach.")
@click.option(
    "--json",
    "written",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was found to this file, too.",
)
@click.option(
    "--compare",
    "earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Say where this audit differs from an earlier one's --json.",
)
@click.option("--attacks", is_flag=True, help="Attack the grader instead, by a whole corpus.")
@click.option(
    "--corpus",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where the attacks are (default: as course.toml says, else tests/attacks).",
)
@click.option(
    "--every-notebook",
    is_flag=True,
    help="Attack every notebook and check, not only three checks of the one with the fewest cells.",
)
@click.pass_obj
def command(
    course_folder: Path | None,
    assignments: tuple[str, ...],
    workers: int | None,
    isolation: str,
    only: str | None,
    draws: int,
    everything: bool,
    written: Path | None,
    earlier: Path | None,
    attacks: bool,
    corpus: Path | None,
    every_notebook: bool,
) -> int:
    """Prove that the grader of each ASSIGNMENT is right, in the sandbox that grades students.

    Without a name, the whole course is audited.

    The solution and every other answer must earn full marks, the untouched release nothing, and
    every known mistake must lose exactly the checks that it names, with the diagnosis that it
    names. Exit 1 otherwise.

    Of a mistake and of another answer only those checks are run that its change can reach; the
    table counts them. With --all every check is run.

    With --attacks every attack of the corpus is handed in beside an honest submission that looks
    like it, to each ASSIGNMENT or to all: it must earn nothing, the other student must lose
    nothing, and the grader must go on. Exit 1 otherwise.

    Students are graded on cases drawn from a secret; the audit draws its cases from a number, so
    that a red audit is red again.
    """
    from autograder.source.course import find_course

    course = find_course(course_folder)
    chosen = assignments or tuple(course.assignments())
    if attacks:
        if everything or written or earlier:
            raise click.UsageError("--all, --json and --compare do not belong to --attacks.")
        corpus = corpus or course.root / course.settings.proof.attacks
        return _attack(
            course, chosen, corpus, range(1, draws + 1),
            workers=workers, isolation=isolation, only=only or "", every_notebook=every_notebook,
        )  # fmt: skip
    if corpus or every_notebook:
        raise click.UsageError("--corpus and --every-notebook belong to --attacks.")
    return _audit(
        course, chosen, range(1, draws + 1), written, earlier,
        workers=workers, isolation=isolation, only=only or "", everything=everything,
    )  # fmt: skip


def _audit(
    course: Course,
    assignments: Sequence[str],
    draws: Sequence[int],
    written: Path | None,
    earlier: Path | None,
    **options: Any,
) -> int:
    from rich.console import Console

    from autograder.cli._progress import Progress
    from autograder.proof.audit import audit
    from autograder.proof.entries import audit_table, disagreements, slowest_table

    with Progress("auditing", terse=True, longest_first=0.25) as progress:

        def tell(entry: AuditEntry) -> None:
            name = f"{entry.assignment}/{entry.notebook}/{entry.name}"
            progress.done(name)
            if entry.wrong:
                progress.tell("\n".join([f"FAIL {name}", *(f"     {w}" for w in entry.wrong)]))

        entries = audit(
            course, assignments, draws=draws, on_start=progress.start, on_entry=tell, **options
        )
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 140)
    for (assignment, draw), found in itertools.groupby(entries, lambda e: (e.assignment, e.draw)):
        title = assignment if len(draws) == 1 else f"{assignment}, draw {draw}"
        console.print(audit_table(title, list(found)))
    console.print(slowest_table(entries))
    values = [entry.to_value() for entry in entries]
    if written is not None:
        written.write_text(json.dumps(values, indent=1) + "\n")
    different = disagreements(values, json.loads(earlier.read_text())) if earlier else []
    for sentence in different:
        click.echo(sentence)
    if earlier is not None:
        said = f"{len(different)} entries differ" if different else "Nothing differs"
        click.echo(f"{said} from {earlier}.")
    failed = sum(not entry.right for entry in entries)
    click.echo(f"{failed} of the audit's entries are wrong." if failed else "The audit is green.")
    return 1 if failed or different or not entries else 0


def _attack(
    course: Course, assignments: Sequence[str], corpus: Path, draws: Sequence[int], **options: Any
) -> int:
    from rich.console import Console

    from autograder.proof.attacks import attack_table, run_attacks, summary
    from autograder.proof.corpus import read_attacks

    attacks = read_attacks(corpus)
    entries: list[AttackEntry] = []
    for assignment, draw in itertools.product(assignments, draws):
        found = run_attacks(course, assignment, attacks, draw=draw, on_entry=_tell, **options)
        if not found:
            click.echo(
                f"{assignment}: nothing was attacked. It takes an attack that --only names, and a "
                "check that judges no training."
            )
            continue
        Console(file=sys.stdout, width=None if sys.stdout.isatty() else 160).print(
            attack_table(assignment, found)
        )
        entries += found
    click.echo(summary(entries))
    return 0 if entries and all(entry.right for entry in entries) else 1


def _tell(entry: AttackEntry) -> None:
    right = "ok  " if entry.right else "FAIL"
    print(f"{right} {entry.notebook}/{entry.name}", file=sys.stderr, flush=True)
    for reason in entry.wrong:
        print(f"     {reason}", file=sys.stderr, flush=True)
