"""The exceptions of the autograder.

AutograderError
├── CourseError        the course's own files are wrong: the instructor can fix it
├── NewerRecord        a newer autograder wrote a result: this one does not understand it
├── GradebookDamaged   it is no whole gradebook: made anew (records/gradebook_state.py)
├── SandboxUnavailable this machine cannot isolate submissions
├── SandboxBroken      the sandbox failed while grading: our fault, never the student's
│   └── MachineBusy         other work took the processors until the submission's wall time was over
└── SubmissionProblem  what a submission is or did; it is graded so, and stops nothing
    ├── UnreadableNotebook  the file is no notebook
    ├── ChildDied           its process ended (grading/conversation.py)
    └── OutOfTime           it used up what it was allowed (grading/allowance.py)

`TooLong` (grading/near_misses/_watch.py) is no error: it ends a try of a search.
Those of `course_lib` have a tree of their own, `course_lib/_exceptions.py`.
"""


class AutograderError(Exception):
    """The root. One that stops a command says in one line how to fix it."""


class CourseError(AutograderError):
    """A source, a check or a setting of the course is wrong."""


class NewerRecord(AutograderError):
    """A stored result is of a version that came after this autograder."""


class SandboxUnavailable(AutograderError):
    """This machine cannot give the isolation that was asked for."""


class SandboxBroken(AutograderError):
    """The sandbox failed while grading."""


class MachineBusy(SandboxBroken):
    """A submission was still at work when its wall time was over: it is ungraded."""


class SubmissionProblem(AutograderError):
    """Something that a submission is or did. It is graded so; no command stops for it."""


class UnreadableNotebook(SubmissionProblem):
    """A submitted file is not a notebook; the text says what it is instead."""
