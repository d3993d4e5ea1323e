"""What one thing is different in a wrong answer that no known mistake gives."""

from autograder.grading.near_misses._search import NearMisses as NearMisses
