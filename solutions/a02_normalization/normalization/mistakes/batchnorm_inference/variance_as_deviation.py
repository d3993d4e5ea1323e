"""You divide by the moving variance. What is stored is the variance: add epsilon and take the
root before you divide.
"""

FAILS = ("batchnorm_inference",)


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=1e-3):
    x_hat = (x - moving_mean) / (moving_variance + epsilon)
    return gamma * x_hat + beta
