"""Layer by layer."""

LAYERS = (256, 512, 512)
vgg_growth = {
    "D to E": sum((9 * maps + 1) * maps for maps in LAYERS),
    "C to D": sum(8 * maps**2 for maps in LAYERS),
    "B to C": sum(maps**2 + maps for maps in LAYERS),
}
