"""`fit` of Keras itself, with the softmax in the network and the padding too."""

import keras
from keras import layers


def train_lenet5(images, labels, seed=0, epochs=10, validation=None, c3=None):
    keras.utils.set_random_seed(seed)
    network = build_lenet5(c3=c3)
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.ZeroPadding2D(2),
            layers.Rescaling(1.275, offset=-0.1),
            network,
            layers.Softmax(),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.optimizer.learning_rate = 0.002
    model.history = model.fit(
        images, labels, epochs=epochs, batch_size=64, validation_data=validation, verbose=0
    )
    model.model = network
    return model
