"""16 is what the slide prints. Count the layers of the smallest network with `weight_layers`."""

FAILS = ("slide_errata",)


slide_errata = {
    "pool": (3, 2),
    "depth": 16,
    "weight_decay": 10,
    "copied_from": [18, 34, 50, 101, 152],
    "kernels": [3],
    "classes": 10,
}
