"""You multiply x by softplus itself, which grows without limit. A tanh stands between: x *
tanh(softplus(x)).
"""

FAILS = ("swish_and_mish",)


def mish(x):
    return x * softplus(x)
