"""What a class's records add up to."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.records.results import CheckRecord, SubmissionRecord, Verdict


@dataclass(frozen=True)
class CheckSummary:
    """How a class did on one check.

    Attributes:
        counts: students by verdict, every verdict present.
        missing: students whose record does not mention the check.
        mean_share: mean share of the points over the students whose check was graded.
        unexplained: students with a wrong answer that no known mistake explains.
    """

    notebook: str
    name: str
    points: float
    counts: dict[Verdict, int]
    missing: int
    mean_share: float | None
    unexplained: tuple[str, ...]


@dataclass(frozen=True)
class MistakeSummary:
    """A recognised mistake, and who made it where.

    Attributes:
        students: who made it, each once however many checks it cost.
        places: notebook, check, and how many students made it there; the most first.
        slides: where the course speaks of it.
    """

    sentence: str
    students: tuple[str, ...]
    places: tuple[tuple[str, str, int], ...]
    slides: tuple[str, ...]


@dataclass(frozen=True)
class AssignmentSummary:
    """One assignment of a class.

    Attributes:
        records: one a student, sorted by name.
        complete: the records of which every check was graded; only they enter the statistics,
            because points that we failed to grade are not zeros.
        incomplete: the others.
        shares: the shares of the points that the complete ones reached, in the same order.
        superseded: records of earlier rounds that were left out.
    """

    name: str
    records: tuple[SubmissionRecord, ...]
    complete: tuple[SubmissionRecord, ...]
    incomplete: tuple[SubmissionRecord, ...]
    shares: tuple[float, ...]
    checks: tuple[CheckSummary, ...]
    mistakes: tuple[MistakeSummary, ...]
    superseded: int

    @property
    def mean(self) -> float | None:
        return statistics.fmean(self.shares) if self.shares else None

    @property
    def median(self) -> float | None:
        return statistics.median(self.shares) if self.shares else None

    @property
    def max_score(self) -> float | None:
        """The points that can be had, if they are the same for all."""
        totals = {record.max_score for record in self.records}
        return totals.pop() if len(totals) == 1 else None

    @property
    def verdicts(self) -> set[Verdict]:
        """The verdicts that occur."""
        return {verdict for check in self.checks for verdict in Verdict if check.counts[verdict]}

    @property
    def by_notebook(self) -> dict[str, list[CheckSummary]]:
        """The checks of each notebook, both in the order of the records."""
        notebooks: dict[str, list[CheckSummary]] = {}
        for check in self.checks:
            notebooks.setdefault(check.notebook, []).append(check)
        return notebooks

    def distinct(self, attribute: str) -> list[str]:
        """The different values of one attribute of the records, sorted."""
        values = {getattr(record, attribute) for record in self.records}
        return [str(value) for value in sorted(values)]

    @property
    def versions(self) -> dict[str, str]:
        """Versions of the software, several joined where records differ."""
        found: dict[str, set[str]] = {}
        for record in self.records:
            for package, version in record.versions.items():
                found.setdefault(package, set()).add(version)
        return {package: ", ".join(sorted(versions)) for package, versions in sorted(found.items())}


def summarise(records: Iterable[SubmissionRecord]) -> list[AssignmentSummary]:
    """Group records by assignment; of several rounds, a student's latest counts."""
    kept, dropped = latest_round(records)
    groups: dict[str, list[SubmissionRecord]] = {}
    for record in kept:
        groups.setdefault(record.assignment, []).append(record)
    return [_summarise_one(name, group, dropped.get(name, 0)) for name, group in groups.items()]


def latest_round(
    records: Iterable[SubmissionRecord],
) -> tuple[list[SubmissionRecord], dict[str, int]]:
    """A student's latest record of each assignment, sorted, and how many others each had."""
    latest: dict[tuple[str, str], SubmissionRecord] = {}
    dropped: dict[str, int] = {}
    for record in records:
        key = (record.assignment, record.student)
        if key in latest:
            dropped[record.assignment] = dropped.get(record.assignment, 0) + 1
            if record.round < latest[key].round:
                continue
        latest[key] = record
    order = sorted(latest.values(), key=lambda r: (r.assignment, *name_order(r.student)))
    return order, dropped


def name_order(name: str) -> tuple[str, str]:
    """Sorting key of a student's name."""
    return (name.casefold(), name)


def is_complete(record: SubmissionRecord) -> bool:
    """Whether every check of a submission was graded."""
    return record.score is not None and not record.ungraded


def share(score: float | None, total: float) -> float | None:
    """`score` as a share of `total`, between 0 and 1; `None` where there is nothing to divide."""
    if score is None or not math.isfinite(score) or not math.isfinite(total) or total <= 0:
        return None
    return min(1.0, max(0.0, score / total))


def _summarise_one(
    name: str, records: Sequence[SubmissionRecord], superseded: int
) -> AssignmentSummary:
    complete = tuple(record for record in records if is_complete(record))
    found = (share(record.score, record.max_score) for record in complete)
    return AssignmentSummary(
        name=name,
        records=tuple(records),
        complete=complete,
        incomplete=tuple(record for record in records if not is_complete(record)),
        shares=tuple(value for value in found if value is not None),
        checks=_check_summaries(records),
        mistakes=_mistakes(records),
        superseded=superseded,
    )


def _check_summaries(records: Sequence[SubmissionRecord]) -> tuple[CheckSummary, ...]:
    found: dict[str, dict[str, list[tuple[str, CheckRecord]]]] = {}
    for record in records:
        for notebook in record.notebooks:
            checks = found.setdefault(notebook.name, {})
            for check in notebook.checks:
                checks.setdefault(check.name, []).append((record.student, check))
    return tuple(
        _check_summary(notebook, results, len(records))
        for notebook, checks in found.items()
        for results in checks.values()
    )


def _check_summary(
    notebook: str, results: Sequence[tuple[str, CheckRecord]], students: int
) -> CheckSummary:
    counts = dict.fromkeys(Verdict, 0)
    for _, check in results:
        counts[check.verdict] += 1
    shares = [share(check.score, check.points) for _, check in results]
    graded = [value for value in shares if value is not None]
    return CheckSummary(
        notebook=notebook,
        name=results[0][1].name,
        points=max(check.points for _, check in results),
        counts=counts,
        missing=students - len(results),
        mean_share=statistics.fmean(graded) if graded else None,
        unexplained=tuple(
            student
            for student, check in results
            if check.verdict is Verdict.FAILED
            and not any(finding.recognised for finding in check.findings)
        ),
    )


def _mistakes(records: Sequence[SubmissionRecord]) -> tuple[MistakeSummary, ...]:
    """Recognised mistakes, the most frequent first; one sentence is one mistake."""
    students: dict[str, dict[str, None]] = {}
    places: dict[str, dict[tuple[str, str], set[str]]] = {}
    slides: dict[str, dict[str, None]] = {}
    for record in records:
        for notebook in record.notebooks:
            for check in notebook.checks:
                for finding in check.findings:
                    if not (finding.recognised and finding.hint):
                        continue
                    students.setdefault(finding.hint, {})[record.student] = None
                    found = places.setdefault(finding.hint, {})
                    found.setdefault((notebook.name, check.name), set()).add(record.student)
                    if finding.slide:
                        slides.setdefault(finding.hint, {})[finding.slide] = None
    mistakes = [
        MistakeSummary(
            sentence=sentence,
            students=tuple(who),
            places=tuple(
                sorted(
                    ((nb, check, len(there)) for (nb, check), there in places[sentence].items()),
                    key=lambda place: (-place[2], place),
                )
            ),
            slides=tuple(sorted(slides.get(sentence, {}))),
        )
        for sentence, who in students.items()
    ]
    return tuple(sorted(mistakes, key=lambda m: (-len(m.students), m.places, m.sentence)))
