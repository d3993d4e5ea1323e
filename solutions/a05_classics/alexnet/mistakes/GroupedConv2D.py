"""Mistakes in `GroupedConv2D`."""

from autograder.checks import change, instead

change(
    "added",
    "return keras.ops.concatenate(parts, axis=-1) + self.bias",
    "return keras.ops.tile(sum(parts), (1, 1, 1, self.groups)) + self.bias",
    say=(
        "You add the results of the groups. Each group has filters of its own, and their maps are "
        "put side by side: concatenate along the last axis."
    ),
)


@instead(
    "all_at_once",
    say=(
        "You hand `keras.ops.conv` all maps and a kernel for half of them, and it does the "
        "grouping. Give each convolution the maps of its own group."
    ),
    hint=None,
)
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
        maps = keras.ops.conv(x, self.kernel, strides=self.strides, padding=self.padding)
        return maps + self.bias

    def get_config(self):
        own = ("filters", "kernel_size", "strides", "padding", "groups")
        return super().get_config() | {name: getattr(self, name) for name in own}


# A dense convolution: the very weights that grouping saves are there again.


@instead(
    "all_channels",
    say=(
        "Your kernel has a weight for every input map. A filter sees the maps of its own group "
        "only: the third number of its shape is `channels // groups`."
    ),
    hint=None,
)
class GroupedConv2D(keras.layers.Layer):
    def __init__(self, filters, kernel_size, strides=1, padding="valid", groups=1, **options):
        super().__init__(**options)
        self.filters, self.kernel_size = filters, kernel_size
        self.strides, self.padding, self.groups = strides, padding, groups

    def build(self, input_shape):
        shape = (*self.kernel_size, input_shape[-1], self.filters)
        self.kernel = self.add_weight(shape=shape, name="kernel")
        self.bias = self.add_weight(shape=(self.filters,), initializer="zeros", name="bias")

    def call(self, x):
        maps = [x] * self.groups
        kernels = keras.ops.split(self.kernel, self.groups, axis=-1)
        parts = [
            keras.ops.conv(part, kernel, strides=self.strides, padding=self.padding)
            for part, kernel in zip(maps, kernels, strict=True)
        ]
        return keras.ops.concatenate(parts, axis=-1) + self.bias

    def get_config(self):
        own = ("filters", "kernel_size", "strides", "padding", "groups")
        return super().get_config() | {name: getattr(self, name) for name in own}


change(
    "bias_for_each_group",
    """
    return keras.ops.concatenate(parts, axis=-1) + self.bias
    """,
    """
    bias = keras.ops.tile(self.bias[: self.filters // self.groups], self.groups)
    return keras.ops.concatenate(parts, axis=-1) + bias
    """,
    say=(
        "You add only the first group's part of the bias, to every group. Each map has a bias of "
        "its own: add the whole vector after you have concatenated."
    ),
)


change(
    "bias_forgotten",
    "return keras.ops.concatenate(parts, axis=-1) + self.bias",
    "return keras.ops.concatenate(parts, axis=-1)",
    say="You make a bias and do not use it. Add it to the concatenated maps, one number for each.",
)


change(
    "config_without_groups",
    'self.kernel = self.add_weight(shape=shape, initializer="glorot_uniform", name="kernel")',
    'self.kernel = self.add_weight(shape=shape, name="kernel")',
    """
    return super().get_config() | {
        "filters": self.filters,
        "kernel_size": self.kernel_size,
        "strides": self.strides,
        "padding": self.padding,
        "groups": self.groups,
    }
    """,
    """
    own = ("filters", "kernel_size", "strides", "padding")
    return super().get_config() | {name: getattr(self, name) for name in own}
    """,
    say=(
        "Your configuration lacks `groups`, so a saved layer comes back as an ordinary "
        "convolution. `get_config` returns everything that `__init__` takes."
    ),
    hint=None,
)


change(
    "crossed",
    "zip(maps, kernels, strict=True)",
    "zip(maps[::-1], kernels, strict=True)",
    say=(
        "You give the first maps to the last filters. Group i connects the i-th part of the maps "
        "with the i-th part of the filters."
    ),
)


change(
    "interleaved",
    "maps = keras.ops.split(x, self.groups, axis=-1)",
    "maps = [x[..., group :: self.groups] for group in range(self.groups)]",
    say=(
        "Your first group takes every second map. The groups are blocks that lie side by side: the "
        "first group takes the first half of the maps, not the even ones."
    ),
)


@instead(
    "keras",
    say="You let Keras do the grouping. Split, convolve and concatenate yourself.",
    hint=None,
)
class GroupedConv2D(keras.layers.Conv2D):
    """Keras' own layer under another name."""


change(
    "padding_forgotten",
    "strides=self.strides, padding=self.padding)",
    "strides=self.strides)",
    say=(
        "Your layer takes `padding` and never pads. Pass `padding=self.padding` to every "
        "convolution."
    ),
)


change(
    "reversed",
    "return keras.ops.concatenate(parts, axis=-1) + self.bias",
    "return keras.ops.concatenate(parts[::-1], axis=-1) + self.bias",
    say="You put the results together in the wrong order. The maps of the first group come first.",
)


change(
    "stride_forgotten",
    "strides=self.strides, padding=self.padding)",
    "padding=self.padding)",
    say=(
        "Your layer takes `strides` and convolves with stride 1. Pass `strides=self.strides` to "
        "every convolution."
    ),
)

change(
    "config_without_the_parent",
    "return super().get_config() | {",
    "return {",
    say=(
        "Your configuration leaves out what the parent class keeps: name, dtype and the like "
        "are lost when the layer is loaded. Begin with super().get_config() and add your "
        "arguments."
    ),
)


change(
    "config_of_the_parent",
    """
    return super().get_config() | {
        "filters": self.filters,
        "kernel_size": self.kernel_size,
        "strides": self.strides,
        "padding": self.padding,
        "groups": self.groups,
    }
    """,
    """
    return super().get_config()
    """,
    say=(
        "Your configuration lacks your own arguments, so Keras cannot make the layer again. "
        "Add all that `__init__` takes."
    ),
    hint=None,
)


change(
    "config_without_strides",
    '"strides": self.strides,',
    "",
    say=(
        "Your configuration lacks `strides`, so a saved layer comes back with stride 1. "
        "Return everything that `__init__` takes."
    ),
)


change(
    "config_without_padding",
    '"padding": self.padding,',
    "",
    say=(
        'Your configuration lacks `padding`, so a saved layer comes back with "valid". Return '
        "everything that `__init__` takes."
    ),
)
