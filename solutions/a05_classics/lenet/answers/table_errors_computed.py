"""The answers computed from the two tables."""

import numpy as np

printed = np.array([[mark == "X" for mark in row] for row in SLIDE_TABLE])
right = connection_table()
table_errors = {
    "crosses": printed.sum(),
    "connections": right.sum(),
    "miscounted": np.flatnonzero(printed.sum(axis=1) != 10),
    "wrong": tuple(np.flatnonzero((printed != right).any(axis=1)).tolist()),
    "right_maps": np.flatnonzero((printed == right).all(axis=0)).tolist(),
}
