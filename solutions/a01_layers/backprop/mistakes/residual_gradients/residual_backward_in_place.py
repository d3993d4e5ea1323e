"""You add into `dout` itself. The array belongs to the module behind you, which may still need it:
write dout + dbranch, which makes a new one.
"""

FAILS = ("residual_gradients",)
HINT = "Work on a copy (`x = x.copy()`), or use operations that return a new array."


def residual_backward(dout, branch):
    dbranch, weight_gradients = branch.backward(dout)
    dout += dbranch
    return dout, weight_gradients
