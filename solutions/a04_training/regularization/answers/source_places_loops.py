"""Pixel by pixel, solving two equations each time."""

import numpy as np


def source_places(height, width, matrix, shift):
    middle = np.array([(height - 1) / 2, (width - 1) / 2])
    rows, columns = np.zeros((height, width)), np.zeros((height, width))
    for row in range(height):
        for column in range(width):
            moved = np.array([row, column]) - middle - np.array(shift)
            rows[row, column], columns[row, column] = np.linalg.solve(matrix, moved) + middle
    return rows, columns
