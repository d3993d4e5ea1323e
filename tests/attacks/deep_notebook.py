"""Hands in JSON that is nested a hundred thousand times.

Covers: A14, A17
Verdict: unreadable
"""

# %% attack: hand in
notebook.write_text('{"nbformat": 4, "cells": ' + "[" * 100_000 + "]" * 100_000 + "}")

# %% honest: hand in
import json

# Metadata nested as deep as a widget's state.
tree = json.loads(notebook.read_text())
state = {}
for _ in range(50):
    state = {"state": state}
tree["metadata"]["widgets"] = state
notebook.write_text(json.dumps(tree))
