"""One value after the other, in plain Python loops."""

import numpy as np


def max_pool_forward(x, kernel_size, stride, ceil=False):
    rows = window_spans(x.shape[1], kernel_size[0], stride, ceil)
    columns = window_spans(x.shape[2], kernel_size[1], stride, ceil)
    return np.array(
        [
            [
                [
                    [
                        max(image[m, n, c] for m in range(*row) for n in range(*column))
                        for c in range(x.shape[3])
                    ]
                    for column in columns
                ]
                for row in rows
            ]
            for image in x
        ]
    )
