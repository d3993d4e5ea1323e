"""Layers without multiply-adds, and normalization, which has them only if asked for."""

from __future__ import annotations

from course_lib.costs._registry import Call, layers, per_example

# Layers whose output is their input under another shape: no new memory.
VIEWS = {"Flatten", "Reshape", "Identity", "Masking", "ActivityRegularization", "StopGradient"}
# Layers that do nothing when the network is used.
TRAINING_ONLY = {
    "AlphaDropout",
    "Dropout",
    "GaussianDropout",
    "GaussianNoise",
    "SpatialDropout1D",
    "SpatialDropout2D",
    "SpatialDropout3D",
    "StochasticDepth",
}
VIEW_OPERATIONS = {"Reshape", "Squeeze", "ExpandDims", "StopGradient", "Ravel", "View"}

NORMALIZATIONS = {
    "BatchNormalization",
    "GroupNormalization",
    "LayerNormalization",
    "RMSNormalization",
    "UnitNormalization",
}
ACTIVATIONS = {"Activation", "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax"}
MERGING = {"Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract"}
MOVING = {
    "Cropping1D",
    "Cropping2D",
    "Cropping3D",
    "Embedding",
    "InputLayer",
    "Permute",
    "RepeatVector",
    "UpSampling1D",
    "UpSampling2D",
    "UpSampling3D",
    "ZeroPadding1D",
    "ZeroPadding2D",
    "ZeroPadding3D",
}
SCALING = {"CustomScaleLayer", "LayerScale", "Normalization", "Rescaling"}
PREPROCESSING = {
    "AugMix",
    "AutoContrast",
    "CategoryEncoding",
    "CenterCrop",
    "CutMix",
    "Discretization",
    "Equalization",
    "HashedCrossing",
    "Hashing",
    "IntegerLookup",
    "MixUp",
    "RandAugment",
    "RandomBrightness",
    "RandomColorDegeneration",
    "RandomColorJitter",
    "RandomContrast",
    "RandomCrop",
    "RandomElasticTransform",
    "RandomErasing",
    "RandomFlip",
    "RandomGaussianBlur",
    "RandomGrayscale",
    "RandomHue",
    "RandomInvert",
    "RandomPerspective",
    "RandomPosterization",
    "RandomRotation",
    "RandomSaturation",
    "RandomSharpness",
    "RandomShear",
    "RandomTranslation",
    "RandomZoom",
    "Resizing",
    "Solarization",
    "StringLookup",
    "TextVectorization",
}


@layers(
    *(VIEWS - {"StopGradient"}),
    *TRAINING_ONLY,
    *ACTIVATIONS,
    *MERGING,
    *MOVING,
    *SCALING,
    *PREPROCESSING,
)
def free(call: Call) -> int:
    """No multiply-adds."""
    return 0


@layers(*NORMALIZATIONS)
def normalization(call: Call) -> int:
    """Free, since it can be folded into its neighbours, or one MAC per value."""
    return per_example(call.output) if call.conventions.normalization_macs else 0
