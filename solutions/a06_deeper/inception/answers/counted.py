"""The predictions counted by the cost model."""

from course_lib import costs

_naive = costs.count(lambda: as_model(naive_inception)((28, 28, 256), (128, 192, 96)))
naive_growth = {
    "depth": _naive.rows[-1].output_shape[-1],
    "values": 28 * 28 * _naive.rows[-1].output_shape[-1],
    "depth_after_two": 128 + 192 + 96 + _naive.rows[-1].output_shape[-1],
}
