"""The questions on which published counts disagree, each with an explicit answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Conventions:
    """How costs are counted and shown.

    Attributes:
        biases: Whether `parameters` include biases. Keras' summaries do; some slide rows do not.
        batch_norm_statistics: Whether `parameters` include the moving mean and variance of
            batch normalization. Keras' summaries do; papers do not.
        bias_macs: Whether adding a bias counts one MAC per output value.
        pool_macs: Whether pooling counts one MAC per value in its window.
        normalization_macs: Whether normalization counts one MAC per value (scale and shift).
        pool_memory: Whether the outputs of pooling count as activation memory.
        view_memory: Whether layers that only reshape, such as `Flatten`, count as memory.
        input_memory: Whether the network's input counts as activation memory.
        bytes_per_value: Size of one activation value; by default that of the output's own type,
            4 for `float32`.
        kilo: 1000 or 1024: what K, M and G (and KB, MB, GB) stand for where numbers are shown.
    """

    biases: bool = True
    batch_norm_statistics: bool = True
    bias_macs: bool = False
    pool_macs: bool = False
    normalization_macs: bool = False
    pool_memory: bool = True
    view_memory: bool = False
    input_memory: bool = True
    bytes_per_value: int | None = None
    kilo: int = 1000

    def __post_init__(self) -> None:
        if self.kilo not in (1000, 1024):
            raise ValueError(f"`kilo` must be 1000 or 1024. Received: kilo={self.kilo!r}")
        size = self.bytes_per_value
        if size is not None and (type(size) is not int or size < 1):
            raise ValueError(
                "`bytes_per_value` must be a positive integer, or None to take the size of each "
                f"layer's own type. Received: bytes_per_value={size!r}"
            )
