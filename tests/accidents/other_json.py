"""Some other JSON has the name of the notebook."""

from accidents._cells import CHECKS

LOSES = CHECKS
PROBLEM = "it has no cells"


def happen_to(file):
    file.write_text('{"name": "convolution", "cells": {}}')
