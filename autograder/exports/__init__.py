"""Stored results in the formats of other systems.

Every format is written from the records that count and from nothing else, so an export
never shows more than the record holds and can be made again at any time. Text in a record may be a
student's: each format has one place where it is made harmless, and no other way in.
"""

import json
from collections.abc import Callable, Sequence

from autograder.exports._github import annotation_lines, job_summary, step_outputs, write_github
from autograder.exports._gitlab import code_quality_json
from autograder.exports._gradebook_csv import gradebook_csv
from autograder.exports._gradescope import gradescope_json
from autograder.exports._junit import junit_xml
from autograder.exports._records import read_records
from autograder.records.for_students import for_student
from autograder.records.results import SubmissionRecord
from autograder.report import summary_json

__all__ = [
    "WRITERS",
    "annotation_lines",
    "code_quality_json",
    "gradebook_csv",
    "gradescope_json",
    "job_summary",
    "junit_xml",
    "read_records",
    "record_json",
    "step_outputs",
    "write_github",
]


def record_json(records: Sequence[SubmissionRecord]) -> str:
    """The records as a list, without what their checks do not show to students."""
    return json.dumps([for_student(record).model_dump() for record in records], indent=1) + "\n"


WRITERS: dict[str, Callable[[Sequence[SubmissionRecord]], str]] = {
    "csv": gradebook_csv,
    "gradescope": gradescope_json,
    "json": summary_json,
    "junit": junit_xml,
    "record": record_json,
}
"""The formats that need nothing but the records; each gives the whole file."""
