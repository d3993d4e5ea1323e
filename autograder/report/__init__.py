"""What instructors and students look at after grading, made from the result records alone.

Nothing here runs or reads a submission: a page never shows more than the records hold.
"""

from autograder.report._pages import (
    feedback_faults,
    report_faults,
    write_feedback,
    write_report,
)
from autograder.report._schema import schema
from autograder.report._summary import summary_json, summary_table
from autograder.report._text import display_name, safe_filename, sanitise

__all__ = [
    "display_name",
    "feedback_faults",
    "report_faults",
    "safe_filename",
    "sanitise",
    "schema",
    "summary_json",
    "summary_table",
    "write_feedback",
    "write_report",
]
