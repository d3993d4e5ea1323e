"""You run the model in training mode, so batch normalization uses the statistics of these images
and changes its own. Call it with `training=False`."""

FAILS = ("features_at",)


def features_at(model, layer, images, average=False):
    part = keras.Model(model.input, model.get_layer(layer).output)
    outputs = keras.ops.convert_to_numpy(part(images, training=True))
    if outputs.ndim == 4 and average:
        return outputs.mean(axis=(1, 2))
    return outputs.reshape(len(outputs), -1)
