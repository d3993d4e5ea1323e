"""You pass `dout` on and lose what comes back through the branch. Add the two: the branch's
gradient plus `dout`.
"""

FAILS = ("residual_gradients",)


def residual_backward(dout, branch):
    return dout, branch.backward(dout)[1]
