"""You leave the maps as they are. Their values must stand in a row for each image: `(batch, height
* width * channels)`."""

FAILS = ("features_at",)


def features_at(model, layer, images, average=False):
    part = keras.Model(model.input, model.get_layer(layer).output)
    outputs = keras.ops.convert_to_numpy(part(images, training=False))
    if outputs.ndim == 4 and average:
        return outputs.mean(axis=(1, 2))
    return outputs.reshape(outputs.shape)
