"""You count all parameters of a layer as trained if the layer is trainable. The moving statistics
of batch normalization are never trained, and a model inside may be frozen in part."""

FAILS = ("trainable_counts",)


def trainable_counts(model):
    trained = sum(layer.count_params() for layer in model.layers if layer.trainable)
    return trained, model.count_params() - trained
