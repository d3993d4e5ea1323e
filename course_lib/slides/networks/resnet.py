"""Residual networks: ImageNet, CIFAR, ResNeXt and PyramidNet."""

from __future__ import annotations

from typing import Literal

from course_lib.slides._layers import (
    BatchNorm,
    Branches,
    Conv,
    Dense,
    GlobalPool,
    Group,
    Layer,
    Pool,
)
from course_lib.slides._network import Network

# name: kind of block, blocks in each of the four stages
RESNET_TABLE: dict[str, tuple[Literal["basic", "bottleneck"], tuple[int, int, int, int]]] = {
    "18": ("basic", (2, 2, 2, 2)),
    "34": ("basic", (3, 4, 6, 3)),
    "50": ("bottleneck", (3, 4, 6, 3)),
    "101": ("bottleneck", (3, 4, 23, 3)),
    "152": ("bottleneck", (3, 8, 36, 3)),
}


def _conv(name: str, filters: int, kernel: int, stride: int = 1, groups: int = 1) -> Conv:
    return Conv(
        name, filters, kernel, stride, pad="same", groups=groups, bias=False, batch_norm=True
    )


def residual_stage(
    name: str,
    kind: str,
    blocks: int,
    width: int,
    channels: int,
    stride: int,
    *,
    stride_on: str = "1x1",
    projections: bool = True,
    groups: int = 1,
    inner: int | None = None,
) -> tuple[Group, int]:
    """Returns a stage and its output channels.

    Args:
        name: the stage's name.
        kind: `basic` (3x3, 3x3) or `bottleneck` (1x1, 3x3, 1x1 to four times the width).
        blocks: number of blocks.
        width: filters of the stage.
        channels: input channels.
        stride: stride of its first block.
        stride_on: which convolution of a bottleneck has the stride, `1x1` (He et al.) or `3x3`.
        projections: whether a shape change is projected by a 1x1 convolution (option B), or by
            subsampling and zeros (option A).
        groups: groups of the 3x3 convolution (ResNeXt).
        inner: filters inside a bottleneck if they differ from `width`.
    """
    made: list[Layer] = []
    for number in range(1, blocks + 1):
        step = stride if number == 1 else 1
        prefix = f"{name}_{number}"
        body: tuple[Layer, ...]
        if kind == "basic":
            end = width
            body = (_conv(f"{prefix} a", width, 3, step), _conv(f"{prefix} b", width, 3))
        else:
            end = 4 * width
            first, second = (step, 1) if stride_on == "1x1" else (1, step)
            middle = inner or width
            body = (
                _conv(f"{prefix} a", middle, 1, first),
                _conv(f"{prefix} b", middle, 3, second, groups),
                _conv(f"{prefix} c", end, 1),
            )
        shortcut: tuple[Layer, ...] = ()
        if (step != 1 or channels != end) and projections:
            shortcut = (_conv(f"{prefix} projection", end, 1, step),)
        elif step != 1:
            shortcut = (Pool(f"{prefix} subsample", 1, step),)
        made.append(Branches(prefix, (body, shortcut), merge="add", pad_channels=not projections))
        channels = end
    return Group(name, tuple(made)), channels


def resnet(
    depth: str,
    *,
    stride_on: str = "1x1",
    projections: bool = True,
    groups: int = 1,
    inner: int = 1,
    title: str = "",
) -> Network:
    """Returns an ImageNet ResNet. `inner` multiplies the width inside bottlenecks (ResNeXt)."""
    kind, blocks = RESNET_TABLE[depth]
    layers: list[Layer] = [_conv("conv1", 64, 7, 2), Pool("pool1", 3, 2, pad=1)]
    channels = 64
    for number, count in enumerate(blocks, start=2):
        width = 64 * 2 ** (number - 2)
        stage, channels = residual_stage(
            f"conv{number}_x",
            kind,
            count,
            width,
            channels,
            1 if number == 2 else 2,
            stride_on=stride_on,
            projections=projections,
            groups=groups,
            inner=width * inner,
        )
        layers.append(stage)
    layers += [GlobalPool("average pool"), Dense("fc", 1000)]
    return Network(title or f"ResNet-{depth}", (3, 224, 224), *layers)


def cifar_resnet(depth: int) -> Network:
    """Returns the CIFAR-10 ResNet of depth 6n + 2, with parameter-free shortcuts."""
    layers: list[Layer] = [_conv("conv1", 16, 3)]
    channels = 16
    for number, width in enumerate((16, 32, 64), start=1):
        stage, channels = residual_stage(
            f"stage {number}",
            "basic",
            (depth - 2) // 6,
            width,
            channels,
            1 if number == 1 else 2,
            projections=False,
        )
        layers.append(stage)
    layers += [GlobalPool("average pool"), Dense("fc", 10)]
    return Network(f"CIFAR ResNet-{depth}", (3, 32, 32), *layers)


def pyramidnet(depth: int, alpha: int, bottleneck: bool = False) -> Network:
    """Returns an additive PyramidNet for CIFAR-10, whose widths grow by alpha in equal steps.

    Blocks are BN, conv, BN, ReLU, conv, BN (a bottleneck has one pair more), and shortcuts are
    filled up with zeros.
    """
    blocks = (depth - 2) // (9 if bottleneck else 6)
    layers: list[Layer] = [_conv("conv1", 16, 3)]
    width = 16.0
    for stage in range(1, 4):
        made: list[Layer] = []
        for number in range(1, blocks + 1):
            width += alpha / (3 * blocks)
            filters = round(width)
            step = 2 if stage > 1 and number == 1 else 1
            prefix = f"stage {stage}_{number}"
            body: tuple[Layer, ...] = (BatchNorm(f"{prefix} norm"),)
            if bottleneck:
                body += (
                    _conv(f"{prefix} a", filters, 1),
                    _conv(f"{prefix} b", filters, 3, step),
                    _conv(f"{prefix} c", 4 * filters, 1),
                )
            else:
                body += (_conv(f"{prefix} a", filters, 3, step), _conv(f"{prefix} b", filters, 3))
            shortcut: tuple[Layer, ...] = (Pool(f"{prefix} pool", 1, step),) if step > 1 else ()
            made.append(Branches(prefix, (body, shortcut), merge="add", pad_channels=True))
        layers.append(Group(f"stage {stage}", tuple(made)))
    layers += [BatchNorm("norm"), GlobalPool("average pool"), Dense("fc", 10)]
    return Network(f"PyramidNet-{depth}, alpha {alpha}", (3, 32, 32), *layers)
