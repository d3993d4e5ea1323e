"""Mistakes in `depthwise_backward`."""

from autograder.checks import change

change(
    "backward_assigned",
    "dpadded[met] += dout * w[m, n]",
    "dpadded[met] = dout * w[m, n]",
    say=(
        "Each tap of your dx overwrites what the taps before it have left. A pixel lies in several "
        "windows, and each of them adds its share."
    ),
)

change(
    "backward_dx_like_forward",
    "dpadded[met] += dout * w[m, n]",
    "dpadded[met] += dout * w[-1 - m, -1 - n]",
    say=(
        "Your dx filters dout with the kernel as it is. On the way back each tap sends the gradient "
        "to the pixel that it came from, which turns the kernel around."
    ),
)

change(
    "backward_dw_flipped",
    "dw[m, n] = (padded[met] * dout).sum(axis=(0, 1, 2))",
    "dw[-1 - m, -1 - n] = (padded[met] * dout).sum(axis=(0, 1, 2))",
    say="Your dw is turned around. Tap (m, n) gets the products of the pixels that it has met.",
)

change(
    "backward_dw_mean",
    "dw[m, n] = (padded[met] * dout).sum(axis=(0, 1, 2))",
    "dw[m, n] = (padded[met] * dout).sum(axis=(1, 2)).mean(axis=0)",
    say=(
        "Your dw is the mean over the images of the batch. The weights are shared by all images, so "
        "their gradients add up."
    ),
)

change(
    "backward_dw_of_all_maps",
    "dw[m, n] = (padded[met] * dout).sum(axis=(0, 1, 2))",
    "dw[m, n] = (padded[met] * dout).sum()",
    say=(
        "Each of your filters gets the gradient of all maps together. A filter has only its own map, "
        "so sum over batch, rows and columns, not over channels."
    ),
)

change(
    "backward_dx_of_all_maps",
    "dpadded[met] += dout * w[m, n]",
    "dpadded[met] += (dout * w[m, n]).sum(axis=-1, keepdims=True)",
    say=(
        "Your dx sums over the maps, as in a standard convolution. Here no map has reached another, "
        "so no gradient does."
    ),
)

change(
    "backward_frame_not_cut",
    "return dpadded[:, rows : rows + height, columns : columns + width], dw",
    "return dpadded[:, :height, :width], dw",
    say=(
        "You cut rows and columns off at the end only. The frame lay on all four sides: half of it "
        "must go at the beginning."
    ),
)

change(
    "backward_order_swapped",
    "return dpadded[:, rows : rows + height, columns : columns + width], dw",
    "return dw, dpadded[:, rows : rows + height, columns : columns + width]",
    hint="Return the gradient with respect to x first, then the one with respect to w.",
    say="You return dw first. The gradient with respect to x comes first.",
)
