"""You gave the kernels that are printed. With option A the network has neither projections of
1 × 1 nor a stem of 7 × 7."""

FAILS = ("slide_errata",)


slide_errata = {
    "pool": (3, 2),
    "depth": 18,
    "weight_decay": 10,
    "copied_from": [18, 34, 50, 101, 152],
    "kernels": [1, 3, 7],
    "classes": 10,
}
