"""You stop at the mean of the squares. L2 pooling takes the root of it, so that twice the input
gives twice the output.
"""

FAILS = ("l2_pool_forward", "l2_pool_backward", "global_pool_backward")


def l2_pool_forward(x, kernel_size, stride, ceil=False):
    return mean_pool_forward(x**2, kernel_size, stride, ceil)
