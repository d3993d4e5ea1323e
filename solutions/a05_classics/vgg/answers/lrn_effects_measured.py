"""The layer asked; two digits where they are enough."""

_alike = np.ones((1, 1, 1, 9), "float32")
_loud = np.asarray(LocalResponseNorm()(200 * _alike)).ravel()
lrn_effects = {
    "at_one": float(np.asarray(LocalResponseNorm()(_alike))[..., 4].item()),
    "felt": 63,
    "edge": _loud[0] / _loud[4],
    "megabytes": 13,
}
