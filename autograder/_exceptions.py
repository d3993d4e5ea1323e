"""The exceptions of the autograder.

AutograderError
├── CourseError        the course's own files are wrong: the instructor can fix it
├── NewerRecord        a newer autograder wrote a result: this one does not understand it
├── SandboxUnavailable this machine cannot isolate submissions
└── SandboxBroken      the sandbox failed while grading: our fault, never the student's
"""


class AutograderError(Exception):
    """Something that stops a command; its text is one line that says how to fix it."""


class CourseError(AutograderError):
    """A source, a check or a setting of the course is wrong."""


class NewerRecord(AutograderError):
    """A stored result is of a version that came after this autograder."""


class SandboxUnavailable(AutograderError):
    """This machine cannot give the isolation that was asked for."""


class SandboxBroken(AutograderError):
    """The sandbox failed while grading."""


class UnreadableNotebook(AutograderError):
    """A submitted file is not a notebook; the text says what it is instead. It is graded so."""
