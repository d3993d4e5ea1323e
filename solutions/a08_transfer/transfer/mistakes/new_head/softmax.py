"""You end in a softmax. Scores are asked for; the loss that `compile_network` sets takes the
softmax itself."""

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
    return keras.Model(images, layers.Dense(classes, activation="softmax", name="head")(features))
