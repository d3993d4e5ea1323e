"""One window as large as the image."""


def global_pool(x, kind):
    forward = {"max": max_pool_forward, "mean": mean_pool_forward, "l2": l2_pool_forward}[kind]
    return forward(x, x.shape[1:3], 1)[:, 0, 0, :]
