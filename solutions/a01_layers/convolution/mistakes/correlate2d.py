"""Mistakes in `correlate2d`."""

from autograder.checks import change, instead


@instead(
    "flipped_kernel",
    say=(
        "You turned the kernel by 180°. That is a convolution; the sliding window of the slides "
        "multiplies the kernel as it is, so leave out the flip."
    ),
)
def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // stride + 1
    columns = (image.shape[1] - kernel_width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[i, j] = np.sum(window * kernel[::-1, ::-1])
    return feature_map


@instead(
    "mean",
    say="You average the products of a window. A filter adds them up: use the sum, not the mean.",
)
def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // stride + 1
    columns = (image.shape[1] - kernel_width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[i, j] = np.mean(window * kernel)
    return feature_map


@instead(
    "stride_ignored",
    say=(
        "You move the window by one pixel whatever `stride` says. Let it start at row i * stride "
        "and column j * stride, and count the windows with the stride too."
    ),
)
def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // 1 + 1
    columns = (image.shape[1] - kernel_width) // 1 + 1
    feature_map = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i, j
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[i, j] = np.sum(window * kernel)
    return feature_map


@instead(
    "stride_rows_only",
    say=(
        "You use the stride from row to row but not from column to column. The window moves by "
        "`stride` pixels in both directions."
    ),
)
def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // stride + 1
    columns = (image.shape[1] - kernel_width) // 1 + 1
    feature_map = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[i, j] = np.sum(window * kernel)
    return feature_map


@instead(
    "transposed",
    say=(
        "You swapped rows and columns of the feature map. The first index belongs to the height, "
        "the second to the width: write to feature_map[i, j]."
    ),
)
def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // stride + 1
    columns = (image.shape[1] - kernel_width) // stride + 1
    feature_map = np.zeros((columns, rows))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[j, i] = np.sum(window * kernel)
    return feature_map


@instead(
    "windows_not_moved",
    say=(
        "Your map has the right size, but its windows start at row i and column j. With a stride "
        "they start at i * stride and j * stride."
    ),
)
def correlate2d(image, kernel, stride=1):
    kernel_height, kernel_width = kernel.shape
    rows = (image.shape[0] - kernel_height) // stride + 1
    columns = (image.shape[1] - kernel_width) // stride + 1
    feature_map = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i, j
            window = image[top : top + kernel_height, left : left + kernel_width]
            feature_map[i, j] = np.sum(window * kernel)
    return feature_map


change(
    "last_window_missing",
    "image.shape[0] - kernel_height + 1, stride",
    "image.shape[0] - kernel_height, stride",
    "image.shape[1] - kernel_width + 1, stride",
    "image.shape[1] - kernel_width, stride",
    say=(
        "Your loop ends one window too early. The last one begins at height - kernel_height, "
        "and `range` leaves its end out: add 1."
    ),
)


change(
    "one_window_short",
    """
    tops = range(0, image.shape[0] - kernel_height + 1, stride)
    lefts = range(0, image.shape[1] - kernel_width + 1, stride)
    """,
    """
    tops = [i * stride for i in range((image.shape[0] - kernel_height) // stride)]
    lefts = [j * stride for j in range((image.shape[1] - kernel_width) // stride)]
    """,
    say=(
        "You count the steps of the window and forget where it started: (height - "
        "kernel_height) // stride + 1 windows."
    ),
)


change(
    "whole_numbers",
    "np.zeros((len(tops), len(lefts)))",
    "np.zeros((len(tops), len(lefts)), dtype=int)",
    say=(
        "Your feature map is an array of whole numbers, which cuts off everything after the "
        "point. Make it with `np.zeros(shape)`."
    ),
)


change(
    "matrix_product",
    "feature_map[i, j] = np.sum(window * kernel)",
    "feature_map[i, j] = np.sum(window @ kernel.T)",
    say=(
        "You take the matrix product of window and kernel. Each pixel meets the weight at its "
        "own place: multiply entry by entry, `*`."
    ),
)


change(
    "square_kernel",
    "kernel_height, kernel_width = kernel.shape",
    "kernel_height = kernel_width = kernel.shape[0]",
    say=(
        "You use the kernel's height for its width as well. A kernel need not be square: "
        "kernel.shape[0] rows, kernel.shape[1] columns."
    ),
)


change(
    "square_image",
    "image.shape[1] - kernel_width + 1",
    "image.shape[0] - kernel_width + 1",
    say="You count the columns with the image's height. The width is image.shape[1].",
)


change(
    "kernel_sides_swapped",
    "kernel_height, kernel_width = kernel.shape",
    "kernel_width, kernel_height = kernel.shape",
    say="You take the kernel's height for its width. `kernel.shape` is (height, width).",
)


change(
    "largest",
    "np.sum(window * kernel)",
    "np.max(window * kernel)",
    say="You keep the largest product. A filter adds the products up.",
)
