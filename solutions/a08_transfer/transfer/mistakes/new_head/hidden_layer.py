"""You have put a hidden layer between the features and the scores. The new head is a single dense
layer."""

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
    features = layers.Dense(32, activation="relu")(features)
    return keras.Model(images, layers.Dense(classes, name="head")(features))
