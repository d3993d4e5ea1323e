"""Your SELU uses ELU with alpha 1, its default. Pass SELU_ALPHA on."""

FAILS = ("elu_and_selu",)


def selu(x):
    return SELU_SCALE * elu(x)
