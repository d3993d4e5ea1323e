"""The page that shows the notebook was saved instead of the notebook."""

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "not a notebook but a web page"


def happen_to(file):
    file.write_text("<!DOCTYPE html><html><title>convolution.ipynb</title></html>")
