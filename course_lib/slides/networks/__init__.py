"""The decks' networks as data, by name.

`get("alexnet64")` returns a `Network`; `names()` lists what there is. None of this is code that
trains: it is what the slides' tables say, for arithmetic only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from course_lib.slides._network import Network
from course_lib.slides.networks import classics, examples, googlenet, mobilenet, resnet, vgg

_FIXED: dict[str, Network] = {
    "lenet28": classics.LENET_28,
    "lenet32": classics.LENET_32,
    "lenet32_sparse": classics.LENET_32_SPARSE,
    "alexnet64": classics.ALEXNET_64,
    "alexnet96": classics.ALEXNET_96,
    "alexnet96_grouped": classics.ALEXNET_96_GROUPED,
    "alexnet_without_fc7": classics.ALEXNET_WITHOUT_FC7,
    "alexnet_without_fc6_fc7": classics.ALEXNET_WITHOUT_FC6_FC7,
    "alexnet_without_conv3_conv4": classics.ALEXNET_WITHOUT_CONV3_CONV4,
    "alexnet96_without_conv3_conv4": classics.ALEXNET_96_WITHOUT_CONV3_CONV4,
    "zfnet": classics.ZFNET,
    "vgg_a": vgg.VGG_A,
    "vgg_b": vgg.VGG_B,
    "vgg_c": vgg.VGG_C,
    "vgg_d": vgg.VGG_D,
    "vgg_e": vgg.VGG_E,
    "vgg_drawn": vgg.VGG_DRAWN,
    "googlenet": googlenet.GOOGLENET,
    "googlenet_stem": googlenet.STEM,
    "stem_separable": googlenet.STEM_SEPARABLE,
    "googlenet_head": googlenet.HEAD,
    "vgg_head": googlenet.HEAD_VGG,
    "inception_naive": googlenet.NAIVE,
    "inception_bottleneck": googlenet.BOTTLENECK,
    "reduction_56": googlenet.REDUCTION_56,
    "standard_conv": mobilenet.STANDARD_CONV,
    "separable_conv": mobilenet.SEPARABLE_CONV,
    "keras_one": examples.KERAS_ONE,
    "keras_projection": examples.KERAS_PROJECTION,
    "keras_reduction": examples.KERAS_REDUCTION,
    "keras_expansion": examples.KERAS_EXPANSION,
    "seven_on_512": examples.SEVEN_ON_512,
    "seven_on_64": examples.SEVEN_ON_64,
    "one_by_one_32": examples.ONE_BY_ONE_32,
    "three_by_three_64": examples.THREE_BY_THREE_64,
    "small_image": examples.SMALL_IMAGE,
    "small_image_stride_2": examples.SMALL_IMAGE_STRIDE_2,
    "small_image_pooled": examples.SMALL_IMAGE_POOLED,
    "small_image_dense": examples.SMALL_IMAGE_DENSE,
    "fully_connected": examples.FULLY_CONNECTED,
    "conv_5": examples.CONV_5,
    "conv_3": examples.CONV_3,
    "conv_3_twice": examples.CONV_3_TWICE,
    "conv_3_thrice": examples.CONV_3_THRICE,
    "conv_7": examples.CONV_7,
    "option_1": examples.OPTION_1,
    "option_2": examples.OPTION_2,
    "bottleneck_4c": examples.BOTTLENECK_4C,
    "residual_3": examples.RESIDUAL_3,
    "residual_bottleneck": examples.RESIDUAL_BOTTLENECK,
    "bottleneck_256": examples.BOTTLENECK_256,
    "plain_256": examples.PLAIN_256,
    "factored_3": examples.FACTORED_3,
    "squeeze": examples.SQUEEZE,
    "stage_start": examples.STAGE_START,
}

_MADE: dict[str, Callable[[], Network]] = {
    **{f"resnet{d}": partial(resnet.resnet, d) for d in resnet.RESNET_TABLE},
    **{
        f"resnet{d}_option_a": partial(
            resnet.resnet, d, projections=False, title=f"ResNet-{d} with option-A shortcuts"
        )
        for d in resnet.RESNET_TABLE
    },
    **{
        f"resnet{d}_v1_5": partial(
            resnet.resnet, d, stride_on="3x3", title=f"ResNet-{d} with the stride on the 3x3"
        )
        for d in resnet.RESNET_TABLE
    },
    **{
        f"resnext{d}": partial(
            resnet.resnet, d, stride_on="3x3", groups=32, inner=2, title=f"ResNeXt-{d} 32x4d"
        )
        for d in ("50", "101")
    },
    **{f"cifar_resnet{d}": partial(resnet.cifar_resnet, d) for d in (20, 32, 56, 110, 1202)},
    **{f"pyramidnet110_{alpha}": partial(resnet.pyramidnet, 110, alpha) for alpha in (48, 84, 270)},
    "pyramidnet164_270": partial(resnet.pyramidnet, 164, 270, bottleneck=True),
    **{
        f"mobilenet_{width:g}_{size}_{classes}": partial(mobilenet.mobilenet, width, size, classes)
        for width in (1.0, 0.75, 0.5, 0.25)
        for size in (224, 192)
        for classes in (1000, 120)
    },
}


@cache
def get(name: str) -> Network:
    """Returns the network of that name.

    Raises:
        KeyError: for an unknown name.
    """
    if name in _FIXED:
        return _FIXED[name]
    if name in _MADE:
        return _MADE[name]()
    raise KeyError(
        "A network's name must be one that `course_lib.slides.networks.names()` lists. "
        f"Received: {name!r}"
    )


def names() -> tuple[str, ...]:
    """Returns the names of all networks, sorted."""
    return tuple(sorted((*_FIXED, *_MADE)))
