"""Every model in `keras.applications` against its published parameters and multiply-adds.

Parameters are the totals of `model.summary()`, biases and batch normalization statistics
included; rounded, they are the column "Parameters" of https://keras.io/api/applications/.

Multiply-adds are in units of 10^9, from:

* torchvision: the `_ops` entry of the weights' metadata in torchvision 0.21 (same architecture)
* timm: huggingface/pytorch-image-models, results/benchmark-infer-amp-nchw-pt240-cu124-rtx3090.csv
* the paper named, which often gives two digits and counts a variant of its own
"""

from __future__ import annotations

from dataclasses import dataclass

import keras
import pytest

from course_lib import costs

TORCHVISION = "torchvision"
TIMM = "timm"
RESNET = "He et al. 2015, Deep Residual Learning, Table 1"
MOBILENET = "Howard et al. 2017, MobileNets, Table 4"
MOBILENETV2 = "Sandler et al. 2018, MobileNetV2, Table 4"
MOBILENETV3 = "Howard et al. 2019, Searching for MobileNetV3, Table 3"
EFFICIENTNET = "Tan and Le 2019, EfficientNet, Table 2"
NASNET = "Zoph et al. 2018, Learning Transferable Architectures, Tables 1 and 2"
CONVNEXT = "Liu et al. 2022, A ConvNet for the 2020s, Table 1"


@dataclass(frozen=True)
class Published:
    """A model's published costs; `giga_macs` is `None` where nobody published this variant's."""

    parameters: int
    trainable: int
    giga_macs: float | None = None
    tolerance: float = 0.001  # relative
    source: str = ""
    input_shape: tuple[int, int, int] | None = None


PUBLISHED = {
    "ConvNeXtTiny": Published(28_589_128, 28_589_128, 4.456, source=TORCHVISION),
    "ConvNeXtSmall": Published(50_223_688, 50_223_688, 8.684, source=TORCHVISION),
    "ConvNeXtBase": Published(88_591_464, 88_591_464, 15.355, source=TORCHVISION),
    "ConvNeXtLarge": Published(197_767_336, 197_767_336, 34.361, source=TORCHVISION),
    "ConvNeXtXLarge": Published(350_196_968, 350_196_968, 60.9, source=CONVNEXT),
    "DenseNet121": Published(8_062_504, 7_978_856, 2.834, source=TORCHVISION),
    "DenseNet169": Published(14_307_880, 14_149_480, 3.36, source=TORCHVISION),
    "DenseNet201": Published(20_242_984, 20_013_928, 4.291, source=TORCHVISION),
    "EfficientNetB0": Published(5_330_571, 5_288_548, 0.39, 0.02, EFFICIENTNET),
    "EfficientNetB1": Published(7_856_239, 7_794_184, 0.70, 0.02, EFFICIENTNET),
    "EfficientNetB2": Published(9_177_569, 9_109_994, 1.0, 0.02, EFFICIENTNET),
    "EfficientNetB3": Published(12_320_535, 12_233_232, 1.827, source=TORCHVISION),
    "EfficientNetB4": Published(19_466_823, 19_341_616, 4.394, source=TORCHVISION),
    "EfficientNetB5": Published(30_562_527, 30_389_784, 10.266, source=TORCHVISION),
    "EfficientNetB6": Published(43_265_143, 43_040_704, 19.068, source=TORCHVISION),
    "EfficientNetB7": Published(66_658_687, 66_347_960, 37.746, source=TORCHVISION),
    "EfficientNetV2B0": Published(7_200_312, 7_139_704),
    "EfficientNetV2B1": Published(8_212_124, 8_141_052),
    "EfficientNetV2B2": Published(10_178_374, 10_096_086),
    "EfficientNetV2B3": Published(14_467_622, 14_358_406),
    "EfficientNetV2S": Published(21_612_360, 21_458_488, 8.366, source=TORCHVISION),
    "EfficientNetV2M": Published(54_431_388, 54_139_356, 24.582, source=TORCHVISION),
    "EfficientNetV2L": Published(119_027_848, 118_515_272, 56.08, source=TORCHVISION),
    "InceptionResNetV2": Published(55_873_736, 55_813_192, 13.18, 0.002, TIMM),
    "InceptionV3": Published(23_851_784, 23_817_352, 5.713, source=TORCHVISION),
    "MobileNet": Published(4_253_864, 4_231_976, 0.569, source=MOBILENET),
    "MobileNetV2": Published(3_538_984, 3_504_872, 0.300, 0.003, MOBILENETV2),
    "MobileNetV3Large": Published(
        5_507_432, 5_483_032, 0.219, 0.02, MOBILENETV3, input_shape=(224, 224, 3)
    ),
    "MobileNetV3Small": Published(
        2_554_968, 2_542_856, 0.056, 0.02, MOBILENETV3, input_shape=(224, 224, 3)
    ),
    "NASNetLarge": Published(88_949_818, 88_753_150, 23.8, source=NASNET),
    "NASNetMobile": Published(5_326_716, 5_289_978, 0.564, source=NASNET),
    "ResNet50": Published(25_636_712, 25_583_592, 3.8, 0.02, RESNET),
    "ResNet101": Published(44_707_176, 44_601_832, 7.6, 0.005, RESNET),
    "ResNet152": Published(60_419_944, 60_268_520, 11.3, 0.002, RESNET),
    "ResNet50V2": Published(25_613_800, 25_568_360),
    "ResNet101V2": Published(44_675_560, 44_577_896),
    "ResNet152V2": Published(60_380_648, 60_236_904),
    "VGG16": Published(138_357_544, 138_357_544, 15.470, 0.0001, TORCHVISION),
    "VGG19": Published(143_667_240, 143_667_240, 19.632, 0.0001, TORCHVISION),
    "Xception": Published(22_910_480, 22_855_952, 8.4, 0.006, TIMM),
}

# Computed by hand from the layer tables of the lectures (see tests/course/test_costs.py for LeNet).
GOLDEN_MACS = {
    "VGG16": 15_470_264_320,
    "VGG19": 19_632_062_464,
    "ResNet50": 3_857_973_248,
    "MobileNet": 568_740_352,
    "MobileNetV2": 300_774_272,
}


def test_the_table_is_complete():
    assert set(PUBLISHED) == {name for name in dir(keras.applications) if name[0].isupper()}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_costs(name):
    published = PUBLISHED[name]
    table = costs.count(
        lambda: getattr(keras.applications, name)(weights=None), published.input_shape
    )
    assert table.parameters == published.parameters
    assert table.trainable_parameters == published.trainable
    assert table.unsupported == ()
    if published.giga_macs is not None:
        assert table.macs / 1e9 == pytest.approx(published.giga_macs, rel=published.tolerance), (
            published.source
        )
    if name in GOLDEN_MACS:
        assert table.macs == GOLDEN_MACS[name]


def tensorflow_profile(model) -> int:
    """Returns the FLOPs that TensorFlow's profiler counts in convolutions and matrix products."""
    import contextlib
    import io
    import os

    import tensorflow as tf

    specification = tf.TensorSpec((1, *model.inputs[0].shape[1:]), model.inputs[0].dtype)
    graph = tf.function(lambda x: model(x)).get_concrete_function(specification).graph
    builder = tf.compat.v1.profiler.ProfileOptionBuilder
    options = builder(builder.float_operation()).with_file_output(os.devnull).build()
    with contextlib.redirect_stdout(io.StringIO()):
        profile = tf.compat.v1.profiler.profile(graph, cmd="op", options=options)
    counted = 0
    kinds = ("Conv2D", "DepthwiseConv2dNative", "MatMul", "BatchMatMulV2", "Einsum")
    pending = [profile]
    while pending:
        node = pending.pop()
        counted += node.float_ops if node.name in kinds else 0
        pending.extend(node.children)
    return counted


@pytest.mark.slow
@pytest.mark.parametrize("name", ["VGG16", "ResNet50", "MobileNetV2", "DenseNet121", "InceptionV3"])
def test_against_the_profiler_of_tensorflow(name):
    if keras.backend.backend() != "tensorflow":
        pytest.skip("TensorFlow's profiler needs the TensorFlow backend")
    model = getattr(keras.applications, name)(weights=None)
    assert costs.count(model).flops == tensorflow_profile(model)
    keras.utils.clear_session()
