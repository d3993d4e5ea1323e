"""Your layer takes `strides` and convolves with stride 1. Pass `strides=self.strides` to every
convolution."""

import keras

FAILS = ("GroupedConv2D",)


class GroupedConv2D(keras.layers.Layer):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", groups=1, **options):
        super().__init__(**options)
        self.filters, self.kernel_size = filters, kernel_size
        self.strides, self.padding, self.groups = strides, padding, groups

    def build(self, input_shape):
        shape = (*self.kernel_size, input_shape[-1] // self.groups, self.filters)
        self.kernel = self.add_weight(shape=shape, name="kernel")
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros", name="bias")

    def call(self, x):
        maps = keras.ops.split(x, self.groups, axis=-1)
        kernels = keras.ops.split(self.kernel, self.groups, axis=-1)
        parts = [
            keras.ops.conv(part, kernel, padding=self.padding)
            for part, kernel in zip(maps, kernels, strict=True)
        ]
        return keras.ops.concatenate(parts, axis=-1) + self.bias

    def get_config(self):
        own = ("filters", "kernel_size", "strides", "padding", "groups")
        return super().get_config() | {name: getattr(self, name) for name in own}
