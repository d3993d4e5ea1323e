"""The grader, graded: audit, attacks, calibration, demonstration."""
