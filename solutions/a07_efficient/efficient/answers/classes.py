"""Blocks as subclassed layers, activations as operations, numbers by NumPy."""


def accuracy_density(top1_error, parameters):
    millions = np.float64(parameters) / 1_000_000
    return np.subtract(100, top1_error) / millions


class Separable(layers.Layer):
    def __init__(self, channels, filters, strides=1):
        super().__init__()
        self.depthwise = layers.Conv2D(
            channels, 3, strides, padding="same", groups=channels, use_bias=False
        )
        self.pointwise = layers.Conv2D(filters, 1, use_bias=False)
        self.norms = [layers.BatchNormalization(), layers.BatchNormalization()]

    def call(self, x, training=None):
        x = ops.relu6(self.norms[0](self.depthwise(x), training=training))
        return ops.relu6(self.norms[1](self.pointwise(x), training=training))


class Small(keras.Model):
    def __init__(self, classes):
        super().__init__()
        self.stem = layers.Conv2D(12, 3, 2, padding="same", use_bias=False)
        self.norm = layers.BatchNormalization()
        self.blocks = [
            Separable(12, 24),
            Separable(24, 48, 2),
            Separable(48, 48),
            Separable(48, 64, 2),
        ]
        self.fc = layers.Dense(classes)

    def call(self, x, training=None):
        x = ops.clip(self.norm(self.stem(x), training=training), 0, 6)
        for block in self.blocks:
            x = block(x, training=training)
        return ops.softmax(self.fc(ops.mean(x, axis=(1, 2))))


def budget_network(input_shape=(32, 32, 3), classes=10):
    model = Small(classes)
    model.build((None, *input_shape))
    return model
