"""GoogLeNet with its printed branch table, and single inception modules."""

from __future__ import annotations

from course_lib.slides._layers import (
    Branches,
    Conv,
    Dense,
    Flatten,
    Group,
    Layer,
    Pool,
)
from course_lib.slides._network import Network

# name: #1x1, #3x3 reduce, #3x3, #5x5 reduce, #5x5, pool proj
INCEPTION_TABLE: dict[str, tuple[int, int, int, int, int, int]] = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


def inception(name: str, filters: tuple[int, int, int, int, int, int]) -> Branches:
    """Returns an inception module with 1x1 reductions."""
    one, three_reduce, three, five_reduce, five, projection = filters
    return Branches(
        name,
        (
            (Conv(f"{name} 1x1", one, 1),),
            (
                Conv(f"{name} 3x3 reduce", three_reduce, 1),
                Conv(f"{name} 3x3", three, 3, pad="same"),
            ),
            (
                Conv(f"{name} 5x5 reduce", five_reduce, 1),
                Conv(f"{name} 5x5", five, 5, pad="same"),
            ),
            (Pool(f"{name} pool", 3, 1, pad=1), Conv(f"{name} pool proj", projection, 1)),
        ),
    )


def _googlenet() -> Network:
    layers: list[Layer] = [
        Conv("conv1", 64, 7, stride=2, pad=3),
        Pool("pool1", 3, 2, pad=1),
        Group("conv2", (Conv("conv2 reduce", 64, 1), Conv("conv2 3x3", 192, 3, pad="same"))),
        Pool("pool2", 3, 2, pad=1),
    ]
    for name, filters in INCEPTION_TABLE.items():
        if name in ("4a", "5a"):
            layers.append(Pool(f"pool{int(name[0]) - 1}", 3, 2, pad=1))
        layers.append(inception(name, filters))
    layers += [Pool("avg pool", 7, 1, kind="average"), Dense("linear", 1000)]
    return Network("GoogLeNet", (3, 224, 224), *layers)


GOOGLENET = _googlenet()

STEM = Network(
    "GoogLeNet's stem",
    (3, 224, 224),
    Conv("conv1", 64, 7, stride=2, pad=3),
    Pool("pool1", 3, 2, pad=1),
    Conv("conv2", 64, 1),
    Conv("conv3", 192, 3, pad=1),
    Pool("pool2", 3, 2, pad=1),
)
# What the table's first row would cost if 7x7 were split into 7x1 and 1x7, as its authors counted.
STEM_SEPARABLE = Network(
    "a 7x7 split into 7x1 and 1x7, both on the image",
    (3, 112, 112),
    Branches(
        "conv1",
        (
            (Conv("7x1", 64, (7, 1), pad="same", bias=False),),
            (Conv("1x7", 64, (1, 7), pad="same", bias=False),),
        ),
    ),
)
HEAD = Network(
    "GoogLeNet's head",
    (1024, 7, 7),
    Pool("avg-pool", 7, 1, kind="average"),
    Dense("fc", 1000),
)
HEAD_VGG = Network(
    "VGG's head",
    (512, 7, 7),
    Flatten("Flatten"),
    Dense("FC6", 4096),
    Dense("FC7", 4096),
    Dense("FC8", 1000),
)
NAIVE = Network(
    "naive inception module on 28x28x256",
    (256, 28, 28),
    Branches(
        "naive",
        (
            (Conv("1x1", 128, 1),),
            (Conv("3x3", 192, 3, pad="same"),),
            (Conv("5x5", 96, 5, pad="same"),),
            (Pool("pool", 3, 1, pad=1),),
        ),
    ),
)
BOTTLENECK = Network(
    "inception module with reductions on 28x28x256",
    (256, 28, 28),
    Branches(
        "bottleneck",
        (
            (Conv("1x1", 128, 1),),
            (Conv("3x3 reduce", 64, 1), Conv("3x3", 192, 3, pad="same")),
            (Conv("5x5 reduce", 64, 1), Conv("5x5", 96, 5, pad="same")),
            (Pool("pool", 3, 1, pad=1), Conv("pool proj", 64, 1)),
        ),
    ),
)
REDUCTION_56 = Network("32 1x1 filters on 56x56x64", (64, 56, 56), Conv("conv", 32, 1))
