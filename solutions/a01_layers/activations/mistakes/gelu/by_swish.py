"""You wrote Swish with beta = 1.702, which is only close to GELU (off by up to 0.02). Use the
tanh formula of the slide.
"""

FAILS = (
    "gelu",
    "gelu_slip",
)


def gelu(x):
    return x * sigmoid(1.702 * x)
