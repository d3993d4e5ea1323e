"""You flip the kernel where it lies, with `kernel[:] = ...`. The caller's kernel is then
flipped too, and the next call flips it back; use the new view kernel[::-1, ::-1].
"""

FAILS = ("convolve2d",)
# The values are right; the grader sees that the input was changed.
HINT = None


def convolve2d(image, kernel):
    kernel[:] = kernel[::-1, ::-1].copy()
    return correlate2d(image, kernel)
