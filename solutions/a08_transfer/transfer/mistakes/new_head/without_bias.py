"""Your head has no biases. A dense layer with biases is asked for: one for each class."""

FAILS = ("new_head",)


class InInference(layers.Layer):
    def __init__(self, inside, **options):
        super().__init__(**options)
        self.inside = inside

    def call(self, x):
        return self.inside(x, training=False)


def new_head(base, classes):
    images = keras.Input(base.input_shape[1:])
    features = InInference(base)(images)
    return keras.Model(images, layers.Dense(classes, use_bias=False, name="head")(features))
