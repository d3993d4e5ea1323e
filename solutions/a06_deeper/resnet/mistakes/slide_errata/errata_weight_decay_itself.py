"""You gave the weight decay itself. The question is how many times too small the printed one
is: divide 1e-4 by 1e-5."""

FAILS = ("slide_errata",)


slide_errata = {
    "pool": (3, 2),
    "depth": 18,
    "weight_decay": 1e-4,
    "copied_from": [18, 34, 50, 101, 152],
    "kernels": [3],
    "classes": 10,
}
