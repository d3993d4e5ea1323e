"""VGG configurations A to E, and VGG-16 as two of the decks draw it."""

from __future__ import annotations

from course_lib.slides._layers import Conv, Dense, Group, Layer, Pool
from course_lib.slides._network import Network

# One tuple for each of the five stages; a number is a 3x3 convolution with that many filters, a
# negative number a 1x1 convolution.
STAGES: dict[str, tuple[tuple[int, ...], ...]] = {
    "A": ((64,), (128,), (256,) * 2, (512,) * 2, (512,) * 2),
    "B": ((64,) * 2, (128,) * 2, (256,) * 2, (512,) * 2, (512,) * 2),
    "C": ((64,) * 2, (128,) * 2, (256, 256, -256), (512, 512, -512), (512, 512, -512)),
    "D": ((64,) * 2, (128,) * 2, (256,) * 3, (512,) * 3, (512,) * 3),
    "E": ((64,) * 2, (128,) * 2, (256,) * 4, (512,) * 4, (512,) * 4),
    "drawn": ((64,) * 2, (128,) * 2, (256,) * 2, (512,) * 3, (512,) * 3),
}
# The table of configurations has a sixth column, A with local response normalization.
CONFIGURATIONS = ("A", "A-LRN", "B", "C", "D", "E")


def vgg(title: str, stages: tuple[tuple[int, ...], ...]) -> Network:
    """Returns a VGG network with the given stages, each followed by a 2x2 pooling."""
    layers: list[Layer] = []
    for number, filters in enumerate(stages, start=1):
        convolutions = [
            Conv(f"conv{number}_{i}", abs(f), 3 if f > 0 else 1, pad="same")
            for i, f in enumerate(filters, start=1)
        ]
        layers += [Group(f"stage {number}", tuple(convolutions)), Pool(f"pool{number}", 2, 2)]
    return Network(
        title, (3, 224, 224), *layers, Dense("FC6", 4096), Dense("FC7", 4096), Dense("FC8", 1000)
    )


VGG_A = vgg("VGG-11 (A)", STAGES["A"])
VGG_B = vgg("VGG-13 (B)", STAGES["B"])
VGG_C = vgg("VGG-16 with 1x1 (C)", STAGES["C"])
VGG_D = vgg("VGG-16 (D)", STAGES["D"])
VGG_E = vgg("VGG-19 (E)", STAGES["E"])
VGG_DRAWN = vgg("VGG-16 as drawn, one convolution short", STAGES["drawn"])
