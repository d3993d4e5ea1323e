"""The printed sizes subtracted."""

vgg_growth = {
    "B to C": 133_638_952 - 133_047_848,
    "C to D": 138_357_544 - 133_638_952,
    "D to E": 143_667_240 - 138_357_544,
}
