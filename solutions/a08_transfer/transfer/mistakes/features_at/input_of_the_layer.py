"""You return what goes into the layer. Its features are what comes out of it:
`get_layer(layer).output`."""

FAILS = ("features_at",)


def features_at(model, layer, images, average=False):
    part = keras.Model(model.input, model.get_layer(layer).input)
    outputs = keras.ops.convert_to_numpy(part(images, training=False))
    if outputs.ndim == 4 and average:
        return outputs.mean(axis=(1, 2))
    return outputs.reshape(len(outputs), -1)
