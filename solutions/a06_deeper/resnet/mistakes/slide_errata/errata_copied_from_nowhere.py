"""You gave the depths of the CIFAR networks themselves. Look for 1.8, 3.6, 3.86, 7.6 and 11.3
among the multiply-adds of the networks in section 6."""

FAILS = ("slide_errata",)


slide_errata = {
    "pool": (3, 2),
    "depth": 18,
    "weight_decay": 10,
    "copied_from": [20, 32, 56, 110, 1202],
    "kernels": [3],
    "classes": 10,
}
