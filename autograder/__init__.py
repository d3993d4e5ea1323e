"""Release, grade, audit and report the course's assignments.

Verdicts are reached here, outside the student's process. The command line is `autograder`.
"""
