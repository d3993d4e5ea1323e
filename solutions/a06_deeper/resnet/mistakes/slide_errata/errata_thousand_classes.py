"""1,000 is the number of classes of ImageNet. The errors were measured on CIFAR-10."""

FAILS = ("slide_errata",)


slide_errata = {
    "pool": (3, 2),
    "depth": 18,
    "weight_decay": 10,
    "copied_from": [18, 34, 50, 101, 152],
    "kernels": [3],
    "classes": 1000,
}
