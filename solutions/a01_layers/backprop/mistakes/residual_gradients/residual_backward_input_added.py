"""You add the input z to the gradient, as the forward pass does. On the way back it is the
*gradients* of the two ways that are added: the branch's and `dout`.
"""

FAILS = ("residual_gradients",)


def residual_backward(dout, branch):
    dbranch, weight_gradients = branch.backward(dout)
    return branch.z + dbranch, weight_gradients
