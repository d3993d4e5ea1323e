"""`fit` of Keras itself, with the rates set by a callback and the shrinking in the network;
the network that is handed in as `Sequential`.
"""

import keras
from keras import layers

from course_lib import training


def train_resnet(images, labels, seed=0, epochs=5, validation=None):
    keras.utils.set_random_seed(seed)
    network = cifar_resnet(1, width=8, input_shape=(14, 14, 1))
    model = keras.Sequential([keras.Input((28, 28, 1)), layers.AveragePooling2D(2), network])
    model.compile(
        keras.optimizers.SGD(0.1, momentum=0.9),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )

    def rate(epoch, before):
        return 0.1 * 0.1 ** ((2 * epoch >= epochs) + (4 * epoch >= 3 * epochs))

    model.history = model.fit(
        images,
        labels,
        batch_size=64,
        epochs=epochs,
        validation_data=validation,
        callbacks=[keras.callbacks.LearningRateScheduler(rate)],
        verbose=0,
    )
    model.model = network
    return model


def digit_resnet():
    shrink = layers.AveragePooling2D(2)
    return keras.Sequential(
        [keras.Input((28, 28, 1)), shrink, cifar_resnet(1, width=8, input_shape=(14, 14, 1))]
    )


def hand_in(score, path):
    training.save_weights(score, path)
