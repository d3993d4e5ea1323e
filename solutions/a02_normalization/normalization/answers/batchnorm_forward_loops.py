"""One channel after the other, with keras.ops; the results are tensors."""

import keras


def batchnorm_forward(x, gamma, beta, epsilon=1e-3):
    outputs, means, variances = [], [], []
    for channel in range(x.shape[-1]):
        values = keras.ops.convert_to_tensor(x[..., channel])
        mean, variance = keras.ops.moments(values, axes=list(range(values.ndim)))
        means.append(mean)
        variances.append(variance)
        x_hat = (values - mean) / keras.ops.sqrt(variance + epsilon)
        outputs.append(gamma[channel] * x_hat + beta[channel])
    return (
        keras.ops.stack(outputs, axis=-1),
        keras.ops.stack(means),
        keras.ops.stack(variances),
    )
