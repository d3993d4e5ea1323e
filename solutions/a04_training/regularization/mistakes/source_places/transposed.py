"""You transpose the matrix. That undoes a rotation only; stretch and shear need the inverse,
`np.linalg.inv`.
"""

import numpy as np

FAILS = ("source_places",)


def source_places(height, width, matrix, shift):
    middle_row, middle_column = (height - 1) / 2, (width - 1) / 2
    rows, columns = np.meshgrid(np.arange(height), np.arange(width), indexing="ij")
    down, across = rows - middle_row - shift[0], columns - middle_column - shift[1]
    inverse = matrix.T
    return (
        inverse[0, 0] * down + inverse[0, 1] * across + middle_row,
        inverse[1, 0] * down + inverse[1, 1] * across + middle_column,
    )
