"""Mistakes in `convolve2d`."""

from autograder.checks import change, instead


@instead(
    "flipped_image",
    say=(
        "You flipped the image in place of the kernel. The values are right, but your map comes "
        "out turned by 180°; flip the kernel and leave the image as it is."
    ),
)
def convolve2d(image, kernel):
    return correlate2d(image[::-1, ::-1], kernel)


@instead(
    "kernel_changed",
    say=(
        "You flip the kernel where it lies, with `kernel[:] = ...`. The caller's kernel is then "
        "flipped too, and the next call flips it back; use the new view kernel[::-1, ::-1]."
    ),
    hint=None,  # The values are right; the grader sees that the input was changed.
)
def convolve2d(image, kernel):
    kernel[:] = kernel[::-1, ::-1].copy()
    return correlate2d(image, kernel)


@instead(
    "not_flipped",
    say=(
        "You computed the correlation: your kernel is not flipped. Turn it by 180°, with "
        "kernel[::-1, ::-1], before you slide it."
    ),
)
def convolve2d(image, kernel):
    return correlate2d(image, kernel)


@instead(
    "rows_flipped_only",
    say=(
        "You flipped the kernel upside down but not left to right. Both indices of k run "
        "backwards: kernel[::-1, ::-1]."
    ),
)
def convolve2d(image, kernel):
    return correlate2d(image, kernel[::-1])


@instead(
    "transposed_kernel",
    say=(
        "You transposed the kernel. A transpose mirrors it along its diagonal; a convolution turns "
        "it by 180°, with kernel[::-1, ::-1]."
    ),
)
def convolve2d(image, kernel):
    return correlate2d(image, kernel.T)


change(
    "columns_flipped_only",
    """
    rows = slice(kernel_height - 1 - m, height - m)
    """,
    """
    rows = slice(m, height - kernel_height + 1 + m)
    """,
    say=(
        "You flipped the kernel left to right but not upside down. Both indices of k run "
        "backwards: kernel[::-1, ::-1]."
    ),
)


change(
    "overwritten",
    "result += kernel[m, n] * image[rows, columns]",
    "result = kernel[m, n] * image[rows, columns]",
    say="Only the last tap is left: each tap overwrites the ones before. Add them up with +=.",
)


change(
    "whole_numbers",
    "result = np.zeros((height - kernel_height + 1, width - kernel_width + 1))",
    "result = np.zeros((height - kernel_height + 1, width - kernel_width + 1), int)",
    "result += kernel[m, n] * image[rows, columns]",
    "result += (kernel[m, n] * image[rows, columns]).astype(int)",
    say=(
        "Your result is an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(shape)`."
    ),
)


change(
    "last_windows_missing",
    "return result",
    "return result[:-1, :-1]",
    say=(
        "The last row and the last column are missing. There are height - kernel_height + 1 "
        "rows: `range` leaves its end out."
    ),
)
