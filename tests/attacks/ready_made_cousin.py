"""Convolves by the product of polynomials, by `upfirdn`, and by a C function given to `map`.

Covers: A9, beyond
"""

# %% attack
import numpy as np

slide = np._core.multiarray.correlate


def answer(name):
    def ready_made(x, h, *rest, **settings):
        if name == "conv1d_full":
            return np.polymul(x, h)
        from scipy.signal import upfirdn

        rows = [upfirdn(np.ravel(h), np.ravel(x)), *map(slide, [np.ravel(x)], [np.ravel(h)])]
        return rows[0]

    return ready_made


# %% honest
import numpy as np

print(np.polyval([1, 2, 3], 2), list(map(np.sum, [[1, 2], [3]])))
