"""LeNet, AlexNet and ZFNet as the decks print them."""

from __future__ import annotations

from course_lib.slides._layers import Conv, Dense, Flatten, Layer, Norm, Pool
from course_lib.slides._network import Network

LENET_28 = Network(
    "LeNet-5 for 28x28 (20/50/500/10)",
    (1, 28, 28),
    Conv("Conv1", 20, 5, pad=2),
    Pool("Pool1", 2, 2),
    Conv("Conv2", 50, 5, pad=2),
    Pool("Pool2", 2, 2),
    Flatten("Flatten"),
    Dense("Linear1", 500),
    Dense("Linear2", 10),
)

# LeCun et al. 1998, table 1: maps 0-5 see three neighbouring inputs, 6-11 four neighbours, 12-14
# two pairs, and the last one all six. Numbers are input maps, counted cyclically.
C3_CONNECTIONS: tuple[frozenset[int], ...] = (
    *(frozenset((i + k) % 6 for k in range(3)) for i in range(6)),
    *(frozenset((i + k) % 6 for k in range(4)) for i in range(6)),
    *(frozenset((i + k) % 6 for k in (0, 1, 3, 4)) for i in range(3)),
    frozenset(range(6)),
)
# The same table as the deck shows it: one line for each input map, one mark for each output map.
C3_DRAWN = (
    "X..XXX..XXXXXXX.",
    "XX..XXX.XXXXXXX.",
    "XXX..XXX.XXXXXX.",
    ".XXX..XXXX.XXXX.",
    "..XXX..XXXXXXXX.",
    "...XXX..XXXXXXX.",
)


def _lenet_32(title: str, connections: int | None) -> Network:
    return Network(
        title,
        (1, 32, 32),
        Conv("C1", 6, 5),
        Pool("S2", 2, 2, kind="average"),
        Conv("C3", 16, 5, connections=connections),
        Pool("S4", 2, 2, kind="average"),
        Conv("C5", 120, 5),
        Dense("F6", 84),
        Dense("Output", 10),
    )


LENET_32 = _lenet_32("LeNet-5 for 32x32 (6/16/120/84/10)", None)
LENET_32_SPARSE = _lenet_32(
    "LeNet-5 for 32x32 with the C3 table", sum(len(seen) for seen in C3_CONNECTIONS)
)

ALEXNET_64 = Network(
    "AlexNet with 64 first filters",
    (3, 227, 227),
    Conv("Conv1", 64, 11, stride=4, pad=2),
    Pool("Pool1", 3, 2),
    Conv("Conv2", 192, 5, pad=2),
    Pool("Pool2", 3, 2),
    Conv("Conv3", 384, 3, pad=1),
    Conv("Conv4", 256, 3, pad=1),
    Conv("Conv5", 256, 3, pad=1),
    Pool("Pool5", 3, 2),
    Flatten("Flatten"),
    Dense("FC6", 4096),
    Dense("FC7", 4096),
    Dense("FC8", 1000),
)


def _alexnet_96(title: str, groups: int, without: tuple[str, ...] = ()) -> Network:
    layers: tuple[Layer, ...] = (
        Conv("CONV1", 96, 11, stride=4),
        Pool("POOL1", 3, 2),
        Norm("NORM1"),
        Conv("CONV2", 256, 5, pad=2, groups=groups),
        Pool("POOL2", 3, 2),
        Norm("NORM2"),
        Conv("CONV3", 384, 3, pad=1),
        Conv("CONV4", 384, 3, pad=1, groups=groups),
        Conv("CONV5", 256, 3, pad=1, groups=groups),
        Pool("POOL3", 3, 2),
        Dense("FC6", 4096),
        Dense("FC7", 4096),
        Dense("FC8", 1000),
    )
    kept = (layer for layer in layers if layer.name not in without)
    return Network(title, (3, 227, 227), *kept)


ALEXNET_96 = _alexnet_96("AlexNet with 96 first filters, simplified", 1)
ALEXNET_96_GROUPED = _alexnet_96("AlexNet with 96 first filters, on two GPUs", 2)
ALEXNET_WITHOUT_FC7 = _alexnet_96("AlexNet without FC7", 2, ("FC7",))
ALEXNET_WITHOUT_FC6_FC7 = _alexnet_96("AlexNet without FC6 and FC7", 2, ("FC6", "FC7"))
ALEXNET_WITHOUT_CONV3_CONV4 = _alexnet_96("AlexNet without Conv3 and Conv4", 2, ("CONV3", "CONV4"))
ALEXNET_96_WITHOUT_CONV3_CONV4 = _alexnet_96(
    "simplified AlexNet without Conv3 and Conv4", 1, ("CONV3", "CONV4")
)

# The 2013 paper's figure: 55x55 after the first pooling needs pad 1 and pooling that rounds up.
ZFNET = Network(
    "ZFNet, 8 layers",
    (3, 224, 224),
    Conv("Conv1", 96, 7, stride=2, pad=1),
    Pool("Pool1", 3, 2, ceil=True),
    Conv("Conv2", 256, 5, stride=2),
    Pool("Pool2", 3, 2, ceil=True),
    Conv("Conv3", 384, 3, pad=1),
    Conv("Conv4", 384, 3, pad=1),
    Conv("Conv5", 256, 3, pad=1),
    Pool("Pool5", 3, 2, ceil=True),
    Dense("FC6", 4096),
    Dense("FC7", 4096),
    Dense("FC8", 1000),
)
