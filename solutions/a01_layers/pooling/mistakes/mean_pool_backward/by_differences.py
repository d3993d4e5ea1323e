"""You use the numerical gradient as the backward pass. It is there to check your formula with:
write the formula.
"""

FAILS = ("mean_pool_backward", "global_pool_backward")
# Not a wrong value: the grader names the call.
HINT = None


def mean_pool_backward(dout, x, kernel_size, stride, ceil=False):
    return gradients.numerical_gradient(
        lambda z: mean_pool_forward(z, kernel_size, stride, ceil), x, dout
    )
