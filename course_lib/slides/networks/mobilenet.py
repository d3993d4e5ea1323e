"""MobileNet and the depthwise-separable example."""

from __future__ import annotations

from course_lib.slides._layers import Conv, Dense, GlobalPool, Layer
from course_lib.slides._network import Network

# stride of the depthwise row, filters of the pointwise row, repeats; the deck's table in short
MOBILENET_TABLE: tuple[tuple[int, int, int], ...] = (
    (1, 64, 1),
    (2, 128, 1),
    (1, 128, 1),
    (2, 256, 1),
    (1, 256, 1),
    (2, 512, 1),
    (1, 512, 5),
    (2, 1024, 1),
    (1, 1024, 1),
)


def mobilenet(
    width: float = 1.0, resolution: int = 224, classes: int = 1000, repeats: int = 5
) -> Network:
    """Returns a MobileNet.

    Args:
        width: width multiplier, on the number of channels.
        resolution: input height and width.
        classes: outputs of the classifier.
        repeats: how often the table's pair marked `5x` stands there.
    """

    def conv(
        name: str, filters: int, kernel: int, stride: int = 1, depthwise: bool = False
    ) -> Conv:
        return Conv(
            name,
            filters,
            kernel,
            stride,
            pad="same",
            groups="depthwise" if depthwise else 1,
            bias=False,
            batch_norm=True,
        )

    layers: list[Layer] = [conv("conv", int(32 * width), 3, 2)]
    number = 0
    for stride, filters, times in MOBILENET_TABLE:
        for _ in range(times if times == 1 else repeats):
            number += 1
            layers += [
                conv(f"dw{number}", 0, 3, stride, depthwise=True),
                conv(f"pw{number}", int(filters * width), 1),
            ]
    layers += [GlobalPool("avg pool"), Dense("fc", classes)]
    return Network(f"{width:g} MobileNet-{resolution}", (3, resolution, resolution), *layers)


STANDARD_CONV = Network(
    "a standard 3x3 convolution, 128 to 128 maps of 64x64",
    (128, 64, 64),
    Conv("standard", 128, 3, pad="same", bias=False),
)
SEPARABLE_CONV = Network(
    "a depthwise-separable 3x3 convolution, 128 to 128 maps of 64x64",
    (128, 64, 64),
    Conv("depthwise", 0, 3, pad="same", groups="depthwise", bias=False),
    Conv("pointwise", 128, 1, bias=False),
)
