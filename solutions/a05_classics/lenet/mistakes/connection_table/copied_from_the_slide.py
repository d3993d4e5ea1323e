"""This is the table as our copy of the slide has it, with 67 connections. Follow the four rules
instead; the next task is to find out what is wrong with the copy.
"""

FAILS = ("connection_table",)

import numpy as np


def connection_table():
    rows = [
        "X..XXX..XXXXXXX.",
        "XX..XXX.XXXXXXX.",
        "XXX..XXX.XXXXXX.",
        ".XXX..XXXX.XXXX.",
        "..XXX..XXXXXXXX.",
        "...XXX..XXXXXXX.",
    ]
    return np.array([[mark == "X" for mark in row] for row in rows])
