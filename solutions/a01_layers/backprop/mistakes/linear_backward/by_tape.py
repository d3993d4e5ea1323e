"""Your gradient comes from a tape that differentiates for you. Write the three matrix products
yourself: they are what such a tape runs.
"""

import numpy as np

FAILS = ("linear_backward", "one_step")
HINT = "Compute it from array arithmetic: products, sums, slices and loops."


def linear_backward(dout, x, w):
    import tensorflow as tf

    x, w, b = tf.constant(x), tf.constant(w), tf.zeros(w.shape[1], tf.float64)
    with tf.GradientTape() as tape:
        tape.watch((x, w, b))
        z = tf.reduce_sum((x @ w + b) * dout)
    return tuple(np.asarray(gradient) for gradient in tape.gradient(z, (x, w, b)))
