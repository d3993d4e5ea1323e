"""Inverted residuals in place of separable blocks, trained by Keras' own `fit` with three rates."""


def accuracy_density(top1_error, parameters):
    return 1e8 / parameters - 1e6 * top1_error / parameters


density_questions = {
    "guesser": 5950,
    "densest": 1 / 4,
    "first": 15.2,
    "last": 1.336,
}


def budget_network(input_shape=(32, 32, 3), classes=10):
    image = keras.Input(input_shape)
    x = layers.Conv2D(16, 3, 2, padding="same", use_bias=False)(image)
    x = layers.ReLU(6)(layers.BatchNormalization()(x))
    for number, (filters, strides) in enumerate([(16, 1), (24, 2), (24, 1), (32, 2)]):
        x = inverted_residual(x, filters, strides, expansion=2, name=f"block{number}")
    x = layers.Conv2D(64, 1, use_bias=False)(x)
    x = layers.ReLU(6)(layers.BatchNormalization()(x))
    x = layers.GlobalAveragePooling2D()(x)
    return keras.Model(image, layers.Dense(classes, activation="softmax")(x))


def train_budget_network(images, labels, seed=0, epochs=8, validation=None):
    keras.utils.set_random_seed(seed)
    model = budget_network()
    steps = epochs * int(np.ceil(len(images) / 32))
    rates = keras.optimizers.schedules.PiecewiseConstantDecay(
        [steps // 2, 3 * steps // 4], [0.01, 0.003, 0.001]
    )
    model.compile(
        keras.optimizers.Adam(rates), "sparse_categorical_crossentropy", jit_compile=False
    )
    model.fit(images, labels, batch_size=32, epochs=epochs, verbose=0)
    return model
