"""Small networks of single slides: 1x1 convolutions, and layers whose sizes are letters."""

from __future__ import annotations

from course_lib.slides._layers import Conv, Dense, Layer, Pool
from course_lib.slides._network import Network
from course_lib.slides._polynomial import symbols

C, D, H, W, F = symbols("C D H W F")
_c, _d = symbols("c d")


def _keras(title: str, *layers: Layer) -> Network:
    return Network(title, (3, 256, 256), Conv("3x3", 512, 3, pad="same"), *layers)


KERAS_ONE = _keras("one 3x3 layer on 256x256x3")
KERAS_PROJECTION = _keras("3x3 and a 1x1 projection", Conv("1x1", 512, 1))
KERAS_REDUCTION = _keras("3x3 and a 1x1 reduction", Conv("1x1", 64, 1))
KERAS_EXPANSION = _keras("3x3 and a 1x1 expansion", Conv("1x1", 1024, 1))
SEVEN_ON_512 = Network("7x7 on 512 maps", (512, 256, 256), Conv("7x7", 64, 7, pad="same"))
SEVEN_ON_64 = Network("7x7 on 64 maps", (64, 256, 256), Conv("7x7", 64, 7, pad="same"))
ONE_BY_ONE_32 = Network("1x1 filters on 6x6x32", (32, 6, 6), Conv("1x1", F, 1))
THREE_BY_THREE_64 = Network("one 3x3 filter on 64 maps", (64, 56, 56), Conv("3x3", 1, 3))

SMALL_IMAGE = Network("one 3x3 filter on 6x6", (1, 6, 6), Conv("filter", 1, 3))
SMALL_IMAGE_STRIDE_2 = Network(
    "one 3x3 filter on 6x6, stride 2", (1, 6, 6), Conv("filter", 1, 3, stride=2)
)
SMALL_IMAGE_POOLED = Network(
    "filter and pooling on 6x6", (1, 6, 6), Conv("filter", 1, 3), Pool("pool", 2, 2)
)
SMALL_IMAGE_DENSE = Network("36 inputs to 16 outputs", (1, 6, 6), Dense("fc", 16, bias=False))
FULLY_CONNECTED = Network("100x100 image, 1,000 hidden units", (1, 100, 100), Dense("fc", 1000))

CONV_5 = Network("5x5, C to C", (C, H, W), Conv("conv", C, 5, pad="same"))
CONV_3_TWICE = Network(
    "two 3x3, C to C", (C, H, W), Conv("a", C, 3, pad="same"), Conv("b", C, 3, pad="same")
)
CONV_3_THRICE = Network(
    "three 3x3, C to C", (C, H, W), *(Conv(name, C, 3, pad="same") for name in "abc")
)
CONV_7 = Network("7x7, C to C", (C, H, W), Conv("conv", C, 7, pad="same"))
CONV_3 = Network("3x3, C to C", (C, H, W), Conv("conv", C, 3, pad="same"))
OPTION_1 = Network("3x3 on Cx2Hx2W", (C, 2 * H, 2 * W), Conv("conv", C, 3, pad="same"))
OPTION_2 = Network("3x3 on 2CxHxW", (2 * C, H, W), Conv("conv", 2 * C, 3, pad="same"))
BOTTLENECK_4C = Network(
    "bottleneck on 4CxHxW",
    (4 * C, H, W),
    Conv("1x1", C, 1),
    Conv("3x3", C, 3, pad="same"),
    Conv("1x1 back", 4 * C, 1),
)
RESIDUAL_3 = Network("3x3, c to c", (_c, H, W), Conv("conv", _c, 3, pad="same"))
RESIDUAL_BOTTLENECK = Network(
    "1x1 to d, 3x3, 1x1 to c",
    (_c, H, W),
    Conv("1x1", _d, 1),
    Conv("3x3", _d, 3, pad="same"),
    Conv("1x1 back", _c, 1),
)


def bottleneck(channels: int, width: int, size: int) -> Network:
    """Returns 1x1, 3x3, 1x1 without biases on size x size maps."""
    return Network(
        f"bottleneck {channels}-{width}-{channels} on {size}x{size}",
        (channels, size, size),
        Conv("1x1", width, 1, bias=False),
        Conv("3x3", width, 3, pad="same", bias=False),
        Conv("1x1 back", channels, 1, bias=False),
    )


BOTTLENECK_256 = bottleneck(256, 64, 28)
PLAIN_256 = Network("3x3 on 28x28x256", (256, 28, 28), Conv("3x3", 256, 3, pad="same", bias=False))
FACTORED_3 = Network(
    "3x1 then 1x3, C to C",
    (C, H, W),
    Conv("3x1", C, (3, 1), pad="same"),
    Conv("1x3", C, (1, 3), pad="same"),
)
# Squeeze and excitation on 256 channels with reduction 16.
SQUEEZE = Network(
    "SE block, C = 256, r = 16", (256, 1, 1), Dense("squeeze", 16), Dense("excite", 256)
)
STAGE_START = Network(
    "3x3/2 from 64 to 128 maps", (64, 56, 56), Conv("conv", 128, 3, stride=2, pad="same")
)
