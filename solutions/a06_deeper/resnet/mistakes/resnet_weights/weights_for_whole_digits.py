"""You trained on shrunken digits, and your network gets them as they are. Its weights fit images of
any size, so the shrinking must be part of it.
"""

FAILS = ("resnet_weights",)
HINT = None  # An accuracy has many causes.


def digit_resnet():
    return cifar_resnet(1, width=8, input_shape=(28, 28, 1))
