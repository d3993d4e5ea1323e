"""You return what came back through the branch, and lose the gradient of the connection around it.
Add the two: the branch's gradient plus `dout`.
"""

FAILS = ("residual_gradients",)


def residual_backward(dout, branch):
    return branch.backward(dout)
